"""Jobs that were deleted a moment ago: they can be had back for a while, then they go for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Final

from tryon_core.clock import Clock
from tryon_core.errors import DiskFull, JobNotFound, StorageFault
from tryon_core.storage.job_records import JOBS, JobRecord
from tryon_core.storage.store import Store
from tryon_core.storage.taking_away import TakingAway

UNDO_S: Final = 30.0
NO_WAY_BACK: Final = 0.0  # the time of a deletion whose files may be half gone


def undo_left(deleted_at: float, now: float) -> float:
    """For how many seconds what was deleted then can still be had back. None for a moment that is much later
    than now: the clock was set back since, and would keep it until it has caught up."""
    left = deleted_at + UNDO_S - now
    return left if 0 < left <= 2 * UNDO_S else 0.0


class Deletion:
    """Marks jobs as deleted, and takes them away by `drop` when their time is up: also those that another or
    an earlier process marked. Whichever process writes first decides; a mark is never trusted as it was read.
    """

    def __init__(self, store: Store, clock: Clock, drop: Callable[[JobRecord], Awaitable[None]]) -> None:
        self._store, self._clock, self._drop = store, clock, drop
        self._drops: set[asyncio.Future[None]] = set()
        self.taking_away = TakingAway(clock, self._marked, self._taken_on)

    async def stop(self) -> None:
        """Leaves what is marked to the next start; what is on its way out goes first."""
        await self.taking_away.stop()
        await asyncio.gather(*self._drops, return_exceptions=True)

    async def mark(self, record: JobRecord) -> bool:
        """Deletes a job that has ended, for now; where even the mark finds no room, for good. False when the
        job has changed since it was read."""
        try:
            marked = await self._write(record, self._clock.now())
        except DiskFull:
            await self._drop(record)
            return True
        if marked:
            self.taking_away.begin(record.id)
            with suppress(StorageFault):  # the others can wait for the next look
                await self.taking_away.look()
        return marked

    async def mark_all(self, records: Iterable[JobRecord], at: float) -> None:
        """Deletes several that have ended, all at one moment (Unix seconds), as `mark` does; one that has
        changed since it was read stays."""
        for record in records:
            try:
                if await self._write(record, at):
                    self.taking_away.begin(record.id)
            except DiskFull:
                await self._drop(record)

    async def drop_all(self, records: Iterable[JobRecord]) -> None:
        """Takes several that have ended away for good."""
        for record in records:
            await self._dropped(record)

    async def take_back(self, record: JobRecord) -> None:
        """Has a deleted job back. Raises `JobNotFound` when its time was up."""
        in_time = JOBS.c.deleted_at > self._clock.now() - UNDO_S
        if await self._store.change_where(record.id, in_time, deleted_at=None):
            await self._store.keep_copy()
        elif (await self._store.record(record.id)).deleted_at is not None:
            raise JobNotFound

    def can_be_had_back(self, record: JobRecord) -> bool:
        return record.deleted_at is not None and undo_left(record.deleted_at, self._clock.now()) > 0

    def _marked(self) -> list[str]:
        return [record.id for record in self._store.ledger.deleted()]

    async def _taken_on(self, job_id: str) -> float | None:
        """Takes a job away if its time is up; else, or when it cannot be now, the seconds until the next try.
        None once it is no longer deleted, or gone."""
        try:
            record = await self._store.record(job_id)
            if record.deleted_at is None:
                return None
            if (left := undo_left(record.deleted_at, self._clock.now())) > 0:
                return min(left, UNDO_S)
            await self._end(record)
        except JobNotFound:
            return None
        except StorageFault:
            return UNDO_S
        return 0.0

    async def _end(self, record: JobRecord) -> None:
        if not record.state.ended:  # a process of an earlier version took it up at the same moment
            await self._write(record, None)
            return
        if record.deleted_at != NO_WAY_BACK:
            with suppress(DiskFull):  # to drop it makes the room; and its time is up
                await self._write(record, NO_WAY_BACK)
                record = await self._store.record(record.id)
        if record.deleted_at is not None:
            await self._dropped(record)

    async def _dropped(self, record: JobRecord) -> None:
        """Drops a job to the end, also when whoever waits for that has to go."""
        drop = asyncio.ensure_future(self._drop(record))
        self._drops.add(drop)
        drop.add_done_callback(self._drops.discard)
        await asyncio.shield(drop)

    async def _write(self, record: JobRecord, deleted_at: float | None) -> bool:
        unchanged = JOBS.c.revision == record.revision
        return await self._store.change_where(record.id, unchanged, deleted_at=deleted_at)
