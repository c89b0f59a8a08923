"""The third step of a job: poll the vendor until the task has ended, at the times that are likely to pay."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from tryon_core.backoff import Backoff
from tryon_core.errors import NeverSent, NoAnswer, VendorBusy, VendorRefused
from tryon_core.job_state import JobState
from tryon_core.jobs.context import OTHER_VENDOR, JobContext, with_id
from tryon_core.jobs.ending import end_refused
from tryon_core.jobs.result_pictures import save_pictures
from tryon_core.poll_schedule.plan import Plan
from tryon_core.poll_schedule.poll_rate_limit import LONGEST_RETRY_AFTER_S, PollRateLimiter
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.task import Snapshot, TaskStatus
from tryon_core.vendors.download import key_of
from tryon_core.vendors.registry import vendor

AFTER_A_FAULT = Backoff(1.0, 60.0, jitter=0.5)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor said. Unix seconds: `at` is now, `before` the answer before that found it running."""

    snapshot: Snapshot
    at: float
    before: float | None


async def poll(context: JobContext, job_id: str) -> None:
    """Polls until the task has ended or the deadline is past; pictures are saved as they come."""
    record = await context.store.record(job_id)
    if record.state.ended:
        return
    if not context.accounts.is_here(record.account):
        await context.end(record, JobState.OVERDUE, OTHER_VENDOR)
        return
    try:
        last = await _until_ended(context, record)
    except VendorRefused as error:
        await end_refused(context, job_id, error)
        return
    if last is None:
        record, spec = await context.store.record(job_id), vendor(record.vendor)
        await context.end(record, JobState.OVERDUE, spec.codes.overdue(spec.pace.deadline))
    else:
        context.last[job_id] = last


async def answers(context: JobContext, record: JobRecord) -> AsyncGenerator[Answer, None]:
    """What polls bring until the deadline, which counts from here: after a restart it is as long again.

    Faults that may pass are waited out, and so is a key that is away. Raises `VendorRefused` or `KeyAway`.
    """
    clock, spec = context.clock, vendor(record.vendor)
    pace = spec.pace
    plan = await context.poll_plans.plan(record, context.store.ledger, clock, pace, spec.prior)
    limiter = context.poll_limiters.of(record.account, clock)
    begun, faults, before = clock.monotonic(), 0, record.polled_at
    sent, end = begun - _age(context, record), begun + pace.deadline
    elsewhere = record.sending_since is None
    polled, due = begun, sent + _first(plan, begun - sent, context.random.random(), elsewhere)
    while polled < end:
        await clock.sleep(max(min(due, end) - clock.monotonic(), 0.0))
        end += await context.wait_for_key(record)
        await limiter.acquire(due)
        polled = clock.monotonic()
        try:
            snapshot = await _query(context, record, limiter)
        except (NeverSent, NoAnswer, VendorBusy) as fault:
            faults += 1
            due = polled + max(pace.least, _pause(fault, faults, context.random.random()))
        else:
            answer = Answer(snapshot, clock.now(), before)
            faults, before = 0, answer.at
            yield answer
            due = sent + plan.next(polled - sent)
        due = max(min(due, end), polled + pace.least)


async def poll_once(context: JobContext, record: JobRecord) -> Snapshot:
    """One poll when it is this job's turn. Raises as `Wire.query` does."""
    limiter = context.poll_limiters.of(record.account, context.clock)
    await limiter.acquire(context.clock.monotonic())
    return await _query(context, record, limiter)


async def _until_ended(context: JobContext, record: JobRecord) -> Snapshot | None:
    """The final snapshot, or None at the deadline. What is new is written down on the way, and only that:
    most polls bring nothing, and a thousand jobs poll."""
    state, seen = record.state, frozenset[str]()
    async with aclosing(answers(context, record)) as coming:
        async for answer in coming:
            snapshot = answer.snapshot
            links = frozenset(key_of(image.url) for image in snapshot.images)
            if snapshot.ended or _state_of(snapshot) is not state:
                state = _state_of(snapshot)
                await _write_state(context, record.id, answer)
            if links - seen:
                missing = await save_pictures(context, record.id, snapshot.images)
                seen = seen if missing else links
            if snapshot.ended:
                return snapshot
    return None


async def _query(context: JobContext, record: JobRecord, limiter: PollRateLimiter) -> Snapshot:
    polled = context.clock.monotonic()
    try:
        snapshot = await context.vendors.query(record.account, record.task_id)
    except VendorBusy as busy:
        if vendor(record.vendor).codes.is_too_often(busy):
            limiter.refused(polled, busy.retry_after)
        raise
    limiter.answered()
    return snapshot


async def _write_state(context: JobContext, job_id: str, answer: Answer) -> None:
    """Writes a new state, and with it the vendor's ids: every poll has its own, and most say nothing.
    At the end also when it ended, from which later jobs learn when to poll."""
    record = await context.store.record(job_id)
    change = Change(
        state=_state_of(answer.snapshot),
        request_ids=with_id(record.request_ids, *answer.snapshot.request_ids),
    )
    if answer.snapshot.ended:
        change |= Change(polled_at=answer.before, ready_at=answer.at)
    await context.change(job_id, **change)


def _state_of(snapshot: Snapshot) -> JobState:
    return JobState.QUEUED if snapshot.status is TaskStatus.QUEUED else JobState.RUNNING


def _age(context: JobContext, record: JobRecord) -> float:
    """Seconds since the task was sent; a clock that was set back makes no task younger than nothing."""
    sent = record.submitted_at if record.sending_since is None else record.sending_since
    return max(context.clock.now() - sent, 0.0)


def _first(plan: Plan, age: float, phase: float, elsewhere: bool) -> float:
    """The age at the first poll. A task that is older than that is polled at once, each job a moment later
    than the other; so is one that was not sent from here, as it may be of any age."""
    at_once = age + phase * plan.pace.least
    return at_once if elsewhere else max(plan.first(phase), at_once)


def _pause(fault: Exception, faults: int, chance: float) -> float:
    """Seconds to wait after a fault: the vendor's Retry-After, or twice as long each time."""
    if isinstance(fault, VendorBusy) and fault.retry_after is not None:
        return min(fault.retry_after, LONGEST_RETRY_AFTER_S)
    return AFTER_A_FAULT.pause(faults, chance)
