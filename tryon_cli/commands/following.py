"""Jobs from their beginning, or from where they are, to the pictures in the folder."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from tryon_cli.backends.backend import Away, Backend, Refused
from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.commands.collection_notes import CollectionNotes
from tryon_cli.commands.delivery_notes import DeliveryNotes
from tryon_cli.commands.file_delivery import deliver
from tryon_cli.commands.folder_check import try_folder
from tryon_cli.exit_codes import Exit, exit_of, worst
from tryon_cli.show import Show
from tryon_cli.words import Words
from tryon_core import Request


class Follower:
    """Begins jobs, watches them and delivers their pictures. `open` are those that have not come to that."""

    def __init__(
        self, backend: Backend, deliveries: DeliveryNotes, notes: CollectionNotes, show: Show, words: Words
    ) -> None:
        self.backend, self.words, self.show, self.notes = backend, words, show, notes
        self._deliveries = deliveries
        self._files: dict[tuple[str, str], Path] = {}
        self.open: dict[str, SeenJob] = {}
        self.collections: set[str] = set()

    @property
    def unfinished(self) -> int:
        """How many jobs and collections were begun and have not come to their end."""
        return len(self.open) + len(self.collections)

    async def begin(self, requests: Sequence[Request], out: Path, *, vendor: str, again: bool) -> Exit:
        """Begins a job for each request and follows them all. What is refused ends the beginning, not the
        jobs that were begun."""
        self.check(out)
        code = Exit.DONE
        async with asyncio.TaskGroup() as group:
            runs = []
            for request in requests:
                try:
                    job = await self.backend.begin(request, vendor=vendor, again=again)
                except Refused as error:
                    self.show.refused(error)
                    code = Exit.REFUSED
                    break
                runs.append(group.create_task(self.follow(job, out)))
        return worst((code, *(run.result() for run in runs)))

    async def follow(self, job: SeenJob, out: Path) -> Exit:
        """Follows a job to its end, and delivers its pictures as they come."""
        self.open[job.id] = job
        self._deliveries.note(job, out)
        self.show.seen(job)
        latest, files = job, tuple[Path, ...]()
        async for latest in self.backend.watch(job.id):
            self.show.seen(latest)
            files = await self.delivered(latest, out)
        self._deliveries.done(job)
        del self.open[job.id]
        self.show.ended(latest, files)
        return exit_of(latest)

    async def follow_all(self, jobs: Sequence[SeenJob], out: Path) -> Exit:
        """Follows jobs, each to the folder that it was begun for, or else to `out`. Raises `Away`."""
        folders = [self.folder_for(job, out) for job in jobs]
        async with asyncio.TaskGroup() as group:
            runs = [
                group.create_task(self.follow(job, folder)) for job, folder in zip(jobs, folders, strict=True)
            ]
        return worst(run.result() for run in runs)

    def folder_for(self, job: SeenJob, out: Path) -> Path:
        """The folder that a job was begun for, or else `out`. Raises `Away`."""
        return self.usable(self._deliveries.out(job), out)

    def is_owed(self, job: SeenJob) -> bool:
        """Whether pictures of the job are to go to a folder and may not be there."""
        return self._deliveries.out(job) is not None

    def check(self, out: Path) -> None:
        """Tries a folder for pictures before anything is spent on them. Raises `Away`."""
        try:
            try_folder(out)
        except OSError as error:
            raise Away(self.words("no_out", folder=str(out), why=error.strerror or "")) from error

    def usable(self, noted: Path | None, out: Path) -> Path:
        """The folder that was noted, or `out` where there is none or it takes nothing any more: what waits
        for it would have no way out. Raises `Away`."""
        if noted is not None:
            with suppress(OSError):
                try_folder(noted)
                return noted
        self.check(out)
        return out

    async def delivered(self, job: SeenJob, out: Path, before: str = "") -> tuple[Path, ...]:
        """The files of all pictures that a job has now, put there where they are not yet; their names begin
        with `before`."""
        for name in job.pictures:
            if (job.id, name) not in self._files:
                self._files[job.id, name] = await self._deliver(job, name, f"{before}{name}", out)
        return tuple(self._files[job.id, name] for name in job.pictures)

    async def _deliver(self, job: SeenJob, name: str, called: str, out: Path) -> Path:
        try:
            return await deliver(job.short_id, called, out, partial(self.backend.fetch, job.id, name))
        except OSError as error:
            raise self.no_folder(out, error) from error

    def no_folder(self, out: Path, error: OSError) -> Away:
        """What is said of a folder that takes nothing."""
        return Away(self.words("no_folder", folder=str(out), why=error.strerror or ""))
