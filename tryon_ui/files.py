"""Files that Gradio may hand to a browser: it serves its own cache folder and nothing else of ours."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from gradio.utils import get_upload_folder


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
    """Whether a path that came from outside lies in the upload folder, and not anywhere else on this machine."""
    return path.resolve().is_relative_to(cache_folder()) and path.is_file()
