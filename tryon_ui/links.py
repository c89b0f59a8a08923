"""Addresses on this app's own routes. Relative, so that they hold behind a path prefix too."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

EXT: Final = "gradio_api/ext"


def asset(path: str) -> str:
    """A file of the assets folder, by its path in it."""
    return f"{EXT}/a/{quote(path)}"


def file(job_id: str, name: str) -> str:
    """A picture of a job, as it was served."""
    return f"{EXT}/files/{quote(job_id, safe='')}/{quote(name, safe='')}"


def download(job_id: str, name: str) -> str:
    """The same bytes, with the header that makes a browser save them."""
    return f"{file(job_id, name)}?save=1"


def thumb(job_id: str, name: str) -> str:
    """A small version of a picture, for lists."""
    return f"{EXT}/thumbs/{quote(job_id, safe='')}/{quote(name, safe='')}"
