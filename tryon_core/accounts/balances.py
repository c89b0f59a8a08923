"""What is left on the account of a visitor's next job, where the vendor tells and may be asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tryon_core.account import Account
from tryon_core.accounts.keys import KeyPolicy, KeySource
from tryon_core.clock import Clock
from tryon_core.configuration.settings import Settings
from tryon_core.errors import WireError
from tryon_core.vendors.registry import vendor

FRESH_S = 60.0  # a page that is opened again and again is no reason to ask the vendor each time

Ask = Callable[[Account], Awaitable[float | None]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query that was made, perhaps still under way: who asks meanwhile waits for the same answer."""

    at: float  # the clock's monotonic seconds
    answer: asyncio.Future[float | None]


@dataclass(frozen=True, slots=True)
class Balances:
    """Asks vendors through `ask`, for those who may know. In memory, an account at a time."""

    settings: Settings
    accounts: KeyPolicy
    ask: Ask
    clock: Clock
    asked: dict[Account, _Asked] = field(default_factory=dict)

    async def of(self, vendor_id: str, owner: str, at_most_s: float = FRESH_S) -> float | None:
        """The credits, not older than `at_most_s` seconds; None where there are none to be told."""
        if not vendor(vendor_id).tells_balance or not self._may_know(vendor_id, owner):
            return None
        return await asyncio.shield(self._answer(self.accounts.account(vendor_id, owner), at_most_s))

    def _may_know(self, vendor_id: str, owner: str) -> bool:
        """One's own account always; the operator's only behind a login, or where no strangers come."""
        key_source = self.accounts.key_source(vendor_id, owner)
        among_friends = bool(self.settings.auth) or not self.settings.is_public
        return key_source is KeySource.OWN or (key_source is KeySource.OPERATOR and among_friends)

    def _answer(self, account: Account, at_most_s: float) -> asyncio.Future[float | None]:
        now = self.clock.monotonic()
        for known in [one for one, asked in self.asked.items() if asked.at < now - FRESH_S]:
            del self.asked[known]
        asked = self.asked.get(account)
        if asked is None or (asked.answer.done() and asked.at < now - at_most_s):
            asked = self.asked[account] = _Asked(now, asyncio.ensure_future(self._asked(account)))
        return asked.answer

    async def _asked(self, account: Account) -> float | None:
        try:
            return await self.ask(account)
        except WireError:  # a line on a page is not worth an error
            return None
