"""Where the pictures of a job are to go, kept until they are there: a later command goes on with it."""

from __future__ import annotations

import json
from pathlib import Path

from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.commands.file_delivery import written


class DeliveryNotes:
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
