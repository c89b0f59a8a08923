"""In which language a call is answered, and that all of the answer is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.ui.conftest import Start
from tryon_ui.language import COOKIE, LANGUAGES, TAGS, speaking, spoken, wanted
from tryon_ui.texts import say

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def visitor(start: Start) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=start(), timeout=20) as client:
        yield client


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,zh-TW;q=0.5,en;q=0.4", "zh"),
        ("en;q=0.3, zh-Hans-CN;q=0.7", "zh"),
        ("zh;q=0, fr", "en"),
        ("zh;q=much, *;q=0.1", "en"),
        (",;q=,;;", "en"),
    ],
)
def test_the_first_language_of_the_browser_that_the_page_knows_is_spoken(
    accepted: str, language: str
) -> None:
    assert wanted({"accept-language": accepted}) == language


@pytest.mark.parametrize(
    ("cookie", "language"),
    [(f"a=b; {COOKIE}=en", "en"), (f"{COOKIE}=zh", "zh"), (f"{COOKIE}=tlh", "zh"), ("\x00;=;{}", "zh")],
)
def test_what_was_chosen_on_the_page_goes_before_what_the_browser_asks_for(
    cookie: str, language: str
) -> None:
    assert wanted({"accept-language": "zh", "cookie": cookie}) == language


def test_a_language_is_spoken_for_as_long_as_it_is_wanted() -> None:
    with speaking("zh"):
        assert (spoken(), say("do.undo")) == ("zh", "撤销")
    assert (spoken(), say("do.undo")) == ("en", "Undo")


def config_of(html: str) -> dict[str, Any]:
    told: dict[str, Any]
    told, _ = json.JSONDecoder().raw_decode(html.partition("window.gradio_config = ")[2])
    return told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_its_tags_and_its_parts_are_in_the_language_that_was_asked_for(
    language: str, visitor: httpx.Client
) -> None:
    answer = visitor.get("/", headers={**HTML, "accept-language": TAGS[language]})
    with speaking(language):
        about, opening, tab = say("page.about"), say("page.opening"), say("page.jobs")
        lost = json.dumps(say("script.lost"))

    assert re.search(rf'<html\s+lang="{TAGS[language]}"', answer.text)
    assert f'content="{about}"' in answer.text and opening in answer.text and lost in answer.text
    labels = {part["props"].get("label") for part in config_of(answer.text)["components"]}
    assert tab in labels and "accept-language" in answer.headers["vary"].lower()


def test_the_parts_of_the_page_are_the_same_in_every_language_but_for_their_words(
    visitor: httpx.Client,
) -> None:
    def parts(language: str) -> list[tuple[Any, ...]]:
        told = visitor.get("/config", headers={"accept-language": language}).json()["components"]
        return [
            (part["id"], part["type"], part["props"].get("elem_id"), values(part["props"].get("choices")))
            for part in told
        ]

    def values(choices: list[list[str]] | None) -> list[str]:
        return [value for _, value in choices or ()]

    first = parts("en")
    assert len(first) > 100 and all(parts(language) == first for language in LANGUAGES)


def test_an_error_is_said_in_the_language_of_whoever_meets_it(visitor: httpx.Client) -> None:
    page = visitor.get("/nothing", headers={**HTML, "accept-language": "zh"})
    refused = visitor.get("/", headers={"host": "evil.test", "accept-language": "zh"})

    with speaking("zh"):
        assert say("trouble.not_here") in page.text and 'lang="zh-CN"' in page.text
        assert say("trouble.other_name") in refused.text


def test_a_script_hears_what_is_wrong_in_its_language(visitor: httpx.Client) -> None:
    def said(language: str) -> str:
        path, headers = "/gradio_api/call/job", {"accept-language": language}
        begun = visitor.post(path, json={"data": ["none", ""]}, headers=headers).json()["event_id"]
        return visitor.get(f"{path}/{begun}").text

    assert "任务" in json.loads(said("zh").partition("data: ")[2])["error"]
    assert "job" in said("en")
