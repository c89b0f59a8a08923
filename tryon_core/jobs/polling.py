"""Asks a vendor about a task, at the times that are likely to pay, in line with the other jobs of its key."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from tryon_core.errors import NeverSent, NoAnswer, VendorBusy
from tryon_core.jobs.context import Tools
from tryon_core.poll_schedule.plan import PACES, Plan
from tryon_core.poll_schedule.poll_rate_limit import LONGEST_WISH_S, Line, is_too_often
from tryon_core.storage.job_records import Entry
from tryon_core.task import Snapshot

FAULT_PAUSE_S, LONGEST_FAULT_PAUSE_S = 1.0, 60.0  # after a question that failed; doubles with each in a row
FAULT_JITTER = 0.5  # of such a pause is added at random: a vendor that comes back is not met by all at once


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor said. Unix seconds: `at` is now, `before` the answer before that found it running."""

    snapshot: Snapshot
    at: float
    before: float | None


async def questions(tools: Tools, entry: Entry) -> AsyncGenerator[Answer, None]:
    """Answers until the deadline, which counts from here: after a restart asking goes on as long again.

    Faults that may pass are waited out, and so is a key that is away. Raises `VendorRefused` or `KeyAway`.
    """
    clock, pace = tools.clock, PACES[entry.vendor]
    plan = await tools.habits.plan(entry, tools.store.ledger, clock)
    line = tools.limits.line(entry.account, clock)
    begun, faults, before = clock.monotonic(), 0, entry.asked_at
    sent, end = begun - _age(tools, entry), begun + pace.deadline
    elsewhere = entry.sending_since is None
    asked, due = begun, sent + _first(plan, begun - sent, tools.random.random(), elsewhere)
    while asked < end:
        await clock.sleep(max(min(due, end) - clock.monotonic(), 0.0))
        end += await tools.wait_for_key(entry)
        await line.turn(due)
        asked = clock.monotonic()
        try:
            snapshot = await _ask(tools, entry, line)
        except (NeverSent, NoAnswer, VendorBusy) as fault:
            faults += 1
            due = asked + max(pace.least, _pause(fault, faults, tools.random.random()))
        else:
            answer = Answer(snapshot, clock.now(), before)
            faults, before = 0, answer.at
            yield answer
            due = sent + plan.next(asked - sent)
        due = max(min(due, end), asked + pace.least)


async def ask_once(tools: Tools, entry: Entry) -> Snapshot:
    """One question when it is this job's turn. Raises as `Wire.query` does."""
    line = tools.limits.line(entry.account, tools.clock)
    await line.turn(tools.clock.monotonic())
    return await _ask(tools, entry, line)


async def _ask(tools: Tools, entry: Entry, line: Line) -> Snapshot:
    asked = tools.clock.monotonic()
    try:
        snapshot = await tools.vendors.query(entry.account, entry.task_id)
    except VendorBusy as busy:
        if is_too_often(entry.vendor, busy):
            line.refused(asked, busy.retry_after)
        raise
    line.answered()
    return snapshot


def _age(tools: Tools, entry: Entry) -> float:
    """Seconds since the task was sent; a clock that was set back makes no task younger than nothing."""
    sent = entry.submitted_at if entry.sending_since is None else entry.sending_since
    return max(tools.clock.now() - sent, 0.0)


def _first(plan: Plan, age: float, phase: float, elsewhere: bool) -> float:
    """The age at the first question. A task that is older than that is asked about at once, each job a
    moment later than the other; so is one that was not sent from here, as it may be of any age."""
    at_once = age + phase * plan.pace.least
    return at_once if elsewhere else max(plan.first(phase), at_once)


def _pause(fault: Exception, faults: int, chance: float) -> float:
    """Seconds to wait after a fault: the vendor's wish, or twice as long each time."""
    if isinstance(fault, VendorBusy) and fault.retry_after is not None:
        return min(fault.retry_after, LONGEST_WISH_S)
    doubled = FAULT_PAUSE_S * 2.0 ** min(faults - 1, 30)
    return min(doubled, LONGEST_FAULT_PAUSE_S) * (1 + FAULT_JITTER * chance)
