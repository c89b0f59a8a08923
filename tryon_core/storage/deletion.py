"""Jobs that were deleted a moment ago: they can be had back for a while, then they go for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from tryon_core.clock import Clock
from tryon_core.errors import DiskFull, JobNotFound
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.store import Store

UNDO_S: Final = 30.0


class Deletion:
    """Marks jobs as deleted, and takes them away by `drop` when their time is up: also those that an earlier
    process marked."""

    def __init__(self, store: Store, clock: Clock, drop: Callable[[JobRecord], Awaitable[None]]) -> None:
        self._store, self._clock, self._drop = store, clock, drop
        self._going: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Goes on with what was marked before."""
        for record in await asyncio.to_thread(self._store.ledger.deleted):
            self._take_away_later(record)

    async def stop(self) -> None:
        """Leaves what is marked to the next start."""
        tasks = list(self._going.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._going.clear()

    async def mark(self, record: JobRecord) -> None:
        """Deletes a job that has ended, for now; where even the mark finds no room, for good."""
        try:
            await self._store.change(record.id, deleted_at=self._clock.now())
        except DiskFull:
            await self._drop(record)
        else:
            self._take_away_later(await self._store.record(record.id))

    async def take_back(self, record: JobRecord) -> None:
        """Has a deleted job back. Raises `JobNotFound` when its time was up."""
        going = self._going.pop(record.id, None)
        if going is not None:
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
        await self._store.record(record.id)
        await self._store.change(record.id, deleted_at=None)

    def _take_away_later(self, record: JobRecord) -> None:
        self._going[record.id] = asyncio.create_task(self._take_away(record))

    async def _take_away(self, record: JobRecord) -> None:
        left = (record.deleted_at or 0.0) + UNDO_S - self._clock.now()
        if left > 0:
            await self._clock.sleep(left)
        with suppress(JobNotFound, DiskFull):  # gone already; or the next start tries again
            now = await self._store.record(record.id)
            if now.deleted_at is not None:  # another process may have had it back
                await self._drop(now)
        self._going.pop(record.id, None)
