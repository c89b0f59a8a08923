"""Uploads: each lies at a path of its own, and goes with the job that it was put in for.

Gradio puts equal files of equal names at one path, whoever uploads them: what one visitor deletes would be
gone for another.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_core import FilePicture, JobDeleted, Request, pictures_of
from tryon_ui.files import OURS, FilePlace, cache_folder, forget_copies, new_folder, place_of_path
from tryon_ui.texts import say

ROUTE: Final = "/gradio_api/upload"
_NAMELESS: Final = re.compile(r"tmp[0-9a-f]{10}")  # what Gradio calls an upload that has no name
# What browsers write for what would end a name (HTML, "Multipart form data"); every other "%" is the name's
# own. A break of a line is a space: names are lines.
_ENCODED: Final = {"%22": '"', "%0D%0A": " ", "%0D": " ", "%0A": " "}
_ENCODING: Final = re.compile("|".join(_ENCODED))


class Uploads:
    """Which uploads each job of this process was made from."""

    def __init__(self) -> None:
        self._of_job: dict[str, set[Path]] = {}

    def note(self, job_id: str, request: Request) -> None:
        """Remembers what the job was made from, as far as it was uploaded."""
        files = {picture.path for _, picture in pictures_of(request) if isinstance(picture, FilePicture)}
        # Resolved, as the folder around it is what goes with the job.
        uploaded = {path.resolve() for path in files if place_of_path(path) is FilePlace.UPLOAD}
        if uploaded:
            self._of_job.setdefault(job_id, set()).update(uploaded)

    async def forget(self, gone: JobDeleted) -> None:
        """Takes away the uploads of a deleted job, and the copies of its pictures that Gradio serves."""
        uploads = self._of_job.pop(gone.job_id, set())
        await asyncio.to_thread(_remove, [path.parent for path in uploads])
        await asyncio.to_thread(forget_copies, gone.job_id)


class PrivateUploads:
    """Moves what Gradio has just taken in to a path that nobody can guess, and nobody else has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].rstrip("/").endswith(ROUTE):
            return await self._app(scope, receive, send)
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self._app(scope, receive, hold)
        answer = _with_own_paths(held)
        if answer is not None:
            return await answer(scope, receive, send)
        return await _pass_on(held, send)


def clear_before(moment: float) -> None:
    """Takes away uploads and copies that are older than `moment` (Unix seconds): also a killed process's."""
    folders = cache_folder().glob(f"{OURS}*")
    _remove([folder for folder in folders if folder.is_dir() and _newest(folder) < moment])


async def _pass_on(held: Sequence[Message], send: Send) -> None:
    for message in held:
        await send(message)


def _with_own_paths(held: Sequence[Message]) -> Response | None:
    """The answer with the paths to which the files were moved; None for one that names no files."""
    if not held or held[0]["status"] != 200:
        return None
    taken: list[str] = json.loads(b"".join(message.get("body", b"") for message in held[1:]))
    try:
        moved = {path: _moved(Path(path)) for path in dict.fromkeys(taken)}
    except FileNotFoundError:  # the same file came twice in one moment, and the other upload took it
        return JSONResponse({"detail": say("trouble.upload_again")}, 503)
    return JSONResponse([moved[path] for path in taken])


def _moved(path: Path) -> str:
    own = new_folder() / (say("word.photo") if _NAMELESS.fullmatch(path.name) else _decoded(path.name))
    path.rename(own)
    return str(own)


def _decoded(name: str) -> str:
    """A file's name as it is where it was taken from."""
    return _ENCODING.sub(lambda found: _ENCODED[found[0]], name)


def _newest(folder: Path) -> float:
    try:
        return max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except FileNotFoundError:  # it goes this moment
        return time.time()


def _remove(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
