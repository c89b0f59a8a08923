"""What stands on a page of the PDF: type, pictures in boxes, lines. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from fpdf import FPDF

from tryon_core.collections.export.fonts import BOLD, MEDIUM, REGULAR
from tryon_core.collections.export.pdf_pictures import add_picture
from tryon_core.collections.export.pdf_type import DIM, INK, Type
from tryon_core.collections.export.shown_pictures import (
    GROUND,
    PHOTO_SIDE,
    THUMB_QUALITY,
    Shown,
    on_white,
    packed,
    shown,
)
from tryon_core.images.facts import facts_of
from tryon_core.images.figure import crop_of

A4: Final = (210.0, 297.0)
MARGIN: Final = 14.0
WIDTH: Final = A4[0] - 2 * MARGIN
ACCENT = "#2f4bdc"
GARMENT_GROUND, LINE = "#f3f2f0", "#e3e3df"
_LOOKED_AT = 256  # pixels of the longer side: enough to find a figure in


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page."""

    x: float
    y: float
    w: float
    h: float

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def ratio(self) -> float:
        return self.w / self.h


class Sheet:
    """A PDF's current page."""

    def __init__(self, pdf: FPDF) -> None:
        self.pdf, self.type = pdf, Type(pdf)
        self.ink = partial(self.type.line, weight=REGULAR, colour=INK)
        self.dim = partial(self.type.line, weight=REGULAR, colour=DIM)
        self.medium = partial(self.type.line, weight=MEDIUM, colour=INK)
        self.bold = partial(self.type.line, weight=BOLD, colour=INK)
        self._ratios: dict[Path, float] = {}

    def whole(self, path: Path, box: Box, alt_text: str) -> None:
        """All of a picture, in the middle of its box."""
        self._fill(box, GROUND)
        self._place(path, self._ratio_of(path), box, alt_text)

    def photo(self, path: Path, box: Box, alt_text: str) -> None:
        """A small copy of a garment's photo."""
        self._fill(box, GARMENT_GROUND)
        copy = packed(on_white(shown(path), PHOTO_SIDE), THUMB_QUALITY)
        picture = Shown(copy, facts_of(copy))
        name = path.with_name(f"{path.name} copy")
        add_picture(self.pdf, str(name), picture)
        self._place(name, picture.ratio, box, alt_text)

    def _place(self, path: Path, ratio: float, box: Box, alt_text: str) -> None:
        w, h = min(box.w, box.h * ratio), min(box.h, box.w / ratio)
        inner = Box(box.x + (box.w - w) / 2, box.y + (box.h - h) / 2, w, h)
        self.pdf.image(path, inner.x, inner.y, inner.w, inner.h, alt_text=alt_text)

    def narrow(self, path: Path, box: Box, alt_text: str, *, live: bool) -> None:
        """A picture in a box that is narrower: cut at its sides as far as the figure allows."""
        ratio = self._ratio_of(path)
        crop = crop_of(on_white(shown(path), _LOOKED_AT), box.ratio / ratio, live=live)
        if crop is None:
            self.whole(path, box, alt_text)
            return
        width = box.h * ratio
        with self.pdf.rect_clip(box.x, box.y, box.w, box.h):
            self.pdf.image(path, box.x - crop[0] * width, box.y, width, box.h, alt_text=alt_text)

    def badge(self, number: int, box: Box) -> None:
        """A number in the corner of a picture."""
        x, y, radius = box.x + 5.25, box.y + 5.25, 2.75
        self.pdf.set_fill_color("#ffffff")
        self.pdf.circle(x, y, radius, style="F")
        self.bold(str(number), x - self.type.width(str(number), 8, BOLD) / 2, y + 1.0, 8)

    def rule(self, x: float, y: float, width: float) -> None:
        """A thin line."""
        self.pdf.set_draw_color(LINE)
        self.pdf.set_line_width(0.25)
        self.pdf.line(x, y, x + width, y)

    def _fill(self, box: Box, colour: str) -> None:
        self.pdf.set_fill_color(colour)
        self.pdf.rect(box.x, box.y, box.w, box.h, style="F")

    def _ratio_of(self, path: Path) -> float:
        """Width by height of a picture, which is in the PDF from then on."""
        if path not in self._ratios:
            picture: Shown = shown(path)
            add_picture(self.pdf, str(path), picture)
            self._ratios[path] = picture.ratio
        return self._ratios[path]
