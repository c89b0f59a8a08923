"""The media type of a picture's file by its extension: the system's own table lacks WebP on bare machines."""

from __future__ import annotations

from pathlib import Path

from tryon_core.images.facts import EXTENSIONS, MEDIA_TYPES

UNKNOWN = "application/octet-stream"  # shown by no browser as a page
_BY_EXTENSION = {extension: MEDIA_TYPES[kind] for kind, extension in EXTENSIONS.items()} | {
    ".jpeg": "image/jpeg",
    ".zip": "application/zip",
}


def media_type_of(path: Path) -> str:
    """What to serve a file as; the files are our own, named by what was found in them."""
    return _BY_EXTENSION.get(path.suffix.lower(), UNKNOWN)
