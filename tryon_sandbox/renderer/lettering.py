"""Small type. Drawn several times as large and brought down, as type that is fitted to whole pixels loses the
gaps between its words; these are wider than the typeface has them besides."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from tryon_sandbox.renderer.raster import Floats, floats

LARGER = 4
LEADING = 1.3  # from line to line, of the type's size
WORD_GAP = 0.36  # of the type's size; the typeface's own is 0.22


def length(text: str, size: int) -> float:
    """How wide a line of type of this size is, in pixels."""
    words, font = text.split(), ImageFont.load_default(size * LARGER)
    return sum(map(font.getlength, words)) / LARGER + WORD_GAP * size * (len(words) - 1)


def lettered(lines: Sequence[str], size: int, wide: int = 0) -> Floats:
    """How much ink (0 to 1) lies on each pixel of lines of type of this size, in the middle of `wide` pixels;
    0 is as wide as the longest line."""
    wide = wide or math.ceil(max(length(line, size) for line in lines))
    high = round(LEADING * size * len(lines))
    font, paper = ImageFont.load_default(size * LARGER), Image.new("L", (wide * LARGER, high * LARGER))
    draw = ImageDraw.Draw(paper)
    for row, line in enumerate(lines):
        left = (wide - length(line, size)) / 2 * LARGER
        for word in line.split():
            draw.text((left, LEADING * size * LARGER * row), word, 255, font, anchor="la")
            left += font.getlength(word) + WORD_GAP * size * LARGER
    return floats(floats(paper.resize((wide, high), Image.Resampling.BOX)) / 255)
