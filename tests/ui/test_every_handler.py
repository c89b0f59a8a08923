"""An error in any handler of the page reaches the visitor as a sentence with an id that the log has."""

from __future__ import annotations

import gc
import inspect
import json
import logging
import re
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
import httpx
import pytest

from tests.browser.raw import Raw
from tests.ui.conftest import Start

SECRET = "a word that only the log may have"


async def breaks(*_given: object) -> Any:
    raise ZeroDivisionError(SECRET)


async def breaks_as_a_stream(*given: object) -> AsyncIterator[Any]:
    if len(given) < 1000:
        raise ZeroDivisionError(SECRET)
    yield


def served_at(url: str) -> gr.Blocks:
    """The page that is served there, in this process."""
    pages = [item for item in gc.get_objects() if isinstance(item, gr.Blocks)]
    return next(page for page in pages if str(getattr(page, "local_url", "")).rstrip("/") == url)


def words_in(said: str) -> str:
    """What an event that failed says, as the page's framework gets it."""
    messages = [
        json.loads(line.removeprefix("data: ")) for line in said.splitlines() if line.startswith("data: ")
    ]
    ended = [message for message in messages if message.get("msg") == "process_completed"]
    assert ended and not ended[-1]["success"], said
    return str(ended[-1]["output"]["error"])


@pytest.mark.slow
def test_an_error_in_any_handler_is_said_with_an_id_that_the_log_has(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    url = start()
    demo = served_at(url)
    events = [event for event in demo.fns.values() if event.fn is not None]
    assert len(events) > 30
    silent: list[str] = []
    for event in events:
        stream = inspect.isasyncgenfunction(event.fn)
        event.fn = breaks_as_a_stream if stream else breaks
    with Raw(url) as visitor, caplog.at_level(logging.ERROR):
        for event in events:
            known = next(one for one in visitor.config["dependencies"] if one["id"] == event._id)
            said = words_in(visitor.send(known, visitor.values(known), click={"act": "open", "job": "x"}))
            found = re.search(r"Id: ([0-9a-f]{12})\.", said)
            if not found or found[1] not in caplog.text or SECRET in said:
                silent.append(f"{event.name}: {said}")
    assert silent == []


def test_an_event_that_the_page_does_not_have_is_answered_in_words(
    page_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (100_000, -7):
        body: dict[str, object] = {"fn_index": number, "data": [], "session_hash": "a-session-of-this-test"}
        answer = httpx.post(f"{page_url}/gradio_api/queue/join", json=body)
        said = answer.json()["detail"]
        found = re.search(r"Id: ([0-9a-f]{12})\.", said)
        assert "Something went wrong" in said and found and found[1] in caplog.text


@pytest.mark.parametrize("name", ["tryon", "refine", "job"])
def test_a_script_that_sends_what_an_endpoint_does_not_take_is_answered_in_words(
    page_url: str, name: str
) -> None:
    begun = httpx.post(f"{page_url}/gradio_api/call/{name}", json={"data": [{"not": "asked for"}] * 40})
    answer = httpx.get(f"{page_url}/gradio_api/call/{name}/{begun.json()['event_id']}", timeout=20)
    assert "event: error" in answer.text
    error = json.loads(answer.text.split("data: ")[1].splitlines()[0])["error"]
    assert error and len(error) > 20


def test_a_list_of_jobs_that_breaks_is_answered_in_words_to_an_old_client_too(start: Start) -> None:
    url = start()
    next(event for event in served_at(url).fns.values() if event.api_name == "jobs").fn = breaks
    for version in ("", "v2/"):
        body: dict[str, list[str]] = {} if version else {"data": []}
        begun = httpx.post(f"{url}/gradio_api/call/{version}jobs", json=body)
        answer = httpx.get(f"{url}/gradio_api/call/jobs/{begun.json()['event_id']}", timeout=20)
        assert "Something went wrong in this app." in answer.text and "Id: " in answer.text
