"""Smaller copies of pictures for the screen. The picture itself is never touched."""

from __future__ import annotations

import logging
from pathlib import Path

from PIL import Image

from tryon_core.disk import write_atomically
from tryon_core.errors import StorageFault
from tryon_core.images.facts import bytes_of, facts_of, opened, upright
from tryon_core.images.file_signatures import BROKEN, NotAPicture
from tryon_core.images.mending import encoded

LARGEST = 1600  # pixels on the long side: larger, and one might as well show the picture
# WebP. Below, a studio's backdrop falls into squares: at 82 the steps where they meet are twice those of the
# picture's own noise, at 94 no larger, for twice the bytes (22 KB of a result, 140 KB of a street) and the
# same time. AVIF is a tenth smaller, and takes seven times as long to write.
QUALITY = 94

log = logging.getLogger(__name__)

_NOT_SHOWN = ("HEIF", "TIFF")  # by the browsers that most people have


def browser_view(file: Path, folder: Path, side: int) -> Path | None:
    """A copy, at most `side` pixels on its long side, of a picture that is larger or that browsers cannot
    show; None for every other file. A broken one is no fault: uploads are shown before they are looked at,
    and then refused in words. Blocks."""
    try:
        facts = facts_of(file)
        fits = max(facts.width, facts.height) <= side and facts.format not in _NOT_SHOWN
        side = min(side, LARGEST)
        return None if fits else _made(file, folder / f"shown-{file.name}-{side}.webp", side)
    except (NotAPicture, *BROKEN):
        return None


def small_view(file: Path, folder: Path, side: int) -> Path | None:
    """The WebP copy of a picture that was saved, at most `side` pixels on its long side, made at the first
    call.

    None when the picture turns out broken, or a copy cannot be written. Blocks.
    """
    side = min(max(side, 16), LARGEST)
    try:
        return _made(file, folder / f"{file.parent.name}-{file.name}-{side}.webp", side)
    except (NotAPicture, *BROKEN) as error:
        _told(error)
        return None


def _made(file: Path, view: Path, side: int) -> Path | None:
    """The copy at `view`; None where it cannot be written. Raises `NotAPicture`, or one of `BROKEN`."""
    if view.is_file():
        return view
    data = bytes_of(file)
    facts = facts_of(data)
    with opened(data) as image:
        image.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size
        shown = upright(image, facts)
        shown.thumbnail((side, side), Image.Resampling.LANCZOS)
        shown.load()  # one that is small enough has not been read yet
    try:
        write_atomically(view, encoded(shown, "WEBP", QUALITY))
    except StorageFault as error:
        _told(error)
        return None
    return view


def _told(error: Exception) -> None:
    log.warning("no smaller copy of a picture: %s", type(error).__name__)
