"""Scripts whose values are of another type than the endpoint says, over a real socket; lists that fail."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, cast, get_type_hints

import gradio as gr
import httpx
import pytest
from gradio.block_function import BlockFunction
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import Job, Problem
from tryon_ui.card_watchers import Pane
from tryon_ui.endpoints.typed_calls import typed
from tryon_ui.error_boundary import check_files
from tryon_ui.files import cache_folder
from tryon_ui.gallery.listing import Filter, listed
from tryon_ui.job_stream import earlier_html, to_come_back_to
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def script(page_url: str) -> Client:
    return Client(page_url, verbose=False)


AS_JSON = {"content-type": "application/json"}
LINK = "https://shop.test/coat.jpg"
WRONG = [
    ({"count": 2.0}, "Number of pictures: found 2.0. Allowed: a whole number"),
    ({"count": True}, "Number of pictures: found True. Allowed: a whole number"),
    ({"trial": "no"}, "Trial: found text. Allowed: true or false"),
    ({"again": "no"}, "Again: found text. Allowed: true or false"),
    ({"quality_gate": 0}, "Quality gate: found 0. Allowed: true or false"),
    ({"model": 5}, "Model: found 5. Allowed: text"),
    ({"model_photos": "a.png"}, "Model photos: found text. Allowed: a list"),
    ({"view": ["fullbody"]}, "View: found a list. Allowed: fullbody, halfbody, mixed"),
    ({"view": "sideways"}, "View: found sideways. Allowed: fullbody, halfbody, mixed"),
    ({"view": "https://shop.test/?key=1"}, "View: found text. Allowed: fullbody, halfbody, mixed"),
    ({"model_photos": [LINK, 5]}, "Model photos, item 2: found 5. Allowed: text or an uploaded file"),
    ({"vendor": 7}, "Vendor: found 7. Allowed: text"),
]


@pytest.mark.parametrize(("given", "told"), WRONG, ids=lambda case: str(case)[:30])
def test_a_value_of_another_type_is_refused_in_words_and_starts_nothing(
    script: Client, tmp_path: Path, given: dict[str, Any], told: str
) -> None:
    garment = handle_file(str(draw(tmp_path / "hoodie.png", "hoodie", (64, 64))))
    with pytest.raises(AppError, match=re.escape(told)):
        script.predict(garment, **given, api_name="/tryon")
    assert script.predict(api_name="/jobs") == []


def test_an_id_that_is_a_number_is_no_bug(script: Client) -> None:
    with pytest.raises(AppError, match="Id: found 5"):
        script.predict(5, api_name="/job")


def test_what_is_left_out_is_named(page_url: str) -> None:
    assert "Id: found nothing. Allowed: text." in refusal(page_url, "job")
    assert "Coarse: found nothing. Allowed: text or an uploaded file." in refusal(
        page_url, "refine", "a", "b"
    )


NAMED = [
    ("tryon", {"garment": LINK, "nope": 1}, "tryon takes no nope. tryon takes garment, bottom, "),
    (
        "tryon",
        {"garment": LINK, "colour": 1, "size": 2},
        "tryon takes no colour, size. tryon takes garment, ",
    ),
    ("tryon", {"garment": LINK, "request": 1}, "tryon takes no request. "),
    ("tryon", {"garment": LINK, "https://a.test/?key=1": 1}, "tryon takes garment, "),
    ("tryon", {}, "Left out: garment. tryon takes garment, "),
    (
        "refine",
        {"persn": LINK},
        "refine takes no persn. Left out: person, top, coarse, gender. refine takes ",
    ),
    ("jobs", {"nope": None}, "jobs takes no nope. jobs takes identity; it needs none of them."),
]


@pytest.mark.parametrize(("name", "given", "told"), NAMED, ids=lambda case: str(case)[:40])
@pytest.mark.parametrize("end", ["", "/"])
def test_a_name_that_there_is_not_or_that_is_left_out_is_told_as_no_bug(
    page_url: str, name: str, given: dict[str, Any], told: str, end: str
) -> None:
    answer = httpx.post(f"{page_url}/gradio_api/call/v2/{name}{end}", json=given)
    assert answer.status_code == 400 and answer.json()["detail"].startswith(told)
    assert "http" not in answer.text


def test_a_name_that_there_is_not_is_told_in_the_language_of_the_call(page_url: str) -> None:
    headers = {"accept-language": "zh-CN"}
    answer = httpx.post(f"{page_url}/gradio_api/call/v2/job", json={"nope": 1}, headers=headers)
    assert answer.json()["detail"].startswith("job 没有参数 nope。")


def test_more_values_than_there_are_are_no_bug(page_url: str) -> None:
    told = "jobs takes 1 value; 3 were given. jobs takes identity; it needs none of them."
    assert told in refusal(page_url, "jobs", "", 2, 3)
    assert "tryon takes " in refusal(page_url, "tryon", *[LINK] * 40)


UPLOAD = {"meta": {"_type": "gradio.FileData"}}
NO_UPLOADS = [
    *({"path": path} for path in ("\x00", "\ud800", "/etc/passwd", "a" * 5000, "..")),
    *({"path": path, **UPLOAD} for path in ("\x00", "\ud800", "/etc/passwd", "a" * 5000, "..", "")),
]


@pytest.mark.parametrize("given", NO_UPLOADS, ids=lambda given: ascii(given)[:40])
def test_a_file_that_is_no_upload_is_refused_in_words(page_url: str, given: dict[str, Any]) -> None:
    assert "Garment: found neither. Allowed: an uploaded file" in refusal(page_url, "tryon", given)


@pytest.mark.parametrize("wrong", ["coat.jpg", {"path": "/etc/passwd", **UPLOAD}])
def test_which_picture_is_none_is_said(page_url: str, wrong: object) -> None:
    assert "Bottom: found neither." in refusal(page_url, "tryon", LINK, wrong)
    assert "Coarse: found neither." in refusal(page_url, "refine", LINK, LINK, wrong, "woman")
    assert "Garments, item 2: found neither." in refusal(page_url, "collection", [LINK, wrong])
    assert "Bottoms, item 1: found neither." in refusal(page_url, "collection", [LINK], None, None, [wrong])


@pytest.mark.parametrize(
    ("at", "name"),
    [(0, "Garments"), (1, "Models"), (2, "Model photos"), (3, "Bottoms"), (4, "Garment names")],
)
def test_a_list_that_is_too_long_is_refused_before_one_of_it_is_looked_at(
    page_url: str, at: int, name: str
) -> None:
    given: list[object] = [[LINK], None, None, None, None]
    given[at] = ["gone.jpg"] * 3000
    told = f"{name}: found 3000. Allowed: at most 2000."
    assert told in refusal(page_url, "collection", *given)


@pytest.mark.parametrize("link", ["https://shop.test/coat.jpg", "http://127.0.0.1:9/a.jpg", "http://a b/c"])
def test_a_file_that_is_an_address_is_the_link_that_was_typed(script: Client, link: str) -> None:
    typed_in = script.predict(link, again=True, api_name="/tryon")[1]
    as_file = script.predict({"path": link, **UPLOAD}, again=True, api_name="/tryon")[1]
    assert (as_file["title"], as_file["state"]) == (typed_in["title"], typed_in["state"])


def test_a_picture_of_the_cache_that_has_gone_is_refused_in_words(page_url: str) -> None:
    gone = {"path": str(cache_folder() / "gone" / "a.png"), **UPLOAD}
    assert "Garment: found neither." in refusal(page_url, "tryon", gone)


def test_a_file_with_a_quotation_mark_in_its_name_is_called_by_it(
    page_url: str, script: Client, tmp_path: Path
) -> None:
    file = draw(tmp_path / '36" coat.png', "coat", (64, 64))
    with file.open("rb") as opened:  # the name is encoded as browsers do
        [path] = httpx.post(f"{page_url}/gradio_api/upload", files={"files": (file.name, opened)}).json()
    job = script.predict({"path": path}, again=True, api_name="/tryon")[1]
    assert Path(path).name == file.name and job["title"] == "36 coat on James"


@pytest.mark.parametrize(
    "body",
    [
        '{"data": "SENTINEL\\ud800"}',
        '{"data": NaN, "fn_index": "SENTINEL"}',
        '"\\ud800"',
        '{"data": [], "event_data": {}, "trigger_id": "\\udfff"}',
    ],
)
def test_a_call_that_the_framework_cannot_read_is_told_where_and_is_no_bug(page_url: str, body: str) -> None:
    answer = httpx.post(f"{page_url}/gradio_api/queue/join", content=body, headers=AS_JSON)
    assert answer.status_code == 422 and "SENTINEL" not in answer.text
    first = answer.json()["detail"][0]
    assert first.keys() == {"type", "loc", "msg"} and first["loc"][0] == "body"


def refusal(url: str, name: str, *data: object) -> str:
    """What a script reads whose call was refused."""
    api = f"{url}/gradio_api/call/{name}"
    event = httpx.post(api, content=json.dumps({"data": data}), headers=AS_JSON).json()["event_id"]
    answer = httpx.get(f"{api}/{event}", timeout=20).text
    assert "event: error" in answer
    return answer


def test_the_endpoint_is_described_as_it_was() -> None:
    async def endpoint(request: gr.Request, count: int = 4, kind: Literal["a"] = "a") -> str:
        """Says so."""
        return "so"

    described = typed(endpoint)
    assert inspect.signature(described) == inspect.signature(endpoint)
    assert get_type_hints(described) == get_type_hints(endpoint) and described.__doc__ == "Says so."


class UnreadableStudio(FakeStudio):
    """One whose list of jobs fails."""

    def _of(self, visitor: str) -> list[Job]:
        raise OSError("the database is gone")

    async def jobs(self, *, visitor: str) -> tuple[Job, ...]:
        raise OSError("the database is gone")


@pytest.mark.anyio
async def test_a_list_that_cannot_be_read_is_never_shown_as_an_empty_one(
    assets: Path, tmp_path: Path
) -> None:
    context = PageContext(UnreadableStudio(tmp_path / "jobs"), load(assets))  # type: ignore[arg-type]
    *_, rows, _undo = await listed(context, "browser:me", Filter())
    assert "No jobs yet" not in rows and 'role="alert"' in rows
    earlier = await earlier_html(context, None, visitor="browser:me")
    assert "went wrong" in earlier
    came_back = await to_come_back_to(context, Pane.TRYON, visitor="browser:me")
    assert isinstance(came_back, Problem)


def test_an_endpoint_that_takes_nothing_can_be_called() -> None:
    async def nothing(request: gr.Request) -> str:
        return ""

    event = SimpleNamespace(fn=nothing, api_visibility="public", api_name="nothing", inputs=[])
    check_files(cast(BlockFunction, event), [])
