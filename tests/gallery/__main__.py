"""`make gallery`: everything that the studio draws on one contact sheet, and each picture at full size.

Writes build/gallery.jpg and build/gallery/*.png. It is for looking at: nothing is measured here.
"""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw

from tests.gallery.cells import Cell, Section, sections

BUILD = Path(__file__).parents[2] / "build"
ACROSS = 10  # cells in a row
CELL = (300, 438)  # pixels, with the caption
CAPTION, LINE = 38, 17
TITLE = 46
INK, PAPER = (30, 30, 30), (255, 255, 255)
WORKERS = 2


def main() -> None:
    """Makes all pictures, two at a time, and lays them out."""
    singles = BUILD / "gallery"
    singles.mkdir(parents=True, exist_ok=True)
    parts = sections()
    with ThreadPoolExecutor(WORKERS) as pool:
        drawn = [list(pool.map(lambda cell: _kept(cell, singles), part.cells)) for part in parts]
    sheet = _sheet(list(zip(parts, drawn, strict=True)))
    sheet.save(BUILD / "gallery.jpg", quality=88)
    sys.stdout.write(f"{BUILD / 'gallery.jpg'}: {sum(map(len, drawn))} pictures\n")


def _kept(cell: Cell, folder: Path) -> Image.Image:
    """The cell's picture at the sheet's size; the picture itself is written beside the sheet."""
    data = cell.make()
    (folder / f"{cell.caption.replace(', ', '_').replace(' ', '_')}.png").write_bytes(data)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.thumbnail((CELL[0] - 6, CELL[1] - CAPTION), Image.Resampling.LANCZOS)
    return picture


def _sheet(parts: list[tuple[Section, list[Image.Image]]]) -> Image.Image:
    heights = [TITLE + CELL[1] * -(-len(pictures) // ACROSS) for _, pictures in parts]
    sheet = Image.new("RGB", (CELL[0] * ACROSS, sum(heights)), PAPER)
    top = 0
    for (section, pictures), height in zip(parts, heights, strict=True):
        _section(sheet, top, section, pictures)
        top += height
    return sheet


def _section(sheet: Image.Image, top: int, section: Section, pictures: list[Image.Image]) -> None:
    pen = ImageDraw.Draw(sheet)
    pen.text((8, top + 16), section.title, fill=INK, font_size=20)
    for number, (cell, picture) in enumerate(zip(section.cells, pictures, strict=True)):
        x, y = CELL[0] * (number % ACROSS), top + TITLE + CELL[1] * (number // ACROSS)
        pen.text((x + 4, y), cell.caption, fill=INK, font_size=13)
        pen.text((x + 4, y + LINE), cell.reason, fill=INK, font_size=11)
        sheet.paste(picture, (x + 2, y + CAPTION))


if __name__ == "__main__":
    main()
