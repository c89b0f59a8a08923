"""Who the command line is at running apps: a key for each, in a file that only its owner can read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

SERVERS = "servers"
_KEY = "identity"


def folder_of(data_dir: Path, url: str) -> Path:
    """Where what belongs to an app is kept: its name can be read, and two of different addresses differ."""
    host = re.sub(r"[^\w.-]", "-", urlsplit(url).netloc)
    return data_dir / SERVERS / f"{host}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


async def kept_identity(folder: Path, make: Callable[[], Awaitable[str]]) -> str:
    """The key of an app's folder; at the first time, one that the app makes."""
    file = folder / _KEY
    if not file.exists():
        _keep(file, await make())
    return file.read_text()


def _keep(file: Path, key: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{_KEY}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(key)
    try:
        file.hardlink_to(draft)  # never replaces: of two commands that begin together, the first one's counts
    except FileExistsError:
        return
    finally:
        draft.unlink()
