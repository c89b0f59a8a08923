"""Smaller copies of pictures for the screen. The picture itself is never touched."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tryon_core.disk import write_atomically
from tryon_core.images.facts import bytes_of, facts_of, opened, upright
from tryon_core.images.file_signatures import BROKEN, NotAPicture
from tryon_core.images.mending import encoded

WIDEST = 1600  # pixels: wider, and one might as well show the picture
QUALITY = 82  # WebP: no difference seen at thumbnail size


_NOT_SHOWN = ("HEIF", "TIFF")  # by the browsers that most people have


def browser_view(file: Path, folder: Path) -> Path | None:
    """A copy of a picture that browsers cannot show; None for every other file. Blocks."""
    try:
        kind = facts_of(file).format
    except NotAPicture:
        return None
    return _made(file, folder / f"shown-{WIDEST}.webp", WIDEST) if kind in _NOT_SHOWN else None


def small_view(file: Path, folder: Path, width: int) -> Path | None:
    """The WebP copy of a picture, at most `width` pixels wide, made at the first call.

    None when the picture turns out broken. Blocks.
    """
    width = min(max(width, 16), WIDEST)
    return _made(file, folder / f"{file.parent.name}-{file.name}-{width}.webp", width)


def _made(file: Path, view: Path, width: int) -> Path | None:
    if view.is_file():
        return view
    try:
        data = bytes_of(file)
        facts = facts_of(data)
        with opened(data) as image:
            image.draft("RGB", (width, width))  # a JPEG is decoded at a fraction of its size
            shown = upright(image, facts)
            shown.thumbnail((width, 4 * width), Image.Resampling.LANCZOS)
            shown.load()  # one that is small enough has not been read yet
    except (NotAPicture, *BROKEN):
        return None
    write_atomically(view, encoded(shown, "WEBP", QUALITY))
    return view
