"""In which language a visitor is spoken to: the one that was chosen on the page, else the first of the
browser's own that the page knows.

It goes by the call that is being answered, and holds for everything that is done to answer it: `say` in
`tryon_ui/texts` asks for it. What belongs to no visitor, logs and titles in the ledger, is in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from starlette.requests import cookie_parser

COOKIE: Final = "try-on-studio.language"
ENGLISH: Final = "en"
# By the names of their files: what each is called by those who read it, and its tag as browsers and the
# framework's own labels know it (BCP 47).
LANGUAGES: Final[Mapping[str, str]] = {ENGLISH: "English", "zh": "中文"}
TAGS: Final[Mapping[str, str]] = {ENGLISH: "en", "zh": "zh-CN"}

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def spoken() -> str:
    """The language of whoever is being answered; English where nobody is."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is said inside is said in this language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def wanted(headers: Mapping[str, str]) -> str:
    """The language that a call's headers, by their names in small letters, ask for."""
    chosen = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    return chosen if chosen in LANGUAGES else _accepted(headers.get("accept-language", ""))


def _accepted(header: str) -> str:
    """The best of an `Accept-Language` (RFC 9110, 12.5.4); who sends none is answered in English."""
    ranges = [_weighed(part) for part in header.split(",")]
    known = [(weight, name) for weight, name in ranges if weight > 0 and name in LANGUAGES]
    return max(known, key=lambda one: one[0], default=(0.0, ENGLISH))[1]


def _weighed(part: str) -> tuple[float, str]:
    """`zh-Hans-CN;q=0.8` is 0.8 and `zh`; what cannot be read weighs nothing."""
    tag, _, parameter = part.partition(";")
    name, _, weight = parameter.strip().partition("=")
    try:
        return (float(weight) if name else 1.0), tag.strip().partition("-")[0].lower()
    except ValueError:
        return 0.0, ""
