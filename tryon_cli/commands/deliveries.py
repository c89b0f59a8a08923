"""Where the pictures of a job are to go, kept until they are there: a later command goes on with it."""

from __future__ import annotations

import filecmp
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tryon_cli.backends.seen_job import SeenJob

Fetch = Callable[[Path], Awaitable[None]]


class Deliveries:
    """One small file for each job whose pictures are not all delivered, so that commands that run beside each
    other never write the same one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, job: SeenJob, out: Path) -> None:
        """Keeps where a job's pictures are to go."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with written(self._folder / f".{job.short_id}.part") as temporary:
            temporary.write_text(json.dumps({"out": str(out.resolve())}))
            temporary.replace(self._file(job))

    def done(self, job: SeenJob) -> None:
        """Forgets a job whose pictures are all there."""
        self._file(job).unlink(missing_ok=True)

    def out(self, job: SeenJob) -> Path | None:
        """Where its pictures are to go; None for a job of which nothing is noted."""
        try:
            return Path(json.loads(self._file(job).read_text())["out"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def _file(self, job: SeenJob) -> Path:
        return self._folder / f"{job.short_id}.json"


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
