"""Files on their way in and out of Gradio: it serves, and takes uploads into, its own cache folder only."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Final, TypedDict

from gradio.utils import get_upload_folder

from tryon_core import InvalidRequest

_WEB: Final = ("http://", "https://")
_FILE: Final = {"_type": "gradio.FileData"}


class FileRef(TypedDict):
    """A file as Gradio's clients send and receive it."""

    path: str
    orig_name: str
    mime_type: str
    size: int
    meta: dict[str, str]


def cache_folder() -> Path:
    """Where Gradio keeps uploads and what it serves."""
    return Path(get_upload_folder()).resolve()


def served(path: Path) -> str:
    """A copy of `path`, byte for byte and under its own name, in the folder that Gradio serves."""
    stamp = path.stat()
    key = f"{path.resolve()}|{stamp.st_size}|{stamp.st_mtime_ns}"
    folder = cache_folder() / hashlib.sha256(key.encode()).hexdigest()
    copy = folder / path.name
    if not copy.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{path.name}.part"
        shutil.copyfile(path, part)
        part.replace(copy)
    return str(copy)


def is_upload(path: Path) -> bool:
    """Whether a path from outside lies in the upload folder, and not elsewhere on this machine."""
    return path.resolve().is_relative_to(cache_folder()) and path.is_file()


def file_ref(path: Path, media_type: str) -> FileRef:
    """A file of ours for a client to download: a copy in the folder that Gradio serves."""
    return FileRef(
        path=served(path),
        orig_name=path.name,
        mime_type=media_type,
        size=path.stat().st_size,
        meta=dict(_FILE),
    )


def picture_text(given: str | FileRef | None) -> str | None:
    """A client's picture as an address or an upload's path. Raises `InvalidRequest` for anything else."""
    if given is None or given == "":
        return None
    text = given if isinstance(given, str) else str(given.get("path", ""))
    if text.startswith(_WEB) or is_upload(Path(text)):
        return text
    raise InvalidRequest("picture", text[:60] or "nothing", "an uploaded file, or an http(s) address")
