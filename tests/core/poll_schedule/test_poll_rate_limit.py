"""Too many questions: who waits, how long, and that nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

import pytest

from tests.core.fakes import JumpingClock
from tests.core.wires import CODES, VENDORS
from tryon_core.account import Account
from tryon_core.errors import Problem, VendorBusy
from tryon_core.poll_schedule.poll_rate_limit import (
    AFTER_A_REFUSAL,
    LONGEST_POLL_WAIT_S,
    PollRateLimiter,
    PollRateLimiters,
)

pytestmark = pytest.mark.anyio


async def let_through(
    limiter: PollRateLimiter, clock: JumpingClock, dues: list[float]
) -> list[tuple[float, float]]:
    """Who went when: (due, time) in the order in which the limiter let them through."""
    went: list[tuple[float, float]] = []

    async def one(due: float) -> None:
        await limiter.acquire(due)
        went.append((due, clock.monotonic()))

    async with asyncio.TaskGroup() as group:
        for due in dues:
            group.create_task(one(due))
    return went


async def test_as_long_as_nothing_was_refused_nobody_waits() -> None:
    clock = JumpingClock(0.0)
    went = await let_through(PollRateLimiter(clock), clock, [3.0, 1.0, 2.0])
    assert [time for _, time in went] == [0.0] * 3 and clock.slept == []


async def test_after_a_refusal_all_jobs_of_the_key_wait_and_go_one_by_one_in_the_order_they_were_due() -> (
    None
):
    clock = JumpingClock(0.0)
    limiter = PollRateLimiter(clock)
    limiter.refused(0.0, None)
    went = await let_through(limiter, clock, [3.0, 1.0, 2.0])
    assert [due for due, _ in went] == [1.0, 2.0, 3.0]
    assert went[0][1] == AFTER_A_REFUSAL.first_s and went[1][1] > went[0][1] and went[2][1] > went[1][1]


async def test_the_vendors_wish_is_kept_to() -> None:
    clock = JumpingClock(0.0)
    limiter = PollRateLimiter(clock)
    limiter.refused(0.0, 37.0)
    assert (await let_through(limiter, clock, [0.0]))[0][1] == 37.0


async def test_an_endless_wish_is_not() -> None:
    clock = JumpingClock(0.0)
    limiter = PollRateLimiter(clock)
    limiter.refused(0.0, 1e6)
    assert (await let_through(limiter, clock, [0.0]))[0][1] == LONGEST_POLL_WAIT_S


async def test_refusals_in_a_row_double_the_pause_up_to_a_limit() -> None:
    clock, waited = JumpingClock(0.0), []
    limiter = PollRateLimiter(clock)
    for _ in range(9):
        before = clock.monotonic()
        limiter.refused(before, None)
        await limiter.acquire(before)
        waited.append(clock.monotonic() - before)
    assert (
        waited[:3] == [AFTER_A_REFUSAL.first_s, 2 * AFTER_A_REFUSAL.first_s, 4 * AFTER_A_REFUSAL.first_s]
        and waited[-1] == AFTER_A_REFUSAL.longest_s
    )


async def test_refusals_of_questions_that_were_under_way_together_count_once() -> None:
    clock = JumpingClock(10.0)
    limiter = PollRateLimiter(clock)
    for asked in (9.0, 8.9, 8.8):
        limiter.refused(asked, None)
    assert (await let_through(limiter, clock, [0.0]))[0][1] == 10.0 + AFTER_A_REFUSAL.first_s


async def test_answers_bring_the_old_speed_back() -> None:
    clock = JumpingClock(0.0)
    limiter = PollRateLimiter(clock)
    limiter.refused(0.0, None)
    await limiter.acquire(0.0)
    for _ in range(500):
        limiter.answered()
    clock.time += 1.0
    slept = len(clock.slept)
    await let_through(limiter, clock, [0.0] * 5)
    assert len(clock.slept) == slept


async def test_a_job_that_gives_up_its_place_holds_nobody_up() -> None:
    clock = _Patient()
    limiter = PollRateLimiter(clock)
    limiter.refused(0.0, None)
    first, second = (asyncio.create_task(limiter.acquire(due)) for due in (1.0, 2.0))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    clock.go_on()
    async with asyncio.timeout(5):
        await second
    assert first.cancelled()


async def test_a_job_that_was_due_long_ago_goes_before_those_that_keep_coming() -> None:
    clock = JumpingClock(100.0)
    limiter = PollRateLimiter(clock)
    limiter.refused(100.0, None)
    dues = [100.0 + number for number in range(50)]
    went = await let_through(limiter, clock, [*dues, 1.0])
    assert went[0][0] == 1.0 and len(went) == 51


async def test_each_key_has_a_line_of_its_own() -> None:
    limits, clock = PollRateLimiters(), JumpingClock()
    marks = ((True, ""), (False, ""), (True, "own"))
    accounts = [Account(vendor, live, mark) for vendor in VENDORS for live, mark in marks]
    limiters = [limits.of(account, clock) for account in accounts]
    assert len(set(map(id, limiters))) == len(accounts)
    assert limits.of(Account("aidge", True), clock) is limiters[0]


@pytest.mark.parametrize(
    ("vendor", "code", "retry_after", "too_often"),
    [
        ("aidge", "501", None, True),
        ("aidge", "ApiCallLimit", None, True),
        ("aidge", "500", None, False),
        ("aidge", "503", 3.0, True),
        ("ailab", "AI_SERVICE_FLOW_RESTRICTION", None, True),
        ("ailab", "AI_SERVICE_ERROR", None, False),
    ],
)
def test_only_a_refusal_about_the_number_of_calls_slows_the_others(
    vendor: str, code: str, retry_after: float | None, too_often: bool
) -> None:
    busy = VendorBusy(Problem("no", "", code=code), retry_after=retry_after)
    assert CODES[vendor].is_too_often(busy) is too_often


class _Patient(JumpingClock):
    """Sleeps until it is told to go on."""

    def __init__(self) -> None:
        super().__init__(0.0)
        self._go = asyncio.Event()
        self.go_on: Callable[[], None] = self._go.set

    async def sleep(self, seconds: float) -> None:
        await self._go.wait()
        self.time += seconds


class _InOrder(JumpingClock):
    """Wakes sleepers one after the other in the order of their times, when nobody else has anything to do."""

    def __init__(self) -> None:
        super().__init__(0.0)
        self._sleeping: list[tuple[float, int, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heappush(self._sleeping, (self.time + seconds, len(self.slept), woken))
        self.slept.append(seconds)
        await woken.wait()

    async def run(self, jobs: asyncio.Task[None]) -> None:
        while not jobs.done():
            for _ in range(8):  # until everybody who was woken sleeps again
                await asyncio.sleep(0)
            if self._sleeping:
                self.time, _, woken = heappop(self._sleeping)
                woken.set()


@dataclass
class _Strict:
    """A vendor that takes so many questions in a second and refuses the rest."""

    clock: JumpingClock
    limit: int
    taken: list[float] = field(default_factory=list)
    refused: int = 0

    def ask(self) -> bool:
        now = self.clock.monotonic()
        if sum(now - 1.0 < time for time in self.taken[-self.limit :]) >= self.limit:
            self.refused += 1
            return False
        self.taken.append(now)
        return True


JOBS, ROUNDS, EVERY_S = 100, 6, 5.0


async def _asked_often(
    limiter: PollRateLimiter, clock: JumpingClock, vendor: _Strict, late: list[float]
) -> None:
    """One job: some questions that are answered, five seconds between them; notes how late each was."""
    for _ in range(ROUNDS):
        due = clock.monotonic() + EVERY_S
        await clock.sleep(EVERY_S)
        while True:
            await limiter.acquire(due)
            asked = clock.monotonic()
            if vendor.ask():
                break
            limiter.refused(asked, None)
        limiter.answered()
        late.append(clock.monotonic() - due)


async def test_a_hundred_jobs_at_a_vendor_that_takes_four_questions_a_second_all_get_their_share() -> None:
    clock = _InOrder()
    limiter, vendor, late = PollRateLimiter(clock), _Strict(clock, 4), list[float]()

    async def all_jobs() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(JOBS):
                group.create_task(_asked_often(limiter, clock, vendor, late))

    await clock.run(jobs := asyncio.create_task(all_jobs()))
    await jobs
    polls = JOBS * ROUNDS
    assert len(vendor.taken) == polls
    assert vendor.refused < 0.05 * polls
    assert clock.monotonic() < 1.5 * polls / vendor.limit
    assert max(late) < 1.5 * sorted(late)[len(late) // 2]
