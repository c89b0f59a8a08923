"""Collections that were deleted a moment ago: they can be had back for a while, then their rows and pictures
go. Their jobs stay what they are, or go with them by the deletion that all jobs have."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial

from tryon_core.collections import reading, writing
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.model import CollectionNotFound
from tryon_core.collections.records import Whole
from tryon_core.collections.sending import CellSender
from tryon_core.errors import DiskFull, InvalidRequest, StorageFault, rule
from tryon_core.jobs.context import JobContext
from tryon_core.storage.deletion import UNDO_S, Deletion, undo_left
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.last_room import LastRoom
from tryon_core.storage.taking_away import LOOK_S, TakingAway


class Removing:
    """Stops cells, and marks collections as deleted until their time is up: also those that another or an
    earlier process marked."""

    def __init__(
        self,
        context: JobContext,
        deletion: Deletion,
        sender: CellSender,
        folders: CollectionFolders,
        last_room: LastRoom,
    ) -> None:
        self._store, self._ledger, self._clock = context.store, context.store.ledger, context.clock
        self._deletion, self._sender, self._folders = deletion, sender, folders
        self._last_room = last_room
        self.taking_away = TakingAway(self._clock, self._marked, self._taken_on)

    async def start(self) -> None:
        """Goes on with what was marked before, clears away what a kill cut off, and looks every hour."""
        await self.taking_away.start()
        alone = self._ledger.engine.dialect.name == "sqlite"  # then nothing arrives at a start
        known = partial(reading.is_there, self._ledger)
        await asyncio.to_thread(self._folders.clear, known, math.inf if alone else time.time() - LOOK_S)

    async def stop(self, collection_id: str) -> None:
        """Takes what waits of a collection out of the line, also where no byte is free: it would be sent, at
        its price, when there is room again. What has its job goes on. Raises `DiskFull` where nothing helps.
        """
        await self._last_room.made_for(partial(self.stop_cells, collection_id))

    async def stop_cells(self, collection_id: str, **head: object) -> None:
        """Takes what waits of a collection out of the line; what has its job goes on."""
        stopped = await asyncio.to_thread(writing.stop, self._ledger, collection_id, **head)
        self._sender.take_out(stopped)

    async def delete(self, whole: Whole, *, with_jobs: bool) -> None:
        """Marks a collection as deleted, and the jobs that were made for it if so wanted; where even the mark
        finds no room, all of that goes for good. Raises `InvalidRequest` when the jobs are to go and one of
        them runs."""
        jobs = await self._own_jobs(whole) if with_jobs else []
        if running := next((job for job in jobs if not job.state.ended), None):
            raise InvalidRequest(*rule("cells_run", title=running.own_title or running.title))
        now = self._clock.now()  # of both: by it is known which jobs went along
        try:
            await self.stop_cells(whole.collection.id, deleted_at=now)
        except DiskFull:
            drop_jobs = partial(self._deletion.drop_all, jobs)
            await self._end(whole, None, drop_jobs)
            # Not first, if there is another way: they make room, and then what waits would be sent.
            await drop_jobs()
            return
        await self._deletion.mark_all(jobs, now)
        self.taking_away.begin(whole.collection.id)

    def can_be_had_back(self, deleted_at: float) -> bool:
        """Whether what was deleted then (Unix seconds) can be undone."""
        return undo_left(deleted_at, self._clock.now()) > 0

    async def undo(self, whole: Whole) -> None:
        """Has a deleted collection back, with the jobs that were deleted with it. Raises
        `CollectionNotFound` when its time was up."""
        head = whole.collection
        after = self._clock.now() - UNDO_S
        if not await asyncio.to_thread(writing.take_back, self._ledger, head.id, after):
            raise CollectionNotFound
        for job in await self._jobs(whole):
            if job.deleted_at is not None and job.deleted_at == head.deleted_at:
                await self._deletion.take_back(job)

    async def _own_jobs(self, whole: Whole) -> list[JobRecord]:
        """The jobs that go with it. A cell may have one that ran for an equal request, of another collection
        or by itself: that one stays, and so does one of its own that another collection has."""
        found = await self._jobs(whole)
        elsewhere = await asyncio.to_thread(reading.jobs_elsewhere, self._ledger, whole.collection)
        own = [job for job in found if job.collection_id == whole.collection.id and job.id not in elsewhere]
        return [job for job in own if job.deleted_at is None]

    async def _jobs(self, whole: Whole) -> Sequence[JobRecord]:
        ids = [job_id for cell in whole.cells for job_id in cell.all_jobs]
        found = await asyncio.to_thread(reading.jobs, self._ledger, ids, with_deleted=True)
        return list(found.values())

    def _marked(self) -> list[str]:
        return [record.id for record in reading.deleted(self._ledger)]

    async def _taken_on(self, collection_id: str) -> float | None:
        """Takes a collection away if its time is up; else, or when it cannot be now, the seconds until the
        next try. None once it is gone or no longer deleted."""
        try:
            whole = await asyncio.to_thread(reading.whole, self._ledger, collection_id)
            if whole is None or whole.collection.deleted_at is None:
                return None
            if (left := undo_left(whole.collection.deleted_at, self._clock.now())) > 0:
                return min(left, UNDO_S)
            await self._end(whole, whole.collection.deleted_at)
        except StorageFault:
            return UNDO_S
        return None

    async def _end(
        self, whole: Whole, deleted_at: float | None, *make_room: Callable[[], Awaitable[None]]
    ) -> None:
        """Takes a collection away for good that was marked at that time, or is not marked."""
        purge = partial(self._purge, whole.collection.id, deleted_at)
        drop = partial(self._drop_pictures, whole.collection.id)
        if await self._last_room.made_for(purge, drop, *make_room):
            await drop()
            with suppress(DiskFull):  # what the engine keeps of cells that are gone is in nobody's way
                await self._sender.forget(whole.cells)

    async def _purge(self, collection_id: str, deleted_at: float | None) -> bool:
        await asyncio.to_thread(self._folders.leave, collection_id)
        return await asyncio.to_thread(writing.purge, self._ledger, collection_id, deleted_at)

    async def _drop_pictures(self, collection_id: str) -> None:
        await asyncio.to_thread(self._folders.drop, collection_id)
        await asyncio.to_thread(self._store.contents.sweep)
