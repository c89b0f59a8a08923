"""Smaller copies of pictures for the screen. The picture itself is never touched."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from tryon_core.disk import write_atomically
from tryon_core.facts import BROKEN
from tryon_core.mending import encoded

WIDEST = 1600  # pixels: wider, and one might as well show the picture
QUALITY = 82  # WebP: no difference seen at thumbnail size


def small_view(file: Path, folder: Path, width: int) -> Path | None:
    """The WebP copy of a picture, at most `width` pixels wide, made at the first call.

    None when the picture turns out broken. Blocks.
    """
    width = min(max(width, 16), WIDEST)
    view = folder / f"{file.parent.name}-{file.name}-{width}.webp"
    if view.is_file():
        return view
    try:
        with Image.open(file) as image:
            image.draft("RGB", (width, width))  # a JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(image)
    except BROKEN:
        return None
    upright.thumbnail((width, 4 * width), Image.Resampling.LANCZOS)
    write_atomically(view, encoded(upright, "WEBP", QUALITY))
    return view
