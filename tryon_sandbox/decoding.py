"""Looks at the bytes of a picture: which format, how large, and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

_LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Photo:
    """What a picture is. `format` is Pillow's name (`JPEG`, `PNG`, …); sides in pixels."""

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
    """What the bytes are; None when they are no picture, a broken one, or one of absurd size.

    Takes up to some tenths of a second, as it decodes. A picture too large for any vendor is not decoded.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            if max(image.size) <= _LARGEST:
                image.load()
            return Photo(image.format or "", image.width, image.height)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        RuntimeError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
