"""Makes cells: with a new collection, with more rows or columns of one, and for another try at some."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tryon_core import identity
from tryon_core.account import Account
from tryon_core.collections import creating, reading, refining, writing
from tryon_core.collections.consent import Consent
from tryon_core.collections.creating import Maker
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.intake import Intake
from tryon_core.collections.model import CollectionPlan
from tryon_core.collections.new import NewCollection, NewGarment, NewModel
from tryon_core.collections.planning import Planner
from tryon_core.collections.records import CellRecord, GarmentRecord, ModelRecord, Whole
from tryon_core.collections.refining import Place, Refining, Wearing
from tryon_core.collections.sending import CellSender
from tryon_core.collections.writing import Additions
from tryon_core.errors import InvalidRequest, rule
from tryon_core.jobs.admission import examine
from tryon_core.jobs.context import JobContext
from tryon_core.requests.choices import Capability
from tryon_core.requests.request import Model, OwnPhotos
from tryon_core.vendors.registry import usual_vendor


@dataclass(frozen=True, slots=True)
class More:
    """Rows and columns that are to be added."""

    garments: Sequence[NewGarment] = ()
    models: Sequence[NewModel] = ()


class Making:
    """Plans, admits, writes and puts into the queue: in that order, the second and third as one."""

    def __init__(
        self,
        context: JobContext,
        planner: Planner,
        intake: Intake,
        sender: CellSender,
        folders: CollectionFolders,
        refiner: Refining,
    ) -> None:
        self._context, self._ledger = context, context.store.ledger
        self._planner, self._intake, self._sender, self._folders = planner, intake, sender, folders
        self._refining = refiner

    async def plan(self, new: NewCollection, visitor: str, *, examined: bool) -> CollectionPlan:
        """What a new collection would use; with `examined`, of pictures that can be used."""
        plan, account = await self._planned(new, visitor)
        if examined:
            await self._intake.look_at(new.garments, new.models, account.vendor)
        return plan

    async def begin(self, new: NewCollection, visitor: str, consent: Consent, *, again: bool) -> str:
        """A new collection, by its id; that of an equal one, with `again` of one that is still under way."""
        plan, account = await self._planned(new, visitor)
        consent.check(plan)
        self._planner.check(plan, account)
        maker = Maker(secrets.token_hex(20), identity.owner_of(visitor), account)
        there = ""
        await asyncio.to_thread(self._folders.begin, maker.collection_id)
        try:
            rows = new.garments, new.models
            taken = await self._intake.taken_in(maker.collection_id, *rows, account.vendor, maker.owner)
            whole = creating.whole_of(new, taken, maker, self._context.clock.now())
            check = partial(self._planner.check_left, [plan])
            there = await asyncio.to_thread(writing.begin, self._ledger, whole, check, again=again)
        finally:
            settle = self._folders.settle if there == maker.collection_id else self._folders.drop
            await asyncio.to_thread(settle, maker.collection_id)
        await self._lined_up(there)
        return there

    async def plan_more(self, there: Whole, more: More, visitor: str) -> CollectionPlan:
        """What more rows and columns of a collection would use."""
        return (await self._planned_more(there, more, visitor))[0]

    async def add(self, there: Whole, more: More, visitor: str, consent: Consent) -> None:
        """More rows and columns, with the cells for them."""
        plan, account = await self._planned_more(there, more, visitor)
        consent.check(plan)
        self._planner.check(plan, account)
        head = there.collection
        taken = await self._intake.taken_in(head.id, more.garments, more.models, account.vendor, head.owner)
        make = partial(creating.grown, taken, Maker(head.id, head.owner, account), _count_of(there))
        new = Additions()
        try:
            new = await self.added(head.id, make, plan)
        finally:
            left = {row.id for row in taken.rows} - {row.id for row in new.rows}
            await asyncio.to_thread(self._folders.discard, head.id, left)

    async def added(
        self, collection_id: str, make: Callable[[Whole], Additions], plan: CollectionPlan
    ) -> Additions:
        """What `make` makes of a collection as it is now: written as one, then put into the queue."""
        check = partial(self._planner.check_left, [plan])
        new = await asyncio.to_thread(writing.add, self._ledger, collection_id, make, check)
        await self._lined_up(collection_id)
        return new

    async def again(self, there: Whole, cells: Sequence[CellRecord], visitor: str, consent: Consent) -> None:
        """Another job for each of some cells, which have ended: of all of them or of none."""
        plans, accounts = list[CollectionPlan](), dict[str, Account]()
        by_vendor: dict[str, list[int]] = {}
        for cell in cells:
            by_vendor.setdefault(cell.vendor, []).append(cell.expected)
        for vendor_id, some in by_vendor.items():
            plan, accounts[vendor_id] = await self._planner.plan(some, vendor_id, visitor)
            plans.append(plan)
        consent.check(*plans)
        for plan in plans:
            self._planner.check(plan, accounts[plan.vendor])
        check, collection_id = partial(self._planner.check_left, plans), there.collection.id
        await asyncio.to_thread(writing.begin_again, self._ledger, collection_id, cells, accounts, check)
        await self._lined_up(collection_id)

    async def refine(self, there: Whole, wearing: Wearing, visitor: str, consent: Consent) -> None:
        """A job for each starred picture that can be refined and is not yet, all of them or none."""
        places = {
            job_id: Place(cell.garment_id, cell.model_id) for cell in there.grid for job_id in cell.all_jobs
        }
        refinable = await self._refining.requests(await self._unrefined(there), wearing, places)
        requests = refinable.requests
        spec, head = usual_vendor(Capability.REFINE), there.collection
        plan, account = await self._planner.plan_requests(list(requests.values()), spec.id, visitor)
        unknown = _named(there.garments, refinable.unknown)
        models = _named(there.models, refinable.unknown_models)
        asked = replace(plan, left_out=refinable.left_out, unknown=unknown, unknown_models=models)
        consent.check(asked)
        for names, open_rule in ((unknown, "no_kind_to_refine"), (models, "no_gender_to_refine")):
            if names:
                raise InvalidRequest(*rule(open_rule, names=tuple(names.values())))
        self._planner.check(plan, account)
        for request in requests.values():
            await self._context.image_pool.run(examine, request, spec)
        maker = Maker(head.id, head.owner, account)
        await self.added(head.id, partial(refining.additions, requests, maker), plan)

    async def _unrefined(self, there: Whole) -> list[refining.Picture]:
        wanted = refining.unrefined(there)
        here = await asyncio.to_thread(reading.jobs, self._ledger, [job_id for job_id, _ in wanted])
        return [picture for picture in wanted if picture[0] in here]

    async def _planned(self, new: NewCollection, visitor: str) -> tuple[CollectionPlan, Account]:
        vendor_id = new.vendor or usual_vendor(Capability.TRY_ON).id
        pairs = [(garment.suit, model.model) for garment in new.garments for model in new.models]
        return await self._planner.plan_requests(
            [new.options.request(*pair) for pair in pairs], vendor_id, visitor
        )

    async def _planned_more(self, there: Whole, more: More, visitor: str) -> tuple[CollectionPlan, Account]:
        count = _count_of(there)
        before = [creating.expected(column.model, count) for column in there.models]
        new = [_pictures(column.model, count) for column in more.models]
        wanted = [*(new * len(there.garments)), *((before + new) * len(more.garments))]
        return await self._planner.plan(wanted, there.collection.vendor, visitor)

    async def _lined_up(self, collection_id: str) -> None:
        self._sender.put(await asyncio.to_thread(reading.waiting, self._ledger, collection_id))


def _named(lines: Iterable[GarmentRecord | ModelRecord], ids: frozenset[str]) -> dict[str, str]:
    """The names of some rows or columns by their ids, in their order."""
    return {line.id: line.name for line in lines if line.id in ids}


def _pictures(model: Model, count: int) -> int:
    return len(model.pictures) if isinstance(model, OwnPhotos) else count


def _count_of(there: Whole) -> int:
    return int(str(there.collection.options["count"]))
