"""A visitor's collections, as front ends use them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tryon_core import identity
from tryon_core.collections import naming, reading, view, writing
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.making import Making, More
from tryon_core.collections.model import (
    CellState,
    Collection,
    CollectionNotFound,
    CollectionPlan,
    CollectionSummary,
    NewCollection,
    NewGarment,
    NewModel,
)
from tryon_core.collections.records import Whole
from tryon_core.collections.removing import Removing
from tryon_core.collections.sharing import Shares
from tryon_core.errors import InvalidRequest, rule
from tryon_core.events import Events
from tryon_core.job_state import Job
from tryon_core.jobs.context import JobContext
from tryon_core.patience import when_back
from tryon_core.secret import Secret
from tryon_core.storage.job_records import JobRecord

Seen = Callable[[Sequence[JobRecord]], Awaitable[tuple[Job, ...]]]
BETWEEN_LOOKS_S = 0.3  # a collection of hundreds is read again at most so often
CAN_BE_RETRIED = (CellState.FAILED, CellState.STOPPED, CellState.DELETED)


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


class Collections:
    """The collections of visitors. Every method that takes a collection's id raises `CollectionNotFound` for
    one that is not there or is somebody else's.

    What begins jobs admits all of them or none, and raises `ConfirmationNeeded` where they are more than the
    operator lets pass and have not been `confirmed`, `OwnKeyNeeded`, `NoPublicAddress` or `AllowanceSpent`:
    nothing is kept or sent then. `seen` makes of rows the jobs that those outside see; `shares` are the
    links to collections.
    """

    def __init__(self, parts: CollectionParts, seen: Seen) -> None:
        self._parts, self._seen = parts, seen
        self._ledger = parts.context.store.ledger
        clock = parts.context.clock
        self.shares = Shares(self._ledger, parts.secret, clock, self.get, self._anybodys)

    async def plan(self, new: NewCollection, *, visitor: str) -> CollectionPlan:
        """What a creation would use: nothing is written, and no picture is looked at. Raises
        `InvalidRequest` or `OwnKeyNeeded`."""
        return await self._parts.making.plan(new, visitor)

    async def create(self, new: NewCollection, *, visitor: str, confirmed: bool = False) -> Collection:
        """Begins a collection. An equal one of the visitor's that is still under way is that one, so that a
        double click is one collection.

        Raises besides `InvalidRequest` or `NotFetched`, for the first garment or photo that cannot be used,
        or a `StorageFault`.
        """
        made = await self._parts.making.begin(new, visitor, confirmed=confirmed)
        return await self.get(made, visitor=visitor)

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
        found = await asyncio.to_thread(reading.of_owner, self._ledger, identity.owner_of(visitor))
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
                partial(asyncio.to_thread, reading.stamp, self._ledger, collection_id), rung
            )
            if now != seen:
                seen = now
                found = await when_back(partial(self.get, collection_id, visitor=visitor), rung)
                yield found
                if found.ended and not after_end:
                    return
                await self._parts.context.clock.sleep(BETWEEN_LOOKS_S)
            await rung()

    async def plan_more(
        self,
        collection_id: str,
        *,
        garments: Sequence[NewGarment] = (),
        models: Sequence[NewModel] = (),
        visitor: str,
    ) -> CollectionPlan:
        """What the cells of more garments or models would use."""
        there = await self._whole(collection_id, visitor)
        return await self._parts.making.plan_more(there, More(garments, models), visitor)

    async def add_garments(
        self, collection_id: str, garments: Sequence[NewGarment], *, visitor: str, confirmed: bool = False
    ) -> Collection:
        """More rows, with new cells for these only. Raises as `create` does."""
        return await self._more(collection_id, More(garments=garments), visitor, confirmed)

    async def add_models(
        self, collection_id: str, models: Sequence[NewModel], *, visitor: str, confirmed: bool = False
    ) -> Collection:
        """More columns, with new cells for these only. Raises as `create` does."""
        return await self._more(collection_id, More(models=models), visitor, confirmed)

    async def retry(
        self,
        collection_id: str,
        cell_ids: Sequence[str] = (),
        *,
        visitor: str,
        confirmed: bool = False,
    ) -> Collection:
        """Another job for each of these cells, or for all, that failed or was stopped, or whose job was
        deleted. What may be charged already is not among them: `again` is for that."""
        return await self._again(collection_id, cell_ids, CAN_BE_RETRIED, visitor, confirmed)

    async def again(
        self, collection_id: str, cell_ids: Sequence[str], *, visitor: str, confirmed: bool = False
    ) -> Collection:
        """The same again: another job for each of these cells that has ended, however it did. The job that it
        had is among its `earlier_jobs` then, and stays a job of the visitor's."""
        ended = tuple(state for state in CellState if state.ended)
        return await self._again(collection_id, cell_ids or ("",), ended, visitor, confirmed)

    async def stop(self, collection_id: str, *, visitor: str) -> Collection:
        """Stops what has not left: waiting cells. What runs cannot be called back, and comes to its end."""
        await self._whole(collection_id, visitor)
        await self._parts.removing.stop_cells(collection_id)
        return await self._told(collection_id, visitor)

    async def delete(self, collection_id: str, *, with_jobs: bool, visitor: str) -> None:
        """Deletes a collection and stops what waits of it. For `UNDO_S` seconds `undo` has it back; then it
        goes for good, and its jobs with it if so wanted; else they stay among the visitor's.

        Raises `InvalidRequest` when they are to go and one of them runs.
        """
        await self._parts.removing.delete(await self._whole(collection_id, visitor), with_jobs=with_jobs)
        self._parts.events.changed(collection_id)

    async def undo(self, collection_id: str, *, visitor: str) -> Collection:
        """Has a deleted collection back, with the jobs that were deleted with it; what was stopped stays
        stopped."""
        found = await asyncio.to_thread(reading.whole, self._ledger, collection_id)
        if found is None or not identity.owns(visitor, found.collection.owner):
            raise CollectionNotFound
        await self._parts.removing.undo(found)
        return await self._told(collection_id, visitor)

    async def rename(self, collection_id: str, name: str, *, visitor: str) -> Collection:
        """Gives the collection another name; an empty one changes nothing."""
        await self._whole(collection_id, visitor)
        if tidy := naming.tidy(name):
            await asyncio.to_thread(writing.change, self._ledger, collection_id, name=tidy)
        return await self._told(collection_id, visitor)

    async def describe(
        self, collection_id: str, row_id: str, *, name: str, article: str = "", visitor: str
    ) -> Collection:
        """Gives a garment its name and article number, or a model its name; an empty name leaves the one that
        it has. Jobs that it has already keep their titles."""
        await self._whole(collection_id, visitor)
        given = {"name": naming.tidy(name), "article": naming.tidy(article)}
        values = {key: value for key, value in given.items() if value or key == "article"}
        if not await asyncio.to_thread(writing.change_row, self._ledger, collection_id, row_id, **values):
            raise CollectionNotFound
        return await self._told(collection_id, visitor)

    async def reorder(
        self,
        collection_id: str,
        *,
        garments: Sequence[str] = (),
        models: Sequence[str] = (),
        visitor: str,
    ) -> Collection:
        """Puts rows and columns into another order, by their ids; those that are not named follow as they
        were."""
        await self._whole(collection_id, visitor)
        await asyncio.to_thread(writing.reorder, self._ledger, collection_id, garments, models)
        return await self._told(collection_id, visitor)

    async def _more(self, collection_id: str, more: More, visitor: str, confirmed: bool) -> Collection:
        there = await self._whole(collection_id, visitor)
        if more.garments or more.models:
            await self._parts.making.add(there, more, visitor, confirmed=confirmed)
        return await self._told(collection_id, visitor)

    async def _again(
        self,
        collection_id: str,
        cell_ids: Sequence[str],
        states: Sequence[CellState],
        visitor: str,
        confirmed: bool,
    ) -> Collection:
        there = await self._whole(collection_id, visitor)
        shown = {cell.id: cell for cell in (await self._shown(there)).cells}
        unknown = [cell_id for cell_id in cell_ids if cell_id not in shown]
        if unknown:
            raise InvalidRequest(*rule("no_such_cell"))
        wanted = {
            cell_id: cell
            for cell_id, cell in shown.items()
            if cell.state in states and cell_id in (cell_ids or shown)
        }
        if not wanted:
            raise InvalidRequest(*rule("nothing_to_retry"))
        cells = [cell for cell in there.cells if cell.id in wanted]
        await self._parts.making.again(there, cells, visitor, confirmed=confirmed)
        return await self._told(collection_id, visitor)

    async def _told(self, collection_id: str, visitor: str) -> Collection:
        """The collection after a change, of which its watchers hear."""
        self._parts.events.changed(collection_id)
        return await self.get(collection_id, visitor=visitor)

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

    async def _shown(self, whole: Whole) -> Collection:
        ids = [cell.job_id for cell in whole.cells if cell.job_id]
        rows = await asyncio.to_thread(reading.jobs, self._ledger, ids)
        jobs = {job.id: job for job in await self._seen(tuple(rows.values()))}
        folder = self._parts.folders.of(whole.collection.id)
        return await asyncio.to_thread(view.collection_of, whole, jobs, folder)
