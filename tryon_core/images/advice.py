"""Hints about a picture that a vendor would take, but would not do well with. Advice, never a refusal.

Computed from a copy of 96 pixels: it costs milliseconds, and the picture is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageStat

from tryon_core.images.facts import Facts, bytes_of, facts_of, opened, upright
from tryon_core.images.file_signatures import BROKEN, NotAPicture
from tryon_core.images.mending import on_white
from tryon_core.sentences import said

SIDE = 96  # pixels of the copy that is looked at
RIM = 6  # pixels of it that count as the backdrop
# Share of the rim whose brightness is more than APART from its median. 42 product photos stayed under 0.17,
# also with sleeves that reach the edge; a landscape and a room came to 0.5 and more.
BUSY, APART = 0.35, 16
UPRIGHT = 1.2  # height by width that a person from head to foot needs at least
EMPTY = 4  # of 255: what the colours of a picture without anything differ by; of a white shirt on white by 40
SMALL = 512  # pixels: below, prints and seams are lost in a picture of 768 x 1024

Look = Callable[[Image.Image, Facts], str]


def hints(source: Path, kind: str) -> tuple[str, ...]:
    """Hints for one picture; `kind` is garment, top, bottom, model, person or coarse."""
    try:
        data = bytes_of(source)
        facts = facts_of(data)
        with opened(data) as image:
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            shown = upright(image, facts)
            small = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
    except (NotAPicture, *BROKEN):
        return ()
    small.thumbnail((SIDE, SIDE))
    small = on_white(small)  # what nobody sees is no backdrop
    return tuple(hint for look in _LOOKS.get(kind, ()) if (hint := look(small, facts)))


def _empty(image: Image.Image, _: Facts) -> str:
    alike = (most - least <= EMPTY for least, most in ImageStat.Stat(image.convert("RGB")).extrema)
    return said("hint.empty") if all(alike) else ""


def _busy(image: Image.Image, _: Facts) -> str:
    grey = image.convert("L")
    rim = Image.new("L", grey.size, 255)
    rim.paste(0, (RIM, RIM, max(RIM + 1, grey.width - RIM), max(RIM + 1, grey.height - RIM)))
    counts = grey.histogram(rim)
    median = int(ImageStat.Stat(grey, rim).median[0])
    like = sum(counts[max(0, median - APART) : median + APART + 1])
    return said("hint.busy_backdrop") if 1 - like / sum(counts) > BUSY else ""


def _lying(_: Image.Image, facts: Facts) -> str:
    return said("hint.not_upright") if facts.height < UPRIGHT * facts.width else ""


def _small(_: Image.Image, facts: Facts) -> str:
    if min(facts.width, facts.height) >= SMALL:
        return ""
    return said("hint.few_pixels", width=facts.width, height=facts.height)


_FLAT_LAY: tuple[Look, ...] = (_empty, _busy, _small)
_PERSON: tuple[Look, ...] = (_empty, _lying, _small)
_LOOKS: Mapping[str, tuple[Look, ...]] = MappingProxyType(
    {
        "garment": _FLAT_LAY,
        "top": _FLAT_LAY,
        "bottom": _FLAT_LAY,
        "model": _PERSON,
        "person": _PERSON,
        "coarse": _PERSON,
    }
)
