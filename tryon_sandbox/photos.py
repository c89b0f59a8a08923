"""Looks at the bytes of a picture as far as its header: which format, how large."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError


@dataclass(frozen=True, slots=True)
class Photo:
    """What the header says. `format` is Pillow's name (`JPEG`, `PNG`, …); sides in pixels."""

    format: str
    width: int
    height: int

    @property
    def shortest(self) -> int:
        return min(self.width, self.height)

    @property
    def longest(self) -> int:
        return max(self.width, self.height)


def look_at(data: bytes) -> Photo | None:
    """The header of a picture; None when the bytes are not a picture, or one of absurd size."""
    try:
        with Image.open(BytesIO(data)) as image:
            return Photo(image.format or "", image.width, image.height)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
