"""Every event that takes a well goes on, whatever lies in it, and when nothing lies there any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.odd_pictures import broken, heic
from tests.browser.raw import Raw
from tryon_ui.files import cache_folder
from tryon_ui.wells import said_html

WELLS = ("garment", "bottom", "coarse", "person", "rtop", "rbottom")


def well_events(visitor: Raw) -> list[dict[str, Any]]:
    ids = {part["id"]: part["props"].get("elem_id") for part in visitor.config["components"]}
    taking = [
        event
        for event in visitor.config["dependencies"]
        if any(ids[number] in WELLS for number in event["inputs"]) and event["backend_fn"]
    ]
    return [event for event in taking if event["api_name"] not in ("tryon", "refine")]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_photo_without_a_name_is_called_one(page_url: str, language: str) -> None:
    head = 'content-disposition: form-data; name="files"; filename=""\r\ncontent-type: image/png\r\n'
    body = f"--b\r\n{head}\r\nbytes\r\n--b--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=b", "accept-language": language}
    with Raw(page_url) as visitor:
        answer = visitor.http.post("/gradio_api/upload", content=body, headers=headers)
    assert Path(answer.json()[0]).name == {"en": "photo", "zh": "照片"}[language]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text", "empty", "cut", "huge", "heic", "vanished"])
def test_every_event_that_takes_a_well_goes_on(page_url: str, tmp_path: Path, kind: str) -> None:
    file = heic(tmp_path) if kind == "heic" else broken(tmp_path, "text" if kind == "vanished" else kind)
    broke: list[str] = []
    with Raw(page_url) as visitor:
        events = well_events(visitor)
        assert len(events) > 10
        for event in events:
            upload = visitor.upload(file)
            if kind == "vanished":
                path = Path(str(upload["path"]))
                assert path.is_relative_to(cache_folder())
                path.unlink()
            said = visitor.send(event, visitor.values(event, **dict.fromkeys(WELLS, upload)))
            if '"success":false' in said.replace(" ", "") or "process_completed" not in said:
                broke.append(f"{event['api_name']}: {said[-300:]}")
    assert broke == []


def test_what_is_only_worth_knowing_is_no_error() -> None:
    html = said_html(["a.txt was <left> out."], ["rail.csv has a column of models."])

    assert (
        html.count("<li>") == 1 and "a.txt was &lt;left&gt; out." in html.split("<li>")[1].split("</li>")[0]
    )
    assert '<li class="note">' in html and "column of models" in html.split('class="note"')[1]
