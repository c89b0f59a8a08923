"""All pictures on one, each with its garment, article and model. Lengths are pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tryon_core.collections.export.ai_label import SourceLabel, SourceType, labelled
from tryon_core.collections.export.contents import Export, ExportPicture
from tryon_core.collections.export.fonts import BOLD, REGULAR, runs_of
from tryon_core.collections.export.lookbook_words import day, words
from tryon_core.collections.export.shown_pictures import FULL_QUALITY, GROUND, on_white, packed, shown

_MOST_PIXELS = 24_000_000  # of the whole: 72 MB while it is drawn
_WIDEST, _SMALLEST = 320, 96  # of a picture's place, which is 3:4
_LANDSCAPE = 1.4  # width by height of the whole, about
_PAPER, _INK, _DIM = "#ffffff", "#17181b", "#5a5d63"
_MORE = "…"
_LEAST_TYPE = 8


def contact_sheet(export: Export) -> bytes:
    """A JPEG with the AI label in it."""
    pictures = list(export.pictures)
    grid = grid_for(len(pictures))
    sheet = Image.new("RGB", (grid.width, grid.height), _PAPER)
    pen = _Pen(ImageDraw.Draw(sheet))
    pen.line(export.title, grid.margin, grid.margin, grid.title, _INK, BOLD, grid.width - 2 * grid.margin)
    foot = words(export.language)["ai"], day(export.made_at, export.language)
    for text, y in zip(foot, grid.foot, strict=True):
        pen.line(text, grid.margin, y, pen.fitting(text, grid.type, grid.inner), _DIM, REGULAR, grid.inner)
    for place, picture in enumerate(pictures):
        x, y = grid.at(place)
        _put(sheet, picture, x, y, grid)
        below = y + grid.cell_h + grid.type // 2
        pen.line(picture.garment, x, below, grid.type, _INK, BOLD, grid.cell_w)
        refined = words(export.language)["refined"] if picture.refined_from else ""
        who = " · ".join(part for part in (picture.article, picture.model, refined) if part)
        pen.line(who, x, below + grid.line, grid.type, _DIM, REGULAR, grid.cell_w)
    return labelled(packed(sheet, FULL_QUALITY), _label(export)).data


@dataclass(frozen=True)
class Grid:
    """Where things stand, for so many columns and rows of places `cell_w` wide."""

    columns: int
    rows: int
    cell_w: int

    @cached_property
    def cell_h(self) -> int:
        return self.cell_w * 4 // 3

    @cached_property
    def type(self) -> int:
        return max(11, self.cell_w // 16)

    @cached_property
    def title(self) -> int:
        return self.type * 2

    @cached_property
    def line(self) -> int:
        return self.type * 4 // 3

    @cached_property
    def gap(self) -> int:
        return self.cell_w // 12

    @cached_property
    def margin(self) -> int:
        return self.gap * 2

    @cached_property
    def step(self) -> int:
        """From one row to the next."""
        return self.cell_h + 3 * self.line + self.gap

    @cached_property
    def inner(self) -> int:
        return self.columns * (self.cell_w + self.gap) - self.gap

    @cached_property
    def width(self) -> int:
        return self.inner + 2 * self.margin

    @cached_property
    def height(self) -> int:
        return self.margin * 3 + self.title + self.rows * self.step + self.line + self.type

    @cached_property
    def foot(self) -> tuple[int, int]:
        """Where the two lines below the places begin."""
        last = self.height - self.margin - self.type
        return last - self.line, last

    def at(self, place: int) -> tuple[int, int]:
        """The upper left corner of a place, counted from 0 by rows."""
        row, column = divmod(place, self.columns)
        return self.margin + column * (self.cell_w + self.gap), 2 * self.margin + self.title + row * self.step


def grid_for(count: int) -> Grid:
    """A landscape of places as large as the whole may have, and no larger than shows anything."""
    columns = max(1, min(count, round(math.sqrt(count * _LANDSCAPE * 1.6))))
    rows = max(1, -(-count // columns))
    grid = Grid(columns, rows, _WIDEST)
    while grid.width * grid.height > _MOST_PIXELS and grid.cell_w > _SMALLEST:
        grid = Grid(columns, rows, grid.cell_w - 8)
    return grid


def _put(sheet: Image.Image, picture: ExportPicture, x: int, y: int, grid: Grid) -> None:
    copy = on_white(shown(picture.path), grid.cell_h)
    copy.thumbnail((grid.cell_w, grid.cell_h), Image.Resampling.LANCZOS)
    sheet.paste(GROUND, (x, y, x + grid.cell_w, y + grid.cell_h))
    sheet.paste(copy, (x + (grid.cell_w - copy.width) // 2, y + (grid.cell_h - copy.height) // 2))


def _label(export: Export) -> SourceLabel:
    labels = [picture.label for picture in export.pictures]
    vendors = ", ".join(dict.fromkeys(label.vendor for label in labels))
    person = any(label.source_type is SourceType.COMPOSITE for label in labels)
    return SourceLabel(SourceType.COMPOSITE if person else SourceType.GENERATED, vendors, export.made_at)


class _Pen:
    """Sets lines of text in our fonts."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self._fonts: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}

    def line(self, text: str, x: float, y: int, size: int, colour: str, weight: int, most: int) -> None:
        """A line from its upper left corner on, cut short where it is longer than `most`."""
        text = self._cut(text, size, weight, most)
        for run in runs_of(text, weight):
            font = self._font(run.font, size)
            self._draw.text((x, y + size), run.text, colour, font, anchor="ls")
            x += font.getlength(run.text)

    def fitting(self, text: str, size: int, most: int) -> int:
        """The size in which a line that is not to be cut fits, as far as type that small can be read."""
        width = self._width(text, size, REGULAR)
        return size if width <= most else max(_LEAST_TYPE, int(size * most / width))

    def _cut(self, text: str, size: int, weight: int, most: int) -> str:
        if self._width(text, size, weight) <= most:
            return text
        while text and self._width(text + _MORE, size, weight) > most:
            text = text[:-1].rstrip()
        return text + _MORE

    def _width(self, text: str, size: int, weight: int) -> float:
        return sum(self._font(run.font, size).getlength(run.text) for run in runs_of(text, weight))

    def _font(self, font: Path, size: int) -> ImageFont.FreeTypeFont:
        if (font, size) not in self._fonts:
            self._fonts[font, size] = ImageFont.truetype(str(font), size)
        return self._fonts[font, size]
