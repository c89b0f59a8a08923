"""A picture as a page shows it: opened once, upright, on white.

One that is gone or cannot be read is an empty place: it takes none of the others along.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from tryon_core.images.facts import Facts, bytes_of, facts_of, opened, upright
from tryon_core.images.file_signatures import BROKEN, NotAPicture

PHOTO_SIDE = (
    720  # pixels of a garment's photo: 300 a inch where it is shown; a visitor's file is not passed on
)
THUMB_QUALITY = 82
FULL_QUALITY = 92  # of what has to be packed anew
GROUND = "#e2e0dd"  # behind pictures, and in place of one that cannot be read
_EMPTY = (60, 80)  # pixels of such a place, of the shape that most pictures have
_PROFILED = ("RGB", "L")
_ALPHA = ("RGBA", "LA", "PA", "P")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file with what its header says."""

    data: bytes
    facts: Facts

    @property
    def ratio(self) -> float:
        """Width by height."""
        return self.facts.width / self.facts.height

    @property
    def as_it_is(self) -> bool:
        """Whether every viewer shows the file itself the right way."""
        return not self.facts.turned and self.facts.frames == 1


def shown(path: Path) -> Shown:
    """Reads a picture."""
    try:
        data = bytes_of(path)
        return Shown(data, facts_of(data))
    except NotAPicture:
        return _empty()


def on_white(picture: Shown, side: int = 0) -> Image.Image:
    """The pixels, upright, without transparency, at most `side` long where it is given; none but the ground
    of a file that is cut short."""
    try:
        return _decoded(picture, side)
    except BROKEN:
        ground = Image.new("RGB", (picture.facts.width, picture.facts.height), GROUND)
        ground.thumbnail((side, side) if side else ground.size)
        return ground


@cache
def _empty() -> Shown:
    data = packed(Image.new("RGB", _EMPTY, GROUND), FULL_QUALITY)
    return Shown(data, facts_of(data))


def _decoded(picture: Shown, side: int) -> Image.Image:
    with opened(picture.data) as image:
        if side:
            image.draft("RGB", (side, side))
        turned = upright(image, picture.facts)
        if side:
            turned.thumbnail((side, side), Image.Resampling.LANCZOS)
        if turned.mode not in _ALPHA:
            return turned.convert("RGB")
        ground = Image.new("RGBA", turned.size, "white")
        ground.alpha_composite(turned.convert("RGBA"))
        return ground.convert("RGB")


def packed(image: Image.Image, quality: int, profile: bytes | None = None) -> bytes:
    """The pixels as JPEG, colours at full size."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, subsampling=0, icc_profile=profile)
    return buffer.getvalue()


def profile_of(picture: Shown) -> bytes | None:
    """The colour profile of a picture of three colours or of grey that has another one than sRGB."""
    if not picture.facts.profile or picture.facts.mode not in _PROFILED:
        return None
    with opened(picture.data) as image:
        profile: bytes | None = image.info.get("icc_profile")
        return profile
