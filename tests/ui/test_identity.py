"""A script that dies keeps its jobs: it names itself by a key, and is told the id when a job begins."""

from __future__ import annotations

import secrets
import time
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from tests.ui.conftest import Start
from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import InvalidRequest
from tryon_ui import visitor

pytestmark = pytest.mark.slow

PATIENCE_S = 20.0


class SlowStudio(FakeStudio):
    """One whose jobs take a while."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, pace=0.4)


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    return start(kind=SlowStudio)


def client(url: str, key: str) -> Client:
    return Client(url, verbose=False, headers={"x-tryon-identity": key})


def garment(folder: Path, word: str) -> Any:
    return handle_file(str(draw(folder / f"{word}.png", word, (64, 64))))


def begun(call: Any) -> dict[str, Any]:
    """The job as the first event tells it."""
    end = time.monotonic() + PATIENCE_S
    while not call.outputs():
        assert time.monotonic() < end and not call.done()
        time.sleep(0.02)
    job: dict[str, Any] = call.outputs()[0][1]
    return job


def test_the_id_is_told_when_the_job_begins_and_a_new_process_goes_on_with_it(
    url: str, tmp_path: Path
) -> None:
    key = Client(url, verbose=False).predict(api_name="/identity")
    first = client(url, key)
    call = first.submit(garment(tmp_path, "hoodie"), count=2, api_name="/tryon")
    early = begun(call)
    assert not call.done() and early["state"] != "succeeded" and early["pictures"] == []
    call.cancel()
    second = client(url, key)
    assert second.predict(early["id"], api_name="/job")["id"] == early["id"]
    assert [job["id"] for job in second.predict(api_name="/jobs")] == [early["id"]]


def test_a_key_may_be_a_parameter_and_others_have_no_part_in_its_jobs(url: str, tmp_path: Path) -> None:
    key, nobody = secrets.token_urlsafe(32), Client(url, verbose=False)
    _, job = nobody.predict(garment(tmp_path, "shirt"), count=1, identity=key, api_name="/tryon")
    assert nobody.predict(job["id"], identity=key, api_name="/job")["state"] == "succeeded"
    assert nobody.predict(api_name="/jobs") == []
    with pytest.raises(AppError, match="no such job"):
        nobody.predict(job["id"], api_name="/job")


GUESSABLE = ("test", "a" * 40, "abcdefghijklmnopqrstuvwxyz0123456789", "password-" * 5, "01" * 20, "../" * 14)


@pytest.mark.parametrize("key", GUESSABLE)
def test_a_key_that_others_could_think_of_is_refused(url: str, key: str) -> None:
    for script, given in ((client(url, key), {}), (Client(url, verbose=False), {"identity": key})):
        with pytest.raises(AppError, match="others could think of"):
            script.predict(**given, api_name="/jobs")


@pytest.mark.parametrize("make", [lambda: uuid.uuid4().hex, lambda: str(uuid.uuid4()), visitor.new_identity])
def test_a_key_made_at_random_is_taken(make: Any) -> None:
    made = [make() for _ in range(100)]
    request: Any = SimpleNamespace(username=None, session_hash="s", headers={})
    assert [visitor.of_call(request, key) for key in made] == [f"key:{key}" for key in made]


def test_a_signed_in_user_is_that_user_whatever_key_comes_along() -> None:
    request: Any = SimpleNamespace(username="ann", session_hash="s", headers={"x-tryon-identity": "test"})
    assert visitor.of_call(request) == "user:ann"
    request.username = None
    with pytest.raises(InvalidRequest):
        visitor.of_call(request)
