"""Asks a vendor about a task, at the times that are likely to pay, in line with the other jobs of its key."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from tryon_core.errors import NeverSent, NoAnswer, VendorBusy
from tryon_core.jobs.context import JobContext
from tryon_core.poll_schedule.plan import PACES, Plan
from tryon_core.poll_schedule.poll_rate_limit import LONGEST_RETRY_AFTER_S, Line, is_too_often
from tryon_core.storage.job_records import JobRecord
from tryon_core.task import Snapshot

FAULT_PAUSE_S, LONGEST_FAULT_PAUSE_S = 1.0, 60.0  # after a question that failed; doubles with each in a row
FAULT_JITTER = 0.5  # of such a pause is added at random: a vendor that comes back is not met by all at once


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor said. Unix seconds: `at` is now, `before` the answer before that found it running."""

    snapshot: Snapshot
    at: float
    before: float | None


async def polls(context: JobContext, record: JobRecord) -> AsyncGenerator[Answer, None]:
    """Answers until the deadline, which counts from here: after a restart asking goes on as long again.

    Faults that may pass are waited out, and so is a key that is away. Raises `VendorRefused` or `KeyAway`.
    """
    clock, pace = context.clock, PACES[record.vendor]
    plan = await context.poll_plans.plan(record, context.store.ledger, clock)
    line = context.poll_limiters.line(record.account, clock)
    begun, faults, before = clock.monotonic(), 0, record.polled_at
    sent, end = begun - _age(context, record), begun + pace.deadline
    elsewhere = record.sending_since is None
    asked, due = begun, sent + _first(plan, begun - sent, context.random.random(), elsewhere)
    while asked < end:
        await clock.sleep(max(min(due, end) - clock.monotonic(), 0.0))
        end += await context.wait_for_key(record)
        await line.turn(due)
        asked = clock.monotonic()
        try:
            snapshot = await _ask(context, record, line)
        except (NeverSent, NoAnswer, VendorBusy) as fault:
            faults += 1
            due = asked + max(pace.least, _pause(fault, faults, context.random.random()))
        else:
            answer = Answer(snapshot, clock.now(), before)
            faults, before = 0, answer.at
            yield answer
            due = sent + plan.next(asked - sent)
        due = max(min(due, end), asked + pace.least)


async def poll_once(context: JobContext, record: JobRecord) -> Snapshot:
    """One question when it is this job's turn. Raises as `Wire.query` does."""
    line = context.poll_limiters.line(record.account, context.clock)
    await line.turn(context.clock.monotonic())
    return await _ask(context, record, line)


async def _ask(context: JobContext, record: JobRecord, line: Line) -> Snapshot:
    asked = context.clock.monotonic()
    try:
        snapshot = await context.vendors.query(record.account, record.task_id)
    except VendorBusy as busy:
        if is_too_often(record.vendor, busy):
            line.refused(asked, busy.retry_after)
        raise
    line.answered()
    return snapshot


def _age(context: JobContext, record: JobRecord) -> float:
    """Seconds since the task was sent; a clock that was set back makes no task younger than nothing."""
    sent = record.submitted_at if record.sending_since is None else record.sending_since
    return max(context.clock.now() - sent, 0.0)


def _first(plan: Plan, age: float, phase: float, elsewhere: bool) -> float:
    """The age at the first question. A task that is older than that is asked about at once, each job a
    moment later than the other; so is one that was not sent from here, as it may be of any age."""
    at_once = age + phase * plan.pace.least
    return at_once if elsewhere else max(plan.first(phase), at_once)


def _pause(fault: Exception, faults: int, chance: float) -> float:
    """Seconds to wait after a fault: the vendor's wish, or twice as long each time."""
    if isinstance(fault, VendorBusy) and fault.retry_after is not None:
        return min(fault.retry_after, LONGEST_RETRY_AFTER_S)
    doubled = FAULT_PAUSE_S * 2.0 ** min(faults - 1, 30)
    return min(doubled, LONGEST_FAULT_PAUSE_S) * (1 + FAULT_JITTER * chance)
