"""Addresses on this app's own routes. Relative, so that they hold behind a path prefix too."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from tryon_core import Job, SavedPicture

EXT: Final = "gradio_api/ext"
SHARE: Final = "s"  # below it lie the links to collections, each by its token
HASH: Final = 16  # hexadecimal digits of a content's hash in its address
THUMBS, VIEWS, LARGE = "thumbs", "views", "large"
# The smaller copies of a job's pictures that are shown: pixels on the long side.
SIDES: Final[Mapping[str, int]] = MappingProxyType({THUMBS: 320, VIEWS: 800, LARGE: 1600})


def asset(path: str, sha256: str = "") -> str:
    """A file of the assets folder, by its path in it. With its hash the address is the content's for ever."""
    address = f"{EXT}/a/{quote(path)}"
    return f"{address}?v={sha256[:HASH]}" if sha256 else address


def inlined(picture: Path) -> str:
    """A small WebP picture as an address that holds it: it costs no request. Empty where there is none."""
    if not picture.is_file():
        return ""
    return f"data:image/webp;base64,{base64.b64encode(picture.read_bytes()).decode()}"


def file(job_id: str, name: str, sha256: str = "") -> str:
    """A picture of a job, as it was served. With its hash the address is that content's for ever: of a job
    that is deleted and made anew the addresses are others. Without, a browser asks again."""
    address = f"{EXT}/files/{quote(job_id, safe='')}/{quote(name, safe='')}"
    return f"{address}?v={sha256[:HASH]}" if sha256 else address


def download(job_id: str, name: str, sha256: str = "") -> str:
    """The same bytes, with the header that makes a browser save them."""
    address = file(job_id, name, sha256)
    return f"{address}{'&' if '?' in address else '?'}save=1"


def download_of(job: Job) -> str:
    """The first picture of a job, to be saved."""
    return download(job.id, job.pictures[0].name, job.pictures[0].sha256)


def thumb(job_id: str, name: str, sha256: str = "") -> str:
    """A small copy of a picture, for lists and rows."""
    return _copy(THUMBS, job_id, name, sha256)


def view(job_id: str, name: str, sha256: str = "") -> str:
    """The copy of a picture that the page shows in the picture's place; the picture is for the download."""
    return _copy(VIEWS, job_id, name, sha256)


def views(job_id: str, picture: SavedPicture) -> str:
    """The `srcset` of a picture that is larger than its view; else empty, as there is nothing to choose."""
    if max(picture.width, picture.height) <= SIDES[VIEWS]:
        return ""
    named = (picture.name, picture.sha256)
    return ", ".join(
        f"{_copy(size, job_id, *named)} {_width(picture, SIDES[size])}w" for size in (VIEWS, LARGE)
    )


def _copy(size: str, job_id: str, name: str, sha256: str) -> str:
    return file(job_id, name, sha256).replace("/files/", f"/{size}/", 1)


def _width(picture: SavedPicture, side: int) -> int:
    """How wide the copy of that size is: none is larger than the picture."""
    return round(picture.width * min(1.0, side / max(picture.width, picture.height)))


def handed_over(ticket: str, file: str) -> str:
    """A file of a collection, for whoever has a ticket for it."""
    return f"{EXT}/export/{ticket}/{file}"


def share(token: str) -> str:
    """The page of a link to a collection."""
    return f"{SHARE}/{quote(token, safe='')}"
