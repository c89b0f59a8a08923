"""Where the pictures of a garment stand on a page of the PDF: 3:4, and together as wide as the page.

The style of the HTML, `lookbook.css`, has the same places.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tryon_core.collections.export.lookbook_pages import GarmentPage
from tryon_core.collections.export.pdf_sheet import MARGIN, WIDTH, Box

TOP: Final = 31.1
GAP: Final = 4.0
ABOVE_TABLE: Final = 6.0
HERO: Final = Box(MARGIN, TOP, 118, 157.33)
ALONE: Final = Box(MARGIN, TOP, 144, 192)  # a garment's only picture
_THREE, _FOUR = 58.0, 42.5  # how wide, of so many in a row
_STACKED = 4  # on a further page: one large, the others beside it; more stand in rows of three
_PHOTO_W, _PHOTO_H, _OF_SEVERAL_H, _SMALL_PHOTO = 60.0, 60.0, 44.0, 34.0


def first_places(count: int) -> list[Box]:
    """Those of a garment's first page."""
    if count == 1:
        return [ALONE]
    others = count - 1
    width = _THREE if others <= 3 else _FOUR
    return [HERO, *(_upright(MARGIN + at * (width + GAP), HERO.bottom + GAP, width) for at in range(others))]


def photo_places(page: GarmentPage) -> list[Box]:
    """Those of the garment's own photos, one below the other beside the large picture."""
    count = len(page.garment.photos)
    width = height = _SMALL_PHOTO
    if page.tables_below:
        width, height = _PHOTO_W, (HERO.h - GAP * (count - 1)) / count
    elif len(page.pictures) > 1:
        width, height = _PHOTO_W, _PHOTO_H if count == 1 else _OF_SEVERAL_H
    x = MARGIN + WIDTH - width
    return [Box(x, TOP + at * (height + GAP), width, height) for at in range(count)]


def tables_place(page: GarmentPage, height: float) -> tuple[float, float, float]:
    """Where the tables of a first page begin, and how wide they are: at the foot of the large picture, below
    a garment's only one, or where small ones would stand if there were more."""
    pictures = len(page.pictures)
    if pictures == 1:
        return MARGIN, ALONE.bottom + ABOVE_TABLE, WIDTH
    if page.tables_below:
        taken = (pictures - 1) * (_THREE + GAP)
        return MARGIN + taken, HERO.bottom + GAP, WIDTH - taken
    x = HERO.x + HERO.w + GAP
    return x, HERO.bottom - height, MARGIN + WIDTH - x


def further_places(count: int) -> list[Box]:
    """Those of a further page."""
    return list(_rows(count) if count > _STACKED or count == 1 else _stack(count - 1))


def _rows(count: int) -> Iterator[Box]:
    for place in range(count):
        row, column = divmod(place, 3)
        x, y = MARGIN + column * (_THREE + GAP), TOP + row * (_THREE * 4 / 3 + GAP)
        yield _upright(x, y, _THREE)


def _stack(others: int) -> Iterator[Box]:
    """One, and beside it the others, which are together as high."""
    small = (WIDTH - GAP - 0.75 * GAP * (others - 1)) / (others + 1)
    large = WIDTH - GAP - small
    yield _upright(MARGIN, TOP, large)
    for at in range(others):
        yield _upright(MARGIN + large + GAP, TOP + at * (small * 4 / 3 + GAP), small)


def _upright(x: float, y: float, width: float) -> Box:
    return Box(x, y, width, width * 4 / 3)
