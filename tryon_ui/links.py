"""Addresses on this app's own routes. Relative, so that they hold behind a path prefix too."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from tryon_core import Job

EXT: Final = "gradio_api/ext"
HASH: Final = 16  # hexadecimal digits of a content's hash in its address


def asset(path: str) -> str:
    """A file of the assets folder, by its path in it."""
    return f"{EXT}/a/{quote(path)}"


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
    """A small version of a picture, for lists."""
    return file(job_id, name, sha256).replace("/files/", "/thumbs/", 1)
