"""The fonts that come with the app, and which of them has a sign.

Instrument Sans is the page's own, here as one file a weight: to make one of the variable file takes half
a second each time. Behind it stand Noto Sans 2.015 (Latin, Greek, Cyrillic) and Noto Sans SC 2.004
(Chinese: GB 2312 and the first level of Big5; Japanese syllables), of one weight. All are cut down with
fontTools, without layout features and hints. What none of them has is "?".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[3] / "assets" / "fonts"
FOR_BROWSERS = FOLDER / "instrument-sans.woff2"  # of every weight
REGULAR, MEDIUM, BOLD = 400, 550, 600
OWN = {weight: FOLDER / f"instrument-sans-{weight}.woff2" for weight in (REGULAR, MEDIUM, BOLD)}
CHAIN = (OWN[REGULAR], FOLDER / "noto-sans.woff2", FOLDER / "noto-sans-sc.woff2")
UNKNOWN = "?"
_LEFT_AWAY = ("Cf", "Cc", "Mn")  # controls, and marks that no sign takes up when it is made one


@dataclass(frozen=True, slots=True)
class Run:
    """Signs of one font, one after the other."""

    font: Path
    text: str


def runs_of(text: str, weight: int = REGULAR) -> list[Run]:
    """The text in pieces of one font each; the weight is our own font's, the others have one."""
    placed = [(_font_of(sign), sign) for sign in _shown(text)]
    groups = groupby(
        ((font or CHAIN[0], sign if font else UNKNOWN) for font, sign in placed), key=lambda one: one[0]
    )
    fonts = {CHAIN[0]: OWN[weight]}
    return [Run(fonts.get(font, font), "".join(sign for _, sign in signs)) for font, signs in groups]


def has_unknown(texts: Iterable[str]) -> bool:
    """Whether one of the texts has a sign that no font here has."""
    return any(_font_of(sign) is None for text in texts for sign in _shown(text))


def _shown(text: str) -> Iterator[str]:
    whole = unicodedata.normalize("NFC", " ".join(text.split()))
    return (sign for sign in whole if unicodedata.category(sign) not in _LEFT_AWAY)


def _font_of(sign: str) -> Path | None:
    return next((font for font in CHAIN if ord(sign) in _signs_of(font)), None)


@cache
def _signs_of(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as read:
        return frozenset(read.getBestCmap())
