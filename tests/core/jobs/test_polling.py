"""Asking about one task: from what the ledger knows, with faults in between, and after a restart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors, finished, running
from tests.core.jobs.test_job import Bench, bench
from tests.core.wires import PACES, PRIORS, VENDORS
from tryon_core.account import Account
from tryon_core.errors import NoAnswer, Problem, VendorBusy
from tryon_core.jobs.poll_plan_cache import FRESH_S, durations, guess, kind_of, waits
from tryon_core.jobs.polling import poll
from tryon_core.jobs.preparing import prepare
from tryon_core.jobs.saving import save
from tryon_core.jobs.submitting import submit
from tryon_core.poll_schedule.durations import SANDBOX_PICTURE_S
from tryon_core.poll_schedule.plan import LONGEST_S, Plan
from tryon_core.units import DAY_S
from tryon_core.vendors.task import Snapshot, TaskStatus

pytestmark = pytest.mark.anyio
NO = Problem("no", "", code="500")
OFTEN = Problem("too often", "", code="501")


class Slow(ScriptedVendors):
    """Every task ends a set time after the first submit; notes when it was asked."""

    def __init__(self, takes: float, faults: tuple[Exception, ...] = ()) -> None:
        super().__init__()
        self.takes, self.faults = takes, list(faults)
        self.clock: JumpingClock | None = None
        self.at: list[float] = []

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        assert self.clock is not None
        self.at.append(self.clock.now() - 1_700_000_000.0)
        if self.faults:
            raise self.faults.pop(0)
        if self.at[-1] < self.takes:
            return running()
        return finished("a.png", "bb.png")


class Silent(Slow):
    """Answers once before its faults; notes since when it was silent each time it was asked."""

    look: Callable[[], float | None]

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        self.seen = [*getattr(self, "seen", []), self.look()]
        if not self.at:
            held, self.faults = self.faults, []
            answer = await super().query(account, task_id, trial)
            self.faults = held
            return answer
        return await super().query(account, task_id, trial)


async def lived(at: Bench, vendors: Slow) -> None:
    vendors.clock = at.clock
    await at.live()


@pytest.mark.parametrize("takes", [3.0, 17.0, 90.0])
async def test_what_was_seen_of_a_task_is_kept_as_the_questions_around_its_end(
    tmp_path: Path, takes: float
) -> None:
    vendors = Slow(takes)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await lived(at, vendors)
        (wait,) = waits(at.context.store.ledger, "aidge", True)
        after, by = wait.after, wait.by
    asked_before = vendors.at[-2] if len(vendors.at) > 1 else 0.0
    assert (after, by) == pytest.approx((asked_before, vendors.at[-1]))
    assert after < takes <= by


@pytest.mark.parametrize("set_by", [3 * DAY_S, -3 * DAY_S], ids=["forward", "back"])
async def test_nothing_is_learned_of_a_task_amid_which_the_clock_was_set(
    tmp_path: Path, set_by: float
) -> None:
    vendors = Slow(17.0)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await lived(at, vendors)
        ledger, record = at.context.store.ledger, await at.context.store.record(at.job_id)
        assert record.ready_at and record.finished_at and record.polled_at
        kind = record.vendor, record.live, record.expected
        assert len(durations(ledger, *kind)) == len(waits(ledger, *kind[:2])) == 1
        moved = {name: getattr(record, name) + set_by for name in ("ready_at", "finished_at", "polled_at")}
        ledger.change(record.id, moved)  # type: ignore[arg-type]
        assert [*durations(ledger, *kind), *waits(ledger, *kind[:2])] == []


async def test_the_next_job_of_the_kind_is_asked_about_later_when_tasks_take_long(tmp_path: Path) -> None:
    vendors = Slow(200.0)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        kind = kind_of(await at.context.store.record(at.job_id))
        before = guess(kind, at.context.store.ledger, PRIORS["aidge"])
        await lived(at, vendors)
        after = guess(kind, at.context.store.ledger, PRIORS["aidge"])
    assert after.median > 1.5 * before.median and after.known == 1


async def test_another_number_of_pictures_is_a_kind_of_its_own_that_leans_on_the_vendors_others(
    tmp_path: Path,
) -> None:
    vendors = Slow(200.0)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=2)) as at:
        await lived(at, vendors)
        record = await at.context.store.record(at.job_id)
        kind = kind_of(record)
        other = guess(
            type(kind)(kind.vendor, kind.live, kind.version, 8), at.context.store.ledger, PRIORS["aidge"]
        )
        pro = guess(type(kind)(kind.vendor, kind.live, "pro", 2), at.context.store.ledger, PRIORS["aidge"])
        sandbox = guess(
            type(kind)(kind.vendor, False, kind.version, 8), at.context.store.ledger, PRIORS["aidge"]
        )
    assert kind.version == "standard"
    assert other.known == pro.known == 0 and other.median > 50 and other.sigma >= 0.8
    assert sandbox.median == pytest.approx(1 + 8 * SANDBOX_PICTURE_S)


async def test_the_ledger_is_read_once_for_many_jobs_of_a_kind(tmp_path: Path) -> None:
    async with bench(tmp_path, ScriptedVendors(), fakes.tryon(tmp_path)) as at:
        record, context = await at.context.store.record(at.job_id), at.context

        async def plan() -> Plan:
            ledger, clock = context.store.ledger, context.clock
            return await context.poll_plans.plan(record, ledger, clock, PACES["aidge"], PRIORS["aidge"])

        first = await plan()
        assert await plan() is first
        at.clock.time += FRESH_S + 1
        assert await plan() is not first


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_vendors_distance_holds_whatever_fails(tmp_path: Path, vendor: str) -> None:
    faults = (NoAnswer(NO), VendorBusy(NO), VendorBusy(OFTEN), VendorBusy(NO, retry_after=0.0), NoAnswer(NO))
    request = fakes.tryon(tmp_path) if vendor == "aidge" else fakes.refine(tmp_path)
    vendors = Slow(100.0, faults)
    async with bench(tmp_path, vendors, request) as at:
        await lived(at, vendors)
    gaps = [later - earlier for earlier, later in pairwise((0.0, *vendors.at))]
    assert min(gaps) >= PACES[vendor].least - 1e-6


async def test_faults_in_a_row_are_answered_with_longer_and_longer_pauses(tmp_path: Path) -> None:
    vendors = Slow(0.0, (VendorBusy(NO),) * 6)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await lived(at, vendors)
    gaps = [later - earlier for earlier, later in pairwise(vendors.at)]
    assert all(later > 1.3 * earlier for earlier, later in pairwise(gaps))
    assert gaps[-1] < 2 * 32


async def test_a_vendor_is_silent_from_the_second_poll_that_fails_until_it_answers(tmp_path: Path) -> None:
    vendors = Silent(200.0, (NoAnswer(NO),) * 3)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        vendors.look = lambda: at.context.silences.since(at.job_id)
        await lived(at, vendors)
        sent = (await at.job()).submitted_at
    assert vendors.seen[:6] == [None, None, None, sent + vendors.at[0], sent + vendors.at[0], None]


async def test_a_vendor_that_wants_an_hour_of_quiet_does_not_keep_a_job_waiting_past_its_deadline(
    tmp_path: Path,
) -> None:
    vendors = Slow(0.0, (VendorBusy(OFTEN, retry_after=3600.0),) * 3)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await lived(at, vendors)
        job = await at.job()
    assert job.state.ended and at.clock.now() - job.submitted_at < 2.1 * PACES["aidge"].deadline


async def test_after_a_restart_a_task_that_is_old_is_asked_about_at_once(tmp_path: Path) -> None:
    vendors = Slow(10.0)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        vendors.clock = at.clock
        for step in (prepare, submit):
            await step(at.context, at.job_id)
        at.clock.time += 300.0  # the machine was off
        for step in (poll, save):
            await step(at.context, at.job_id)
    assert 300.0 <= vendors.at[0] <= 301.0 and len(vendors.at) == 1


async def test_a_late_task_is_asked_about_for_as_long_as_the_deadline_says_and_once_at_its_end(
    tmp_path: Path,
) -> None:
    vendors, deadline = Slow(1e9), PACES["aidge"].deadline
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await lived(at, vendors)
    gaps = [later - earlier for earlier, later in pairwise(vendors.at)]
    assert vendors.at[-1] == pytest.approx(deadline, abs=2.0) and max(gaps) <= LONGEST_S + 1e-6
    assert len(vendors.at) < deadline / PACES["aidge"].fixed


async def test_questions_that_bring_nothing_new_do_not_touch_the_ledger(tmp_path: Path) -> None:
    reads = 0
    vendors = Slow(100.0)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        vendors.clock = at.clock
        for step in (prepare, submit):
            await step(at.context, at.job_id)
        ledger = at.context.store.ledger
        real = ledger.record

        def counted(job_id: str) -> object:
            nonlocal reads
            reads += 1
            return real(job_id)

        ledger.record = counted  # type: ignore[method-assign,assignment]
        await poll(at.context, at.job_id)
    assert len(vendors.at) > 20 and reads <= 10


async def test_a_failed_task_teaches_nothing(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[Snapshot(TaskStatus.FAILED)])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await at.live()
        assert waits(at.context.store.ledger, "aidge", True) == []
