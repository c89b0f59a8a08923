"""The server's start and its crowd: over a real socket, with studios that are slow, broken or endless."""

from __future__ import annotations

import asyncio
import runpy
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event

import httpx
import pytest
from gradio import http_server, networking

from tests.ui.conftest import Start
from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import Job
from tryon_ui import page_context
from tryon_ui.serving import launch, serving

pytestmark = pytest.mark.slow

API = "/gradio_api"
OPENS, IS_WATCHED = Event(), Event()
PATIENCE_S = 20.0


def test_a_full_queue_is_told_in_plain_words(start: Start) -> None:
    with httpx.Client(base_url=start(waiting=0), timeout=20) as client:
        click = {"fn_index": 1, "data": [], "session_hash": "a"}
        for path, body in (("queue/join", click), ("call/v2/jobs", {}), ("call/jobs", {"data": []})):
            answer = client.post(f"{API}/{path}", json=body)
            assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
            assert answer.json()["detail"].startswith("This app is busy just now. Nothing was sent")


def test_a_machine_that_is_slow_at_its_start_is_not_taken_for_one_without_localhost(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networking, "url_ok", lambda _url: False)  # as after three seconds without an answer
    assert httpx.get(start(), timeout=20).status_code == 200


@pytest.mark.parametrize("host", ["203.0.113.5", "no-such-machine.invalid", "::1", "a\u00e9" * 40])
def test_a_host_that_this_machine_does_not_have_is_named_with_its_setting(host: str) -> None:
    with pytest.raises(
        serving.AddressUnavailable, match="Set GRADIO_SERVER_NAME to an IPv4 address"
    ) as refused:
        serving._check_free(host, 0)
    assert host[:60] in str(refused.value)


@pytest.mark.parametrize(("named", "host"), [("", "127.0.0.1"), ("127.0.0.2", "127.0.0.2")])
def test_a_host_that_is_set_to_nothing_is_this_machine_alone(
    named: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "LOCALHOST_NAME", named)  # the framework has read the environment by now
    assert runpy.run_path(serving.__file__)["HOST"] == host


def test_a_port_is_tried_at_the_host_where_the_page_is_to_be() -> None:
    with socket.create_server(("127.0.0.2", 0)) as taken:
        port = taken.getsockname()[1]
        serving._check_free("127.0.0.1", port)
        with pytest.raises(serving.AddressUnavailable, match=f"Port {port} cannot be had"):
            serving._check_free("127.0.0.2", port)


class SlowStudio(FakeStudio):
    """One that takes its time to open."""

    async def start(self) -> None:
        await asyncio.to_thread(OPENS.wait, PATIENCE_S)
        await super().start()


def test_the_page_is_served_while_the_studio_still_opens_and_calls_are_put_off(start: Start) -> None:
    with httpx.Client(base_url=start(kind=SlowStudio), timeout=20) as client:
        early = client.post(f"{API}/call/v2/jobs", json={})
        assert client.get("/").status_code == 200
        assert (early.status_code, early.json()["detail"][:21]) == (503, "This app is starting.")
        OPENS.set()
        end = time.monotonic() + PATIENCE_S
        while client.post(f"{API}/call/v2/jobs", json={}).status_code != 200:
            assert time.monotonic() < end
            time.sleep(0.05)


class BrokenStudio(FakeStudio):
    """One that cannot be opened."""

    async def start(self) -> None:
        raise OSError("connection to SENTINEL:password@db refused")


def test_a_studio_that_cannot_be_opened_is_told_in_a_sentence_and_ends_the_app(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    failed = Event()
    start(kind=BrokenStudio, failed=failed.set)

    assert failed.wait(PATIENCE_S)
    [record] = [record for record in caplog.records if record.message == "not started"]
    why = record.facts["why"]  # type: ignore[attr-defined]
    assert (
        why.startswith("The jobs cannot be opened (OSError). Check TRYON_DATA_DIR") and "SENTINEL" not in why
    )


class EndlessStudio(FakeStudio):
    """One whose jobs never end."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, pace=3600.0)

    async def watch(self, job_id: str, *, visitor: str) -> AsyncIterator[Job]:
        IS_WATCHED.set()
        async for job in super().watch(job_id, visitor=visitor):
            yield job


def test_a_click_gets_through_however_many_calls_wait(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(launch, "PLACES", 2)
    monkeypatch.setattr(page_context, "CALLS", 1)
    picture = draw(tmp_path / "tee.png", "tee").read_bytes()
    with httpx.Client(base_url=start(kind=EndlessStudio), timeout=PATIENCE_S) as client:
        [path] = client.post(f"{API}/upload", files={"files": ("tee.png", picture)}).json()
        asked = {"garment": {"path": path, "meta": {"_type": "gradio.FileData"}}}
        client.post(f"{API}/call/v2/tryon", json=asked)
        assert IS_WATCHED.wait(PATIENCE_S)
        events = [client.post(f"{API}/call/v2/tryon", json=asked).json()["event_id"] for _ in range(3)]
        told = [client.get(f"{API}/call/tryon/{event}").text for event in events]
        listed = client.post(f"{API}/call/v2/jobs", json={}).json()["event_id"]

        assert all("This app is busy just now. Nothing was sent" in text for text in told)
        assert "event: complete" in client.get(f"{API}/call/jobs/{listed}").text


def test_an_upload_of_a_samples_own_file_takes_the_sample_from_nobody(start: Start) -> None:
    with httpx.Client(base_url=start()) as client:
        wells = [part for part in client.get("/config").json()["components"] if part["type"] == "image"]
        shown = [part["props"]["value"]["path"] for part in wells if part["props"].get("value")]
        assert len(shown) >= 3
        for path in shown:
            sample = client.get(f"{API}/file={path}")
            assert sample.status_code == 200
            client.post(
                f"{API}/upload", files={"files": (Path(path).name, sample.content)}
            ).raise_for_status()
        assert {client.get(f"{API}/file={path}").status_code for path in shown} == {200}
