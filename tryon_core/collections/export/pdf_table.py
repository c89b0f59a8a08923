"""The small tables of the lookbook's PDF: facts of a garment, and its pictures by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tryon_core.collections.export.lookbook_pages import Numbered
from tryon_core.collections.export.lookbook_words import pixels
from tryon_core.collections.export.pdf_sheet import Sheet

FACT, HEAD, ROW = 7.6, 9.8, 7.18  # heights
_SIZE = 8.5
_BASE = 4.9  # from a row's line down to its words
_MODEL, _PIXELS = 5.2, 19.5  # where a column begins; how wide the sizes are


def two_columns(sheet: Sheet, facts: Sequence[tuple[str, str]], x: float, y: float, width: float) -> None:
    """Labels with their values."""
    for label, value in facts:
        sheet.rule(x, y, width)
        sheet.dim(label, x, y + _BASE + 0.2, _SIZE)
        sheet.medium(value, x + width, y + _BASE + 0.2, _SIZE, right=True, most=width - 20)
        y += FACT


def table_height(rows: int) -> float:
    """How high the table of so many pictures is."""
    return HEAD + ROW * rows


def picture_table(
    sheet: Sheet, said: Mapping[str, str], pictures: Sequence[Numbered], x: float, y: float, width: float
) -> None:
    """Number, model, size, and whether it is refined."""
    last = x + width
    refined = sheet.type.width(said["refined"], _SIZE) + 2
    sizes = last - refined - _PIXELS
    sheet.rule(x, y, width)
    for text, at in ((said["model"], x + _MODEL), (said["size"], sizes)):
        sheet.dim(text, at, y + 6.9, _SIZE)
    sheet.dim(said["refined"], last, y + 6.9, _SIZE, right=True)
    y += HEAD
    for numbered in pictures:
        picture = numbered.picture
        sheet.rule(x, y, width)
        sheet.ink(str(numbered.number), x, y + _BASE, _SIZE)
        sheet.medium(picture.model, x + _MODEL, y + _BASE, _SIZE, most=sizes - x - _MODEL - 2)
        sheet.ink(pixels(picture), sizes, y + _BASE, _SIZE)
        sheet.ink(said["yes" if picture.refined_from else "no"], last, y + _BASE, _SIZE, right=True)
        y += ROW
    sheet.rule(x, y, width)
