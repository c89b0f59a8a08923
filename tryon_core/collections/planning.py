"""What cells would use before there are any: jobs, pictures, the vendor's unit, and what is left today."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from tryon_core import identity
from tryon_core.account import Account
from tryon_core.collections.model import CollectionOptions, CollectionPlan, ConfirmationNeeded
from tryon_core.collections.records import CellRecord
from tryon_core.jobs.admission import Admission, check_asked
from tryon_core.jobs.context import JobContext
from tryon_core.request import Model, Suit
from tryon_core.settings import Settings
from tryon_core.storage.spending import left_today
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.spec import Delivery

Pairs = Sequence[tuple[Suit, Model]]


class Planner:
    """Counts, and refuses what is too much. Nothing is written."""

    def __init__(self, settings: Settings, context: JobContext, admission: Admission) -> None:
        self._settings, self._context, self._admission = settings, context, admission

    async def plan(
        self, pairs: Pairs, options: CollectionOptions, vendor_id: str, visitor: str
    ) -> tuple[CollectionPlan, Account]:
        """What cells for these pairs would use, and whose account they would go out with.

        Raises `InvalidRequest` or `OwnKeyNeeded`.
        """
        spec, owner = vendor(vendor_id), identity.owner_of(visitor)
        requests = [options.request(suit, model) for suit, model in pairs]
        for request in requests:
            check_asked(request, spec)
        account = self._context.accounts.account(spec.id, owner)
        pictures = sum(request.expected_pictures for request in requests)
        limit = self._settings.collection_ask_over
        plan = CollectionPlan(
            jobs=len(requests),
            pictures=pictures,
            unit=spec.price.unit,
            amount=pictures * spec.price.per_picture,
            vendor=spec.id,
            live=account.live,
            own_key=bool(account.mark),
            left=await asyncio.to_thread(self._admission.allowance, owner),
            asks=0 < limit < len(requests),
        )
        return plan, account

    def check(
        self, plan: CollectionPlan, options: CollectionOptions, account: Account, *, confirmed: bool
    ) -> None:
        """Raises `ConfirmationNeeded`, `AllowanceSpent` or `NoPublicAddress`: before a picture is copied."""
        if plan.asks and not confirmed:
            raise ConfirmationNeeded(plan)
        if account.live and not account.mark and not options.trial:
            plan.left.check(plan.pictures)
        if vendor(account.vendor).delivery is Delivery.LINK:
            self._context.hosting.check(account)

    def check_left(self, cells: Sequence[CellRecord], trial: bool, connection: Connection) -> None:
        """Raises `AllowanceSpent` where the cells, which are not written yet, are more than is left: in the
        transaction that writes them."""
        first = cells[0]
        if first.live and not first.own_key and not trial:
            left = left_today(connection, self._settings, first.owner, self._context.clock.now())
            left.check(sum(cell.expected for cell in cells))
