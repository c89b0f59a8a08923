"""Polls of one vendor key: refused as too many, every job of that key slows down, and none starves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import count

from tryon_core.account import Account
from tryon_core.backoff import Backoff
from tryon_core.clock import Clock

AFTER_A_REFUSAL = Backoff(1.0, 60.0)  # until the next poll of the key
LONGEST_POLL_WAIT_S = 600.0  # a vendor's Retry-After is heard for as long as polling goes on at all
GAP_S, LONGEST_GAP_S = 0.2, 10.0  # between polls of a key that was refused
WIDENING = 1.5  # of the gap with each refusal
GAIN = 0.1  # polls a second that the rate grows by in each second, so that it stays near what is allowed
QUICKEST = 0.8  # of the gap is left after one answer at the least
NO_GAP_S = 0.1  # a gap shorter than this is none


@dataclass(order=True, slots=True)
class _Ticket:
    due: float
    number: int
    called: asyncio.Event = field(default_factory=asyncio.Event, compare=False)


class PollRateLimiter:
    """Lets the polls of one vendor key through: at once as long as nothing was refused, else one by one
    in the order in which they were due. Times are the clock's monotonic seconds; `opens_at` is that of
    the key's next poll at the earliest."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[_Ticket] = []
        self._numbers = count()
        self.opens_at = self._slowed_at = float("-inf")
        self._gap = 0.0
        self._refusals = 0  # in a row

    async def acquire(self, due: float) -> None:
        """Returns when it is this poll's turn."""
        if not self._waiting and not self._gap and self.opens_at <= self._clock.monotonic():
            return
        async with self._queued(due) as ticket:
            while (rest := self._rest(ticket)) != 0.0:
                if rest is None:
                    await ticket.called.wait()
                    ticket.called.clear()
                else:
                    await self._clock.sleep(rest)
            self.opens_at = self._clock.monotonic() + self._gap

    def refused(self, polled: float, retry_after: float | None) -> None:
        """A poll that was let through at `polled` came too often. `retry_after` seconds, where stated."""
        now = self._clock.monotonic()
        if polled > self._slowed_at:  # else it was under way already when the limiter slowed down
            self._refusals += 1
            self._gap = min(max(GAP_S, WIDENING * self._gap), LONGEST_GAP_S)
            self._slowed_at = now
        pause = AFTER_A_REFUSAL.pause(max(self._refusals, 1))
        wait = pause if retry_after is None else min(retry_after, LONGEST_POLL_WAIT_S)
        self.opens_at = max(self.opens_at, now + wait)

    def answered(self) -> None:
        """A poll was not refused: the limiter speeds up a little."""
        self._refusals = 0
        if self._gap:
            self._gap = max(self._gap * QUICKEST, self._gap / (1 + GAIN * self._gap**2))
        if self._gap < NO_GAP_S:
            self._gap = 0.0

    def _rest(self, ticket: _Ticket) -> float | None:
        """Seconds until this ticket's turn; None while another one is before it."""
        if self._waiting[0] is not ticket:
            return None
        return max(self.opens_at - self._clock.monotonic(), 0.0)

    @asynccontextmanager
    async def _queued(self, due: float) -> AsyncIterator[_Ticket]:
        ticket = _Ticket(due, next(self._numbers))
        heappush(self._waiting, ticket)
        try:
            yield ticket
        finally:
            self._leave(ticket)

    def _leave(self, ticket: _Ticket) -> None:
        if self._waiting[0] is ticket:
            heappop(self._waiting)
        else:  # it was cancelled
            self._waiting.remove(ticket)
            heapify(self._waiting)
        if self._waiting:
            self._waiting[0].called.set()


class PollRateLimiters:
    """The limiters of this process, one an account."""

    def __init__(self) -> None:
        self._limiters: dict[Account, PollRateLimiter] = {}

    def of(self, account: Account, clock: Clock) -> PollRateLimiter:
        """The limiter of an account's key."""
        return self._limiters.setdefault(account, PollRateLimiter(clock))
