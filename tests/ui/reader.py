"""What can be read of a piece of HTML, its text and the attributes that are shown or read out, and what of
that is in another language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from tests.core.test_sentences import NAMES, PROPER
from tryon_ui.language import ENGLISH

_SHOWN: Final = ("alt", "title", "aria-label", "placeholder", "data-then", "data-alt", "data-title")
_NOT_READ: Final = ("script", "style")
_TOLD: Final = "data-lightbox"  # JSON, of which the script shows title and facts
_WITHOUT_END: Final = ("img", "input", "br", "meta", "link", "path", "circle", "rect")


class Reader(HTMLParser):
    """Collects it. What says of itself in which language it is, as the way to another one, is left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[str] = []
        self._open: list[bool] = []  # for each element that is open, whether it is left out
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        left_out = any(self._open[-1:]) or tag in _NOT_READ or ("lang" in told and tag != "html")
        if tag not in _WITHOUT_END:
            self._open.append(left_out)
        if left_out:
            return
        self.read += [told[name] for name in _SHOWN if told.get(name)]
        if told.get(_TOLD):
            lightbox = json.loads(told[_TOLD])
            self.read += [lightbox["title"], *(words for fact in lightbox["facts"] for words in fact)]

    def handle_endtag(self, tag: str) -> None:
        if tag not in _WITHOUT_END:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._open[-1:]):
            self.read.append(data.strip())


def read_in(html: str) -> list[str]:
    """All that can be read in it."""
    return Reader(html).read


# What is the same in every language: what visitors and files are called, and what the core's own test says.
OURS: Final = re.compile(
    r"Try-On Studio|(hoodie-james|job|task|request)-\d(\.png)?|Ctrl\+C|\bEsc\b|http\(s\)|\w+@[\w.]+"
)
WORDS: Final = PROPER | {"James", "Ariel", "Alba", "JavaScript", "AI"}
HAN: Final = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def foreign(language: str, found: Iterable[str]) -> set[str]:
    """What of it is in another language."""

    def odd(text: str) -> set[str]:
        words = re.findall("[A-Za-z]{2,}", NAMES.sub("", OURS.sub("", text)))
        return set(HAN.findall(text)) if language == ENGLISH else set(words) - WORDS

    return {text for text in set(found) if odd(text)}
