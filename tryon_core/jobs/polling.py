"""The third step of a job: poll the vendor until the task has ended, at the times that are likely to pay."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from tryon_core.backoff import Backoff
from tryon_core.errors import NeverSent, NoAnswer, VendorBusy, VendorRefused
from tryon_core.job_state import JobState
from tryon_core.jobs.batch_place import own_part, place_of
from tryon_core.jobs.context import JobContext, key_taken_out, with_id
from tryon_core.jobs.ending import end_refused
from tryon_core.jobs.result_pictures import keys_of, save_pictures
from tryon_core.poll_schedule.plan import Plan
from tryon_core.poll_schedule.poll_rate_limit import LONGEST_POLL_WAIT_S, PollRateLimiter
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.vendors.error_codes import Kind
from tryon_core.vendors.registry import codes_of, vendor
from tryon_core.vendors.task import Snapshot, TaskStatus

SILENT_AFTER = 2  # polls in a row that fail: one alone is nothing to speak of
AFTER_A_FAULT = Backoff(1.0, 60.0, jitter=0.5)
YOUNG_S = 180.0  # since the sending: a vendor that does not know the task yet may know it soon
LATE_LINKS_S = 60.0  # after "finished": links that are missing may come a poll later


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
        await context.end(record, JobState.OVERDUE, key_taken_out())
        return
    if (last := await until_ended(context, record)) is not None:
        context.last[job_id] = last


async def until_ended(context: JobContext, record: JobRecord) -> Snapshot | None:
    """The final snapshot; None when the job was ended because there is none."""
    said = None
    try:
        last = await _last_answer(context, record)
    except VendorRefused as error:
        await end_refused(context, record.id, error)
        return None
    except VendorBusy as busy:
        last, said = None, busy.problem
    finally:
        context.silences.end(record.id)
    if last is None:
        record, spec = await context.store.record(record.id), vendor(record.vendor)
        await context.end(record, JobState.OVERDUE, spec.codes.overdue(spec.pace.deadline, said))
    return last


async def answers(context: JobContext, record: JobRecord) -> AsyncGenerator[Answer, None]:
    """What polls bring until the deadline, which counts from here: after a restart it is as long again.

    Faults that may pass are waited out, and so is a key that is away. Raises `VendorRefused` or `KeyAway`,
    and `VendorBusy` when that was all that the last poll brought.
    """
    clock, spec = context.clock, vendor(record.vendor)
    pace = spec.pace
    plan = await context.poll_plans.plan(record, context.store.ledger, clock, pace, spec.prior)
    limiter = context.poll_limiters.of(record.account, clock)
    begun, faults, before = clock.monotonic(), 0, record.polled_at
    sent, end = begun - _age(context, record), begun + pace.deadline
    elsewhere = record.sending_since is None
    last: Exception | None = None
    polled, due = begun, sent + _first(plan, begun - sent, context.random.random(), elsewhere)
    while polled < end:
        await clock.sleep(max(min(due, end) - clock.monotonic(), 0.0))
        end += await context.wait_for_key(record)
        if limiter.opens_at > end + pace.fixed:  # the vendor wants to be left alone for longer than that
            await clock.sleep(max(end - clock.monotonic(), 0.0))
            break
        await limiter.acquire(due)
        polled = clock.monotonic()
        try:
            snapshot = await _query(context, record, limiter)
        except (NeverSent, NoAnswer, VendorBusy) as fault:
            faults, last = faults + 1, fault
            if faults >= SILENT_AFTER:
                context.silences.begin(record.id, before or record.submitted_at)
            due = polled + max(pace.least, _pause(fault, faults, context.random.random()))
        else:
            answer = Answer(snapshot, clock.now(), before)
            faults, last, before = 0, None, answer.at
            context.silences.end(record.id)
            yield answer
            due = polled + pace.fixed if snapshot.ended else sent + plan.next(polled - sent)
        due = max(min(due, end), polled + pace.least)
    if isinstance(last, VendorBusy):
        raise last


async def poll_once(context: JobContext, record: JobRecord) -> Snapshot:
    """One poll when it is this job's turn. Raises as `Wire.query` does."""
    limiter = context.poll_limiters.of(record.account, context.clock)
    await limiter.acquire(context.clock.monotonic())
    return await _query(context, record, limiter)


async def _last_answer(context: JobContext, record: JobRecord) -> Snapshot | None:
    """The final snapshot, or None at the deadline. What is new is written down on the way, and only that:
    most polls bring nothing, and a thousand jobs poll. A task that is finished without all of its pictures is
    given a little time for them."""
    state, seen = record.state, frozenset[str]()
    held, until = None, float("inf")
    try:
        async with aclosing(answers(context, record)) as coming:
            async for answer in coming:
                snapshot = answer.snapshot
                if snapshot.ended:
                    until = min(until, answer.at + LATE_LINKS_S)
                if snapshot.ended or 0 < record.expected <= len(snapshot.images):
                    held = snapshot
                final = snapshot.ended and not (answer.at < until and _lacks_links(snapshot, record))
                if final or _state_of(snapshot) is not state:
                    state = _state_of(snapshot)
                    await _write_state(context, record.id, answer, final)
                links = frozenset(keys_of(snapshot.images))
                if links - seen:
                    missing = await save_pictures(context, record.id, snapshot.images)
                    seen = seen if missing else links
                if final:
                    break
    except (VendorBusy, VendorRefused):
        if held is None:
            raise
    return held


def _lacks_links(snapshot: Snapshot, record: JobRecord) -> bool:
    """Whether a finished task may have pictures whose links are not in the answer yet."""
    ends = {snapshot.status, *(part.status for part in snapshot.sub_tasks)}
    if ends & {TaskStatus.QUEUED, TaskStatus.RUNNING}:
        return True
    return TaskStatus.FAILED not in ends and len(snapshot.images) < max(record.expected, 1)


async def _query(context: JobContext, record: JobRecord, limiter: PollRateLimiter) -> Snapshot:
    polled, codes = context.clock.monotonic(), codes_of(record.vendor)
    try:
        trial = bool(record.request.get("trial", False))
        snapshot = await context.vendors.query(record.account, record.task_id, trial)
    except VendorBusy as busy:
        if codes.is_too_often(busy):
            limiter.refused(polled, busy.retry_after)
        raise
    except VendorRefused as no:
        young = record.sending_since is not None and _age(context, record) < YOUNG_S
        if young and codes.kind(no.problem.code) is Kind.GONE:
            raise VendorBusy(no.problem, request_ids=no.request_ids) from no
        raise
    limiter.answered()
    return own_part(snapshot, place_of(record.batch_place), record.expected)


async def _write_state(context: JobContext, job_id: str, answer: Answer, final: bool) -> None:
    """Writes a new state, and with it the vendor's ids: every poll has its own, and most say nothing.
    At the end also when it ended, from which later jobs learn when to poll."""
    record = await context.store.record(job_id)
    change = Change(
        state=_state_of(answer.snapshot),
        request_ids=with_id(record.request_ids, *answer.snapshot.request_ids),
    )
    if final:
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
        return min(fault.retry_after, LONGEST_POLL_WAIT_S)
    return AFTER_A_FAULT.pause(faults, chance)
