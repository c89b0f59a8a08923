"""Puts a file into a folder, whole or not at all, and never over another one."""

from __future__ import annotations

import filecmp
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Fetch = Callable[[Path], Awaitable[None]]


async def deliver(short_id: str, name: str, out: Path, fetch: Fetch) -> Path:
    """Puts a picture or a zip into a folder, whole or not at all, under its name. A file of that name that is
    another one is left alone: then the id of what it belongs to is part of the name. Raises `OSError`, and
    what `fetch` does."""
    with written(out / f".{name}-{short_id}.part") as temporary:
        await fetch(temporary)
        return _settled(temporary, out, Path(name), short_id)


def _settled(picture: Path, out: Path, name: Path, mark: str) -> Path:
    own = out / f"{name.stem}-{mark}{name.suffix}"
    for target in (out / name, own):
        if not target.exists():
            picture.replace(target)
            return target
        if filecmp.cmp(picture, target, shallow=False):
            return target
    picture.replace(own)  # the name is this job's alone: who runs the command changed the file
    return own


@contextmanager
def written(temporary: Path) -> Iterator[Path]:
    """A file that is gone afterwards, unless it was given another name. Its own is the same each time: what a
    process that was killed has left is written anew and goes, too."""
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
