"""A visitor's collections: made, looked at, watched."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tryon_core import identity
from tryon_core.account import Account
from tryon_core.choices import Capability
from tryon_core.collections import creating, records, view
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.intake import Intake
from tryon_core.collections.model import (
    Collection,
    CollectionNotFound,
    CollectionPlan,
    CollectionSummary,
    NewCollection,
)
from tryon_core.collections.planning import Planner
from tryon_core.collections.records import Whole
from tryon_core.collections.sending import CellSender
from tryon_core.collections.sharing import Shares
from tryon_core.events import Events
from tryon_core.job_state import Job
from tryon_core.jobs.context import JobContext
from tryon_core.patience import when_back
from tryon_core.secret import Secret
from tryon_core.storage.job_records import JobRecord
from tryon_core.vendors.registry import usual_vendor

Seen = Callable[[Sequence[JobRecord]], Awaitable[tuple[Job, ...]]]
BETWEEN_LOOKS_S = 0.3  # a collection of hundreds is read again at most so often


@dataclass(frozen=True, slots=True)
class CollectionParts:
    """What collections work with. `reread_s` is how late a process sees what another one did; links are made
    with the `secret`."""

    context: JobContext
    planner: Planner
    intake: Intake
    sender: CellSender
    folders: CollectionFolders
    events: Events
    reread_s: float
    secret: Secret


class Collections:
    """The collections of visitors. Every method that takes a collection's id raises `CollectionNotFound` for
    one that is not there or is somebody else's. `seen` makes of rows the jobs that those outside see;
    `shares` are the links to them."""

    def __init__(self, parts: CollectionParts, seen: Seen) -> None:
        self._parts, self._seen = parts, seen
        self._ledger = parts.context.store.ledger
        clock = parts.context.clock
        self.shares = Shares(self._ledger, parts.secret, clock, self.get, self._anybodys)

    async def plan(self, new: NewCollection, *, visitor: str) -> CollectionPlan:
        """What a creation would use: nothing is written, and no picture is looked at.

        Raises `InvalidRequest` or `OwnKeyNeeded`.
        """
        plan, _ = await self._planned(new, visitor)
        return plan

    async def create(self, new: NewCollection, *, visitor: str, confirmed: bool = False) -> Collection:
        """Begins a collection: all of its cells are admitted, or none. An equal one of the visitor's that is
        still under way is that one, so that a double click is one collection.

        Raises `ConfirmationNeeded` where more jobs than the operator lets pass have not been `confirmed`,
        `InvalidRequest` that names the first garment or photo that cannot be used, `NotFetched`,
        `NoPublicAddress`, `OwnKeyNeeded`, `AllowanceSpent` or `DiskFull`: nothing is kept or sent then.
        """
        plan, account = await self._planned(new, visitor)
        self._parts.planner.check(plan, new.options, account, confirmed=confirmed)
        collection_id, owner = secrets.token_hex(20), identity.owner_of(visitor)
        folder, there = self._parts.folders.of(collection_id), ""
        try:
            rows = new.garments, new.models
            taken = await self._parts.intake.taken_in(collection_id, *rows, account.vendor, folder)
            now = self._parts.context.clock.now()
            whole = creating.whole_of(collection_id, owner, new, taken, account, now)
            check = partial(self._parts.planner.check_left, whole.cells, new.options.trial)
            there = await asyncio.to_thread(records.add, self._ledger, whole, check)
        finally:
            if there != collection_id:
                await asyncio.to_thread(self._parts.folders.drop, collection_id)
        made = await self._whole(there, visitor)
        if there == collection_id:
            self._parts.sender.put(made.cells)
        return await self._shown(made)

    async def get(self, collection_id: str, *, visitor: str) -> Collection:
        """The collection as it is now."""
        return await self._shown(await self._whole(collection_id, visitor))

    async def at(self, address: str, *, visitor: str) -> Collection:
        """The visitor's collection with this `Collection.address`."""
        ids = await asyncio.to_thread(records.ids_at, self._ledger, identity.owner_of(visitor), address)
        if len(ids) != 1:
            raise CollectionNotFound
        return await self.get(ids[0], visitor=visitor)

    async def list(self, *, visitor: str) -> tuple[CollectionSummary, ...]:
        """The visitor's collections, newest first."""
        found = await asyncio.to_thread(records.of_owner, self._ledger, identity.owner_of(visitor))
        return tuple(map(view.summary_of, found))

    async def watch(
        self, collection_id: str, *, visitor: str, after_end: bool = False
    ) -> AsyncIterator[Collection]:
        """The collection as it is, then after each change; ends when no cell waits or runs any more, or goes
        on `after_end` for those who want to see what others do to it. Closing it harms nothing."""
        seen: object = None
        while True:
            signal = self._parts.events.signal(collection_id)
            rung = partial(signal.rung, self._parts.reread_s)
            now = await when_back(
                partial(asyncio.to_thread, records.stamp, self._ledger, collection_id), rung
            )
            if now != seen:
                seen = now
                found = await when_back(partial(self.get, collection_id, visitor=visitor), rung)
                yield found
                if found.ended and not after_end:
                    return
                await self._parts.context.clock.sleep(BETWEEN_LOOKS_S)
            await rung()

    async def _planned(self, new: NewCollection, visitor: str) -> tuple[CollectionPlan, Account]:
        vendor_id = new.vendor or usual_vendor(Capability.TRY_ON).id
        pairs = [(garment.suit, model.model) for garment in new.garments for model in new.models]
        return await self._parts.planner.plan(pairs, new.options, vendor_id, visitor)

    async def _whole(self, collection_id: str, visitor: str) -> Whole:
        found = await self._there(collection_id)
        if not identity.owns(visitor, found.collection.owner):
            raise CollectionNotFound
        return found

    async def _there(self, collection_id: str) -> Whole:
        found = await asyncio.to_thread(records.whole, self._ledger, collection_id)
        if found is None or found.collection.deleted_at is not None:
            raise CollectionNotFound
        return found

    async def _anybodys(self, collection_id: str) -> Collection:
        return await self._shown(await self._there(collection_id))

    async def _shown(self, whole: Whole) -> Collection:
        ids = [cell.job_id for cell in whole.cells if cell.job_id]
        rows = await asyncio.to_thread(records.jobs, self._ledger, ids)
        jobs = {job.id: job for job in await self._seen(tuple(rows.values()))}
        folder = self._parts.folders.of(whole.collection.id)
        return await asyncio.to_thread(view.collection_of, whole, jobs, folder)
