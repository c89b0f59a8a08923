"""A visitor's collections as they are: one, all, and each change of one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tryon_core import identity
from tryon_core.collections import reading, view
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.making import Making
from tryon_core.collections.model import Collection, CollectionNotFound, CollectionSummary
from tryon_core.collections.records import Whole
from tryon_core.collections.removing import Removing
from tryon_core.database_away import when_back
from tryon_core.events import Events
from tryon_core.job_state import Job
from tryon_core.jobs.context import JobContext
from tryon_core.secret import Secret
from tryon_core.storage.job_records import JobRecord

Seen = Callable[[Sequence[JobRecord]], Awaitable[tuple[Job, ...]]]
BETWEEN_LOOKS_S = 0.3  # a collection of hundreds is read again at most so often


@dataclass(frozen=True, slots=True)
class CollectionParts:
    """What collections work with. `reread_s` is how late a process sees what another one did; links are made
    with the `secret`."""

    context: JobContext
    making: Making
    removing: Removing
    folders: CollectionFolders
    events: Events
    reread_s: float
    secret: Secret


class CollectionReader:
    """Reads for one visitor; `seen` makes of rows the jobs that those outside see."""

    def __init__(self, parts: CollectionParts, seen: Seen) -> None:
        self._parts, self._seen = parts, seen
        self._ledger = parts.context.store.ledger

    async def get(self, collection_id: str, *, visitor: str) -> Collection:
        """The collection as it is now."""
        return await self._shown(await self._whole(collection_id, visitor))

    async def at(self, address: str, *, visitor: str) -> Collection:
        """The visitor's collection with this `Collection.address`."""
        ids = await asyncio.to_thread(reading.ids_at, self._ledger, identity.owner_of(visitor), address)
        if len(ids) != 1:
            raise CollectionNotFound
        return await self.get(ids[0], visitor=visitor)

    async def list(self, *, visitor: str) -> tuple[CollectionSummary, ...]:
        """The visitor's collections, newest first."""
        owner = identity.owner_of(visitor)
        found = await asyncio.to_thread(reading.of_owner, self._ledger, owner)
        there = await asyncio.to_thread(reading.job_ids, self._ledger, owner)
        return tuple(view.summary_of(one, there) for one in found)

    async def deleted(self, *, visitor: str) -> tuple[tuple[CollectionSummary, float], ...]:
        """The visitor's collections that can still be had back, the last one first, each with its Unix time
        of the deletion."""
        owner = identity.owner_of(visitor)
        heads = await asyncio.to_thread(reading.deleted, self._ledger)
        times = {head.id: head.deleted_at or 0.0 for head in heads if head.owner == owner}
        last_first = sorted(times, key=times.__getitem__, reverse=True)
        in_time = [one for one in last_first if self._parts.removing.can_be_had_back(times[one])]
        found = [await asyncio.to_thread(reading.whole, self._ledger, one) for one in in_time]
        there = await asyncio.to_thread(reading.job_ids, self._ledger, owner)
        return tuple(
            (view.summary_of(one, there), times[one.collection.id]) for one in found if one is not None
        )

    async def watch(
        self, collection_id: str, *, visitor: str, after_end: bool = False
    ) -> AsyncIterator[Collection]:
        """The collection as it is, then after each change; ends when no cell waits or runs any more, or goes
        on `after_end` for those who want to see what others do to it. Closing it harms nothing."""
        seen: object = None
        keyring, owner = self._parts.context.accounts.keyring, identity.owner_of(visitor)
        while True:
            signal = self._parts.events.signal(collection_id)
            rung = partial(signal.rung, self._parts.reread_s)
            rows = await when_back(
                partial(asyncio.to_thread, reading.stamp, self._ledger, collection_id), rung
            )
            now = rows, keyring.accounts_of(owner)  # a job may wait for its key, which no row says
            if now != seen:
                seen = now
                found = await when_back(partial(self.get, collection_id, visitor=visitor), rung)
                yield found
                if found.ended and not after_end:
                    return
                await self._parts.context.clock.sleep(BETWEEN_LOOKS_S)
            await rung()

    async def _whole(self, collection_id: str, visitor: str) -> Whole:
        found = await self._there(collection_id)
        if not identity.owns(visitor, found.collection.owner):
            raise CollectionNotFound
        return found

    async def _there(self, collection_id: str) -> Whole:
        found = await asyncio.to_thread(reading.whole, self._ledger, collection_id)
        if found is None or found.collection.deleted_at is not None:
            raise CollectionNotFound
        return found

    async def _anybodys(self, collection_id: str) -> Collection:
        return await self._shown(await self._there(collection_id))

    async def _by_ticket(self, collection_id: str, *, visitor: str) -> Collection:
        """Whoever's it is: the ticket says who may have it."""
        del visitor
        return await self._anybodys(collection_id)

    async def _shown(self, whole: Whole) -> Collection:
        ids = {job_id for cell in whole.cells for job_id in cell.all_jobs}
        rows = await asyncio.to_thread(reading.jobs, self._ledger, ids)
        jobs = {job.id: job for job in await self._seen(tuple(rows.values()))}
        folder = self._parts.folders.of(whole.collection.id)
        return await asyncio.to_thread(view.collection_of, whole, jobs, folder)
