"""Nothing that a visitor, a crawler or a messenger reads names the framework."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest

from tests.ui.conftest import Start
from tryon_ui.texts import say

WORD = re.compile("gradio", re.IGNORECASE)
VISITOR = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SHOWN = (
    "content",
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "value",
)  # attributes that are read out or shown
NOT_READ = ("script", "style")


class Reader(HTMLParser):
    """Collects what can be read on a page: its text, its remarks, and the attributes that are shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in NOT_READ
        self.read += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.read.append(data)

    def handle_comment(self, data: str) -> None:
        self.read.append(data)


@pytest.fixture(scope="module")
def visitor(start: Start) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=start(), timeout=20, headers=VISITOR) as client:
        yield client


def read(html: str) -> list[str]:
    """What can be read; an address of a picture is no word."""
    return [text.replace("/gradio_api/", "/") for text in Reader(html).read]


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/gradio_api/ext/files/a/b.png", "/gradio_api/runs", "/docs"]
)
def test_no_page_names_the_framework(path: str, visitor: httpx.Client) -> None:
    answer = visitor.get(path)

    assert answer.headers["content-type"].startswith("text/html") and say("page.title") in answer.text
    assert [text for text in read(answer.text) if WORD.search(text)] == []


def test_what_is_not_there_is_said_to_a_visitor_and_a_program_gets_the_bare_answer(
    visitor: httpx.Client,
) -> None:
    shown, bare = visitor.get("/nothing"), visitor.get("/nothing", headers={"accept": "*/*"})

    assert shown.status_code == bare.status_code == 404
    assert say("trouble.not_here") in shown.text and say("trouble.not_here") not in bare.text


def test_a_name_that_is_not_ours_is_said_in_words_that_say_what_to_do(visitor: httpx.Client) -> None:
    answer = visitor.get("/", headers={"host": "evil.test"})

    assert answer.status_code == 421 and say("trouble.other_name").partition(",")[0] in answer.text
    assert "evil.test" not in answer.text


def test_the_manifest_and_what_scripts_are_told_name_us(visitor: httpx.Client) -> None:
    manifest = visitor.get("/gradio_api/ext/app.webmanifest")

    assert manifest.json()["name"] == say("page.title") and not WORD.search(manifest.text)
    assert visitor.get("/manifest.json").json()["name"] == say("page.title")
