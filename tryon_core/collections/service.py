"""A visitor's collections, as front ends use them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tryon_core import identity
from tryon_core.collections import naming, reading, titles, writing
from tryon_core.collections.consent import Consent
from tryon_core.collections.export.exports import CollectionExports
from tryon_core.collections.making import More
from tryon_core.collections.model import CellState, Collection, CollectionNotFound, CollectionPlan
from tryon_core.collections.new import NewCollection, NewGarment, NewModel
from tryon_core.collections.reader import CollectionParts, CollectionReader, Seen
from tryon_core.collections.records import Whole
from tryon_core.collections.refining import Wearing
from tryon_core.collections.shares.service import Shares
from tryon_core.collections.tickets import Tickets
from tryon_core.errors import InvalidRequest, rule
from tryon_core.refining import NOTHING_KNOWN, Catalogue
from tryon_core.requests.choices import GarmentType, PersonGender
from tryon_core.sentences import plain

CAN_BE_RETRIED = tuple(state for state in CellState if state.can_be_retried)
LONGEST_NOTE = 1000  # characters


class Collections(CollectionReader):
    """The collections of visitors. Every method that takes a collection's id raises `CollectionNotFound` for
    one that is not there or is somebody else's.

    What begins jobs admits all of them or none, and raises `ConfirmationNeeded` where they are more than the
    operator lets pass and have not been `confirmed`, or more pictures than the `at_most` that somebody agreed
    to, `OwnKeyNeeded`, `NoPublicAddress` or `AllowanceSpent`: nothing is kept or sent then. `shares` are the
    links to collections, `export` what is handed over of them.
    """

    def __init__(self, parts: CollectionParts, seen: Seen) -> None:
        super().__init__(parts, seen)
        clock = parts.context.clock
        self.shares = Shares(self._ledger, parts.secret, clock, self.get, self._anybodys)
        self.export = CollectionExports(self.get, self.shares.said_of, clock, parts.context.image_pool)
        self._tickets = Tickets(parts.secret, clock)

    async def ticket(self, collection_id: str, *, visitor: str) -> str:
        """What fetches the files of a collection by an address alone, for an hour: a browser that downloads
        cannot say whose it is."""
        return self._tickets.issue((await self._whole(collection_id, visitor)).collection.id)

    def export_by(self, ticket: str) -> tuple[str, CollectionExports]:
        """The id of the collection that a ticket is for, and what is handed over to whoever holds it. Raises
        `CollectionNotFound` for one that is over or is none."""
        context = self._parts.context
        return self._tickets.collection_of(ticket), CollectionExports(
            self._by_ticket, self.shares.said_of, context.clock, context.image_pool
        )

    async def plan(self, new: NewCollection, *, visitor: str, examined: bool = False) -> CollectionPlan:
        """What a creation would use: nothing is written. No picture is looked at either, unless `examined`:
        then one in a file that a creation would refuse is refused. Raises `InvalidRequest` or `OwnKeyNeeded`.
        """
        return await self._parts.making.plan(new, visitor, examined=examined)

    async def create(
        self,
        new: NewCollection,
        *,
        visitor: str,
        confirmed: bool = False,
        at_most: int | None = None,
        again: bool = False,
    ) -> Collection:
        """Begins a collection. An equal one of the visitor's is that one, so that a double click is one
        collection; with `again` only one that is still under way.

        Raises besides `InvalidRequest`, for all garments or photos that cannot be used, `NotFetched` or a
        `StorageFault`.
        """
        made = await self._parts.making.begin(new, visitor, Consent(confirmed, at_most), again=again)
        return await self.get(made, visitor=visitor)

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

    async def add(
        self,
        collection_id: str,
        *,
        garments: Sequence[NewGarment] = (),
        models: Sequence[NewModel] = (),
        visitor: str,
        confirmed: bool = False,
        at_most: int | None = None,
    ) -> Collection:
        """More rows and columns, with new cells for these only: all of them or none. Raises as `create`
        does."""
        there = await self._whole(collection_id, visitor)
        if garments or models:
            await self._parts.making.add(there, More(garments, models), visitor, Consent(confirmed, at_most))
        return await self._told(collection_id, visitor)

    async def retry(
        self,
        collection_id: str,
        cell_ids: Sequence[str] = (),
        *,
        visitor: str,
        confirmed: bool = False,
        at_most: int | None = None,
    ) -> Collection:
        """Another job for each of these cells or refinements, or for all cells, that failed or was stopped,
        or whose job was deleted. What may be charged already is not among them: `again` is for that."""
        return await self._again(
            collection_id, cell_ids, CAN_BE_RETRIED, visitor, Consent(confirmed, at_most)
        )

    async def again(
        self,
        collection_id: str,
        cell_ids: Sequence[str],
        *,
        visitor: str,
        confirmed: bool = False,
        at_most: int | None = None,
    ) -> Collection:
        """The same again: another job for each of these cells or refinements that has ended, however it did.
        The job that it had is among its `earlier_jobs` then, and stays a job of the visitor's."""
        ended = tuple(state for state in CellState if state.ended)
        return await self._again(
            collection_id, cell_ids or ("",), ended, visitor, Consent(confirmed, at_most)
        )

    async def stop(self, collection_id: str, *, visitor: str) -> Collection:
        """Stops what has not left: waiting cells. What runs cannot be called back, and comes to its end."""
        await self._whole(collection_id, visitor)
        await self._parts.removing.stop(collection_id)
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
        it has. Its jobs are called by it from now on, but for those that the visitor has named, and so is a
        collection that is called by what is in it."""
        before = await self._whole(collection_id, visitor)
        given = {"name": naming.tidy(name), "article": naming.tidy(article)}
        values = {key: value for key, value in given.items() if value or key == "article"}
        if not await asyncio.to_thread(writing.change_row, self._ledger, collection_id, row_id, **values):
            raise CollectionNotFound
        await self._retitle(before, await self._whole(collection_id, visitor), row_id)
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

    async def choose(
        self, collection_id: str, job_id: str, number: int, *, chosen: bool, visitor: str
    ) -> None:
        """Stars picture `number` of a job of the collection, or takes the star off. Raises `InvalidRequest`
        for a picture that is not there."""
        now = self._parts.context.clock.now() if chosen else None
        await self._judged(collection_id, job_id, number, visitor, chosen_at=now)

    async def note(self, collection_id: str, job_id: str, number: int, text: str, *, visitor: str) -> None:
        """Keeps a note on a picture in place of the one before; "" is none. Raises as `choose` does."""
        note = plain(text).strip()[:LONGEST_NOTE]
        await self._judged(collection_id, job_id, number, visitor, note=note)

    async def refine_chosen(
        self,
        collection_id: str,
        *,
        visitor: str,
        known: Catalogue = NOTHING_KNOWN,
        gender: PersonGender | None = None,
        kinds: Mapping[str, GarmentType] = MappingProxyType({}),
        genders: Mapping[str, PersonGender] = MappingProxyType({}),
        confirmed: bool = False,
        at_most: int | None = None,
    ) -> Collection:
        """A refine job for each starred picture that has none yet: `Collection.refinements`. `known` is
        what the caller knows of models and photos, `kinds` what the garments of rows are, by their ids,
        `genders` whom columns show, by theirs, where nothing else tells, and `gender` what holds for the
        rest. Pictures without a top are left out, as the plan says that is asked about; it names garments
        and models, too, of which nothing tells what or whom they show.

        Raises `InvalidRequest` besides, where a gender or a garment's kind is not known, or nothing can be
        refined.
        """
        there, wearing = await self._whole(collection_id, visitor), Wearing(known, gender, kinds, genders)
        await self._parts.making.refine(there, wearing, visitor, Consent(confirmed, at_most))
        return await self._told(collection_id, visitor)

    async def _retitle(self, before: Whole, now: Whole, row_id: str) -> None:
        if (name := titles.renamed(before, now)) != now.collection.name:
            await asyncio.to_thread(writing.change, self._ledger, now.collection.id, name=name)
        ids = now.order_of_jobs
        jobs = await asyncio.to_thread(lambda: reading.jobs(self._ledger, ids, with_deleted=True))
        await self._parts.context.store.change_together(titles.retitled(now, row_id, jobs))

    async def _judged(
        self, collection_id: str, job_id: str, number: int, visitor: str, **values: object
    ) -> None:
        there = await self._whole(collection_id, visitor)
        jobs = await asyncio.to_thread(reading.jobs, self._ledger, [job_id])
        pictures = [one["number"] for job in jobs.values() for one in job.pictures]
        if job_id not in there.order_of_jobs or number not in pictures:
            raise InvalidRequest(*rule("no_such_picture", number=number, count=len(pictures)))
        await asyncio.to_thread(writing.judge, self._ledger, collection_id, job_id, number, **values)
        self._parts.events.changed(collection_id)

    async def _again(
        self,
        collection_id: str,
        cell_ids: Sequence[str],
        states: Sequence[CellState],
        visitor: str,
        consent: Consent,
    ) -> Collection:
        there = await self._whole(collection_id, visitor)
        now = await self._shown(there)
        shown = {cell.id: cell.state for cell in now.cells}
        if cell_ids:
            shown |= {one.id: one.state for one in now.refinements}
        if any(cell_id not in shown for cell_id in cell_ids):
            raise InvalidRequest(*rule("no_such_cell"))
        wanted = [cell_id for cell_id in cell_ids or shown if shown[cell_id] in states]
        if not wanted:
            raise InvalidRequest(*rule("nothing_to_retry"))
        cells = [cell for cell in (*there.grid, *there.refinements) if cell.id in wanted]
        await self._parts.making.again(there, cells, visitor, consent)
        return await self._told(collection_id, visitor)

    async def _told(self, collection_id: str, visitor: str) -> Collection:
        """The collection after a change, of which its watchers hear."""
        self._parts.events.changed(collection_id)
        return await self.get(collection_id, visitor=visitor)
