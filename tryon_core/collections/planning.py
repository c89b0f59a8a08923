"""What cells would use before there are any: jobs, pictures, the vendor's unit, and what is left today."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from tryon_core import identity
from tryon_core.account import Account
from tryon_core.collections.model import CollectionPlan
from tryon_core.collections.records import CellRecord
from tryon_core.configuration.settings import Settings
from tryon_core.jobs.admission import Admission, check_asked
from tryon_core.jobs.context import JobContext
from tryon_core.requests.request import Request
from tryon_core.storage.spending import left_today
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.spec import Delivery


class Planner:
    """Counts, and refuses what is too much. Nothing is written."""

    def __init__(self, settings: Settings, context: JobContext, admission: Admission) -> None:
        self._settings, self._context, self._admission = settings, context, admission

    async def plan_requests(
        self, requests: Sequence[Request], vendor_id: str, visitor: str
    ) -> tuple[CollectionPlan, Account]:
        """The same for requests. Raises `InvalidRequest` for what the vendor does not do."""
        for request in requests:
            check_asked(request, vendor(vendor_id))  # first: a wrong vendor has no account to go with
        wanted = [request.expected_pictures for request in requests]
        plan, account = await self.plan(wanted, vendor_id, visitor)
        for request in requests:
            self._admission.check_account(request, account)
        return plan, account

    async def plan(
        self, wanted: Sequence[int], vendor_id: str, visitor: str
    ) -> tuple[CollectionPlan, Account]:
        """What jobs of so many pictures each would use, and whose account they would go out with. Raises
        `OwnKeyNeeded`."""
        spec, owner = vendor(vendor_id), identity.owner_of(visitor)
        account = self._context.accounts.account(spec.id, owner)
        pictures, limit = sum(wanted), self._settings.collection_ask_over
        plan = CollectionPlan(
            jobs=len(wanted),
            pictures=pictures,
            unit=spec.price.unit,
            amount=pictures * spec.price.per_picture,
            vendor=spec.id,
            live=account.live,
            own_key=bool(account.mark),
            left=await asyncio.to_thread(self._admission.allowance, owner),
            asks=0 < limit < len(wanted),
        )
        return plan, account

    def check(self, plan: CollectionPlan, account: Account) -> None:
        """Raises `AllowanceSpent` or `NoPublicAddress`: before a picture is copied."""
        if plan.counts:
            plan.left.check(plan.pictures)
        if vendor(account.vendor).delivery is Delivery.LINK:
            self._context.hosting.check(account)

    def check_left(
        self, plans: Sequence[CollectionPlan], cells: Sequence[CellRecord], connection: Connection
    ) -> None:
        """Raises `AllowanceSpent` where the cells, which do not wait yet, are more than is left: in the
        transaction that has them wait. Each vendor's count if its plan does."""
        count = {plan.vendor for plan in plans if plan.counts}
        if pictures := sum(cell.expected for cell in cells if cell.vendor in count):
            now = self._context.clock.now()
            left_today(connection, self._settings, cells[0].owner, now).check(pictures)
