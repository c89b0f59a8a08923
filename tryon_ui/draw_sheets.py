"""`python -m tryon_ui.draw_sheets` draws the sheets, and the picture of shared links, into the assets folder,
from the pictures that lie there."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from tryon_ui.samples import Samples, load
from tryon_ui.serving.sent_page.page_tags import PICTURE, PICTURE_SIZE
from tryon_ui.sheets import GARMENTS, MODELS, Sheet

ASSETS: Final = Path(__file__).parents[1] / "assets"
_QUALITY: Final = 75  # of WebP: the sheets are twice the size that tiles are shown in
_GROUND, _INK = "#f4f3f1", "#5a5d63"  # as behind garments on the page, and its quieter text
# On the picture of shared links: left, top, width and height; and the strokes of + and =, as corners.
_SUM: Final = {
    "garments/hoodie.jpg": (60, 150, 330, 330),
    "refine/person.png": (460, 150, 248, 330),
    "refine/coarse.png": (778, 60, 383, 510),
}
_SIGNS: Final = ((410, 313, 440, 316), (423, 300, 426, 330), (728, 307, 758, 310), (728, 319, 758, 322))


def drawn(sheet: Sheet, pictures: Sequence[Path]) -> Image.Image:
    """The sheet with these pictures. Blocks."""
    width, height = sheet.cell
    whole = Image.new("RGB", (sheet.columns * width, sheet.rows(len(pictures)) * height), _GROUND)
    for number, path in enumerate(pictures):
        row, column = divmod(number, sheet.columns)
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize(sheet.cell, Image.Resampling.LANCZOS)
        whole.paste(small, (column * width, row * height))
    return whole


def garment_files(samples: Samples, assets: Path) -> list[Path]:
    """The pictures of the sample garments, in the order of their tiles."""
    return [assets / "garments" / "thumbs" / f"{sample.path.stem}.webp" for sample in samples.garments]


def model_files(samples: Samples, assets: Path) -> list[Path]:
    """The pictures of the library models, in the order of their tiles."""
    return [assets / "models" / f"{tile.name}.webp" for tile in samples.models]


def shared(assets: Path) -> Image.Image:
    """The picture of shared links: a garment, who wears it, and the garment worn. Blocks."""
    card = Image.new("RGB", PICTURE_SIZE, _GROUND)
    for name, (left, top, width, height) in _SUM.items():
        with Image.open(assets / name) as picture:
            fitted = ImageOps.fit(picture.convert("RGB"), (width, height), Image.Resampling.LANCZOS)
        card.paste(fitted, (left, top))
    pen = ImageDraw.Draw(card)
    for stroke in _SIGNS:
        pen.rectangle(stroke, _INK)
    return card


def draw(assets: Path) -> None:
    """Draws all of it anew. Blocks."""
    samples = load(assets)
    listed = ((GARMENTS, garment_files(samples, assets)), (MODELS, model_files(samples, assets)))
    for sheet, files in listed:
        file = assets / sheet.file
        file.parent.mkdir(exist_ok=True)
        drawn(sheet, files).save(file, "WEBP", quality=_QUALITY, method=6)
    shared(assets).save(assets / PICTURE, "JPEG", quality=85, optimize=True)


def main() -> None:
    """Draws into the assets of this checkout."""
    argparse.ArgumentParser(
        prog="python -m tryon_ui.sheets", description="Draws the sheets again."
    ).parse_args()
    draw(ASSETS)


if __name__ == "__main__":
    main()
