"""Files on their way in and out of Gradio: it serves, and takes uploads into, its own cache folder only."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final, TypedDict, cast, get_args, get_origin

from gradio.utils import get_upload_folder

from tryon_core import InvalidRequest, Settings, field_of, is_link, slug
from tryon_ui.texts import said

_FILE: Final = {"_type": "gradio.FileData"}
_KEPT: Final = (
    *("jobs", "sandbox", ".state-secret", ".spending.json", ".lock"),
    *(f"studio.sqlite{end}" for end in ("", "-wal", "-shm", "-journal")),
)
OURS: Final = "tryon-"  # begins the names of our own folders: other apps may share the cache


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


def never_served(settings: Settings) -> list[str]:
    """What Gradio must not serve by its path, whatever else an operator lets out (GRADIO_ALLOWED_PATHS).

    All of the data's folders; where the cache was put into one, all that this app keeps there besides.
    """
    folders = [folder.resolve() for folder in (settings.data_dir, settings.database_dir) if folder]
    cache = cache_folder()
    around = [folder for folder in folders if cache.is_relative_to(folder)]
    inside = [str(folder / name) for folder in around for name in _KEPT]
    return [*(str(folder) for folder in folders if folder not in around), *inside]


def served(path: Path, job_id: str = "", name: str = "") -> str:
    """A copy of `path`, byte for byte and under its own name, in the folder that Gradio serves.

    The copy of a job's file lies in a folder that goes with the job: see `forget_copies`. With a `name` it is
    called that.
    """
    called = f"{slug(name)}{path.suffix}" if name else path.name
    stamp = path.stat()
    key = f"{path.resolve()}|{stamp.st_size}|{stamp.st_mtime_ns}"
    home = home_of(job_id) if job_id else cache_folder()
    folder = home / hashlib.sha256(key.encode()).hexdigest()
    copy = folder / called
    if not copy.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{called}.part"
        part.unlink(missing_ok=True)
        try:
            os.link(path, part)  # no bytes of its own, where both lie on one disk
        except OSError:
            shutil.copyfile(path, part)
        part.replace(copy)
    return str(copy)


def home_of(job_id: str) -> Path:
    """Where copies of the files of a job, or of a collection, lie for Gradio to serve."""
    # The id is unguessable, and its digest says nothing of it.
    return cache_folder() / f"{OURS}{hashlib.sha256(f'job {job_id}'.encode()).hexdigest()}"


def forget_copies(job_id: str) -> None:
    """Takes away what was served of a job."""
    shutil.rmtree(home_of(job_id), ignore_errors=True)


def new_folder() -> Path:
    """A folder for one upload, made now, whose name nobody can guess."""
    folder = cache_folder() / f"{OURS}{secrets.token_hex(32)}"
    folder.mkdir(parents=True)
    return folder


class FilePlace(Enum):
    """Where a path from outside leads, and so who can name it."""

    ELSEWHERE = auto()
    """Out of the folder that Gradio serves, or to nothing: no name that a file could have."""
    CACHE = auto()
    """Into that folder: whoever has the same file can name it."""
    COPY = auto()
    """To a copy of a file of a job, or of a collection, which only its visitor can name."""
    UPLOAD = auto()
    """To an upload, which only its visitor can name."""

    @property
    def is_a_visitors(self) -> bool:
        return self in (FilePlace.COPY, FilePlace.UPLOAD)


def place_of_path(path: Path) -> FilePlace:
    """Where a path from outside leads, whether a file is there or not."""
    try:
        inside = path.resolve().relative_to(cache_folder()).parts
    except (OSError, ValueError):  # elsewhere, or no name that a file could have
        return FilePlace.ELSEWHERE
    if not inside or not inside[0].startswith(OURS):
        return FilePlace.CACHE
    return FilePlace.UPLOAD if len(inside) == 2 else FilePlace.COPY  # `new_folder`, `home_of`


def place_of_file(path: Path) -> FilePlace:
    """Where the file at a path from outside lies; where no file is there, it leads elsewhere."""
    try:
        return place_of_path(path) if path.is_file() else FilePlace.ELSEWHERE
    except OSError:  # longer than a name can be
        return FilePlace.ELSEWHERE


def file_ref(path: Path, media_type: str, job_id: str) -> FileRef:
    """A job's file for a client to download: a copy in the folder that Gradio serves."""
    return FileRef(
        path=served(path, job_id),
        orig_name=path.name,
        mime_type=media_type,
        size=path.stat().st_size,
        meta=dict(_FILE),
    )


def picture_text(given: str | FileRef | None) -> str | None:
    """A client's picture as an address or an upload's path. Raises `InvalidRequest` for anything else."""
    if not given:
        return None
    check_picture(given, said("field.picture"))
    return _text(given)


def check_pictures(name: str, value: object, hint: Any) -> None:
    """Raises `InvalidRequest` for what a client gives as a picture, or in a list of them, and is none; it
    names the field, and of a list the item. What is of another type than annotated is told elsewhere."""
    kinds = (hint, *get_args(hint))
    if FileRef in kinds and isinstance(value, str | dict):
        check_picture(cast(FileRef, value), field_of(name))
    lists = [one for one in kinds if get_origin(one) is list and FileRef in get_args(get_args(one)[0])]
    if lists and isinstance(value, list):
        for at, one in enumerate(value, 1):
            if isinstance(one, str | dict):
                check_picture(cast(FileRef, one), field_of(name, at))


def check_picture(given: str | FileRef, field: str) -> None:
    """Raises `InvalidRequest` for what is neither an address nor an upload, nor left out. What was found is
    not repeated: a mistyped address may be a signed one."""
    text = _text(given)
    if given and not is_link(text) and place_of_file(Path(text)) is FilePlace.ELSEWHERE:
        raise InvalidRequest(field, said("trouble.neither"), said("trouble.file_or_link"))


def _text(given: str | FileRef) -> str:
    return given if isinstance(given, str) else str(given.get("path", ""))
