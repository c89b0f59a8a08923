"""Where jobs are kept: rows in the ledger and one folder a job.

<data>/jobs/<id>/input/      the request's pictures as they were given, by their names in the request
<data>/jobs/<id>/ready/      those of them that had to be mended for the vendor
<data>/jobs/<id>/pictures/   what the vendor made, to the byte
<data>/jobs/<id>/views/      smaller copies for the screen
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Unpack

import sqlalchemy as sa

from tryon_core.disk import (
    ARRIVING,
    LEAVING,
    SharedContents,
    clear_drafts,
    remove_folder,
    told_by_kind,
    visible_files,
)
from tryon_core.errors import JobNotFound, Problem
from tryon_core.events import Events
from tryon_core.identity import SHORT_ID
from tryon_core.job_state import Job
from tryon_core.sentences import Sentence, packed
from tryon_core.storage import batches
from tryon_core.storage.collection_tables import COLLECTIONS
from tryon_core.storage.job_inputs import INPUT, READY, JobInputs
from tryon_core.storage.job_of_record import job_of
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.storage.ledger import Ledger

_JOB_ID = re.compile(r"[0-9a-f]{40}")
PICTURES, VIEWS = "pictures", "views"


@dataclass(frozen=True, slots=True)
class JobDeleted:
    """A job that is being deleted, for whoever holds something of it elsewhere.

    `files` are its pictures and inputs: they are still there, for the last time. `task_id` is "" where there
    was no task, or other jobs have pictures of it.
    """

    job_id: str
    vendor: str
    live: bool
    task_id: str
    files: tuple[Path, ...]


DeletionListener = Callable[[JobDeleted], Awaitable[None]]


KeepCopy = Callable[[], Awaitable[None]]


async def no_copy() -> None:
    """Where the database is kept nowhere else."""


class Store:
    """The ledger and the folders as one. Database and disk work runs in worker threads."""

    def __init__(self, data_dir: Path, ledger: Ledger, events: Events, keep_copy: KeepCopy = no_copy) -> None:
        self.ledger, self.contents = ledger, SharedContents(data_dir / "contents")
        self._jobs = self.jobs_folder = data_dir / "jobs"
        self.collections_folder = data_dir / "collections"
        self.inputs = JobInputs(self.folder)
        self._events = events
        self.keep_copy = keep_copy
        self._listeners: list[DeletionListener] = []
        self._leaving: dict[str, asyncio.Event] = {}

    def on_job_deleted(self, listener: DeletionListener) -> None:
        """Has `listener` called with each deleted job, before its files go."""
        self._listeners.append(listener)

    async def open(self, spent: Sequence[Mapping[str, object]] = ()) -> None:
        """Makes the folders and opens the ledger; `spent` are rows of its tally that it has at least."""
        await asyncio.to_thread(self._jobs.mkdir, parents=True, exist_ok=True)
        await asyncio.to_thread(self.ledger.open, spent)

    async def close(self) -> None:
        """Closes the ledger."""
        await asyncio.to_thread(self.ledger.close)

    def folder(self, job_id: str, part: str) -> Path:
        """Where files of a job lie, of one kind; it need not be there."""
        return self._jobs / job_id / part

    async def record(self, job_id: str) -> JobRecord:
        """The row of a job. Raises `JobNotFound`."""
        found = await asyncio.to_thread(self.ledger.record, job_id)
        if found is None:
            raise JobNotFound
        return found

    async def record_at(self, address: str, owner: str) -> JobRecord:
        """The row of an owner's job, by the beginning of its id. Raises `JobNotFound`."""
        found = await asyncio.to_thread(self.ledger.of_owner_at, owner, address)
        if len(address) != SHORT_ID or len(found) != 1:
            raise JobNotFound
        return found[0]

    async def change(self, job_id: str, **change: Unpack[Change]) -> None:
        """Writes a change and wakes the job's watchers. Raises `DiskFull`."""
        with told_by_kind():
            await asyncio.to_thread(self.ledger.change, job_id, change)
        self._events.changed(job_id)

    async def change_where(
        self, job_id: str, where: sa.ColumnElement[bool], **change: Unpack[Change]
    ) -> bool:
        """Writes a change if the row is still so; else False. Raises `DiskFull`."""
        with told_by_kind():
            changed = await asyncio.to_thread(self.ledger.change_where, job_id, where, change)
        self._events.changed(job_id)
        return changed

    async def change_run(self, record: JobRecord, change: Change) -> bool:
        """Writes a change with which the job's next run begins; False when somebody else was quicker."""
        with told_by_kind():
            changed = await asyncio.to_thread(self.ledger.change_run, record.id, record.runs, change)
        self._events.changed(record.id)
        return changed

    async def claim_sending(self, job_id: str, now: float) -> bool:
        """Marks the job as about to be sent; False when it was marked before. Raises `DiskFull`.

        The mark is in the copy of the database, too, before this returns.
        """
        with told_by_kind():
            free = await asyncio.to_thread(self.ledger.claim_sending, job_id, now)
        await self.keep_copy()
        return free

    async def claim_together(
        self, places: Mapping[str, dict[str, object]], batch: str, now: float
    ) -> frozenset[str]:
        """Marks the jobs of a batch as about to be sent, each with its place in the request; those that are
        not free to be sent any more: where there is one, none is marked. Raises `DiskFull`.

        The marks are in the copy of the database, too, before this returns.
        """
        with told_by_kind():
            busy = await asyncio.to_thread(batches.claim, self.ledger, places, batch, now)
        await self.keep_copy()
        return busy

    async def change_together(self, changes: Mapping[str, Change]) -> None:
        """Writes changes of several jobs as one and wakes their watchers. Raises `DiskFull`."""
        with told_by_kind():
            await asyncio.to_thread(batches.change, self.ledger, changes)
        for job_id in changes:
            self._events.changed(job_id)

    async def left(self, job_id: str) -> None:
        """Waits until a job of this id that is being deleted is gone: the next equal one has the same."""
        if (leaving := self._leaving.get(job_id)) is not None:
            await leaving.wait()

    async def delete(self, record: JobRecord) -> bool:
        """Takes the row away, then the folder; False when the job has changed since it was read."""
        gone = self._leaving[record.id] = asyncio.Event()
        try:
            return await self._delete(record)
        finally:
            self._leaving.pop(record.id, None)
            gone.set()

    async def _delete(self, record: JobRecord) -> bool:
        mark = self._jobs / record.id / LEAVING
        with told_by_kind():
            await asyncio.to_thread(_touch, mark)
            if not await asyncio.to_thread(self.ledger.delete, record.id, record.revision):
                await asyncio.to_thread(mark.unlink, missing_ok=True)
                return False
        files = await asyncio.to_thread(self._kept_files, record.id)
        task_id = await asyncio.to_thread(self._only_task_of, record)
        for tell in self._listeners:
            await tell(JobDeleted(record.id, record.vendor, record.live, task_id, files))
        await asyncio.to_thread(self.drop_files, record.id)
        self._events.changed(record.id)
        return True

    def _only_task_of(self, record: JobRecord) -> str:
        shared = record.batch and self.ledger.with_task(record.vendor, record.live, record.task_id)
        return "" if shared else record.task_id

    def arriving(self, job_id: str) -> Path:
        """Marks the folder of a job whose row is still to be written: should there never be one, it goes."""
        mark = self._jobs / job_id / ARRIVING
        with told_by_kind():
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        return mark

    def clear_rowless(self, before: float) -> None:
        """Takes away the folders of jobs whose beginning (before that time) or end a kill cut off.

        Only those that are marked for it: another database's jobs have no row here either.
        """
        for mark in [*self._jobs.glob(f"*/{LEAVING}"), *self._jobs.glob(f"*/{ARRIVING}")]:
            if self.ledger.record(mark.parent.name) is not None:
                mark.unlink(missing_ok=True)
            elif mark.name == LEAVING or mark.stat().st_mtime < before:
                self.drop_files(mark.parent.name)
        self.contents.sweep()

    def drop_files(self, job_id: str) -> None:
        """Takes a job's files away; what cannot be now, when its mark is found."""
        remove_folder(self._jobs / job_id)
        self.contents.sweep()

    def size_of_owner(self, owner: str) -> int:
        """Bytes of all files of an owner's jobs and collections, each content once; of those that can be had
        back, too."""
        folders = [self._jobs / job_id for job_id in self.ledger.ids_of_owner(owner)]
        mine = sa.select(COLLECTIONS.c.id).where(COLLECTIONS.c.owner == owner)
        with self.ledger.engine.connect() as connection:
            folders += [self.collections_folder / found for found in connection.scalars(mine)]
        stats = [path.stat() for folder in folders for path in folder.rglob("*") if path.is_file()]
        return sum({stat.st_ino: stat.st_size for stat in stats}.values())

    def size_of(self, job_id: str) -> int:
        """Bytes of all files of a job."""
        return sum(_size(path) for path in (self._jobs / job_id).rglob("*"))

    def drop_views(self) -> None:
        """Takes away the smaller copies of all jobs: they are made again when they are wanted."""
        for views in self._jobs.glob(f"*/{VIEWS}"):
            shutil.rmtree(views, ignore_errors=True)

    def clear_drafts(self, job_id: str) -> None:
        """Takes away what killed processes were writing. For a job that nobody writes to now."""
        for part in (READY, PICTURES):
            clear_drafts(self.folder(job_id, part))

    def job(self, record: JobRecord, usual: tuple[float, float] | None = None) -> Job:
        """A row as those outside see it."""
        return job_of(record, self.inputs.asked(record), self.folder(record.id, PICTURES), usual)

    def find_file(self, job_id: str, name: str) -> Path | None:
        """A picture or an input of a job by its bare name; None for anything else."""
        if not _JOB_ID.fullmatch(job_id) or name != Path(name).name or name.startswith("."):
            return None
        places = (self.folder(job_id, part) / name for part in (PICTURES, INPUT))
        return next((path for path in places if path.is_file()), None)

    def _kept_files(self, job_id: str) -> tuple[Path, ...]:
        return tuple(path for part in (INPUT, PICTURES) for path in visible_files(self.folder(job_id, part)))


def packed_problem(problem: Problem) -> dict[str, object]:
    """A problem for the ledger: what it says as texts, and beside them what makes sentences of these."""
    said = {name: packed(text) for name, text in asdict(problem).items() if isinstance(text, Sentence)}
    # "retryable" is for a process of 0.3.0 on the same database, which reads it.
    return asdict(problem) | {"charged": problem.charged.value, "retryable": False, "said": said}


def _touch(mark: Path) -> None:
    with suppress(FileNotFoundError):  # there is no folder, or another process has just taken it away
        mark.touch()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:  # a file that was being written has its own name by now
        return 0
