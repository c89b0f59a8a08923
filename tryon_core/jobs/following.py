"""The last two steps of a job: ask the vendor until the task has ended, and keep what it made."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from tryon_core.errors import Charged, NeverSent, NoAnswer, Problem, VendorBusy, VendorRefused
from tryon_core.job_state import JobState
from tryon_core.jobs.context import OTHER_VENDOR, JobContext, with_id
from tryon_core.jobs.polling import Answer, poll_once, polls
from tryon_core.jobs.saving import Missing, collect
from tryon_core.poll_schedule.plan import PACES
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.task import Snapshot, TaskStatus
from tryon_core.vendors import error_codes
from tryon_core.vendors.download import key_of
from tryon_core.vendors.error_codes import Kind

# Seconds between tries to bring the last pictures home, about five minutes in all: AILab's result host
# was seen to stall, and links live at least for hours.
KEEP_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 120.0)


async def follow(context: JobContext, job_id: str) -> None:
    """Asks until the task has ended or the deadline is past; pictures are saved as they come."""
    record = await context.store.record(job_id)
    if record.state.ended:
        return
    if not context.accounts.is_here(record.account):
        await context.end(record, JobState.OVERDUE, OTHER_VENDOR)
        return
    try:
        last = await _until_ended(context, record)
    except VendorRefused as error:
        await _refused(context, job_id, error)
        return
    if last is None:
        record = await context.store.record(job_id)
        await context.end(record, JobState.OVERDUE, error_codes.overdue_problem(record.vendor))
    else:
        context.last[job_id] = last


async def keep(context: JobContext, job_id: str) -> None:
    """Brings home what is missing, asking the vendor for fresh links, and ends the job."""
    record = await context.store.record(job_id)
    if record.state.ended:
        return
    snapshot = context.last.pop(job_id, None)
    missing = Missing(late=1)
    try:
        for pause in KEEP_PAUSES_S:
            if snapshot is not None:
                missing = await collect(context, job_id, snapshot.images)
            if not missing:
                break
            await context.clock.sleep(max(pause, PACES[record.vendor].least))
            await context.wait_for_key(record)
            snapshot = await _fresh(context, record) or snapshot
    except VendorRefused as error:
        await _refused(context, job_id, error)
        return
    await _finish(context, job_id, snapshot, missing)


async def _until_ended(context: JobContext, record: JobRecord) -> Snapshot | None:
    """The final snapshot, or None at the deadline. What is new is written down on the way, and only that:
    most questions bring nothing, and a thousand jobs ask."""
    state, seen = record.state, frozenset[str]()
    async with aclosing(polls(context, record)) as answers:
        async for answer in answers:
            snapshot = answer.snapshot
            links = frozenset(key_of(image.url) for image in snapshot.images)
            if snapshot.ended or _state_of(snapshot) is not state:
                state = _state_of(snapshot)
                await _note(context, record.id, answer)
            if links - seen:
                missing = await collect(context, record.id, snapshot.images)
                seen = seen if missing else links
            if snapshot.ended:
                return snapshot
    return None


async def _fresh(context: JobContext, record: JobRecord) -> Snapshot | None:
    """The task with fresh links; None when the vendor cannot be asked just now."""
    try:
        return await poll_once(context, record)
    except (NeverSent, NoAnswer, VendorBusy):
        return None


def _state_of(snapshot: Snapshot) -> JobState:
    return JobState.QUEUED if snapshot.status is TaskStatus.QUEUED else JobState.RUNNING


async def _note(context: JobContext, job_id: str, answer: Answer) -> None:
    """Writes a new state, and with it the vendor's ids: every question has its own, and most say nothing.
    At the end also when it ended, from which later jobs learn when to ask."""
    record = await context.store.record(job_id)
    change = Change(
        state=_state_of(answer.snapshot),
        request_ids=with_id(record.request_ids, *answer.snapshot.request_ids),
    )
    if answer.snapshot.ended:
        change |= Change(polled_at=answer.before, ready_at=answer.at)
    await context.change(job_id, **change)


async def _refused(context: JobContext, job_id: str, error: VendorRefused) -> None:
    """The vendor's final no to a question: the task has failed or is gone."""
    record = await context.store.record(job_id)
    kind = error_codes.kind_of(record.vendor, error.problem.code)
    if kind is Kind.GONE and record.pictures:
        await _succeed(context, record, max(1, record.expected - len(record.pictures)))
        return
    # Trouble with the account does not end the task: once it is mended, asking can go on.
    ends = {Kind.GONE: JobState.EXPIRED, Kind.TASK: JobState.FAILED}
    await context.end(record, ends.get(kind, JobState.OVERDUE), error.problem)


async def _finish(context: JobContext, job_id: str, snapshot: Snapshot | None, missing: Missing) -> None:
    record = await context.store.record(job_id)
    if missing.unsaved:
        await context.end(record, JobState.OVERDUE, NOT_SAVED)
    elif snapshot is None or missing.late:
        await context.end(record, JobState.OVERDUE, NOT_FETCHED)
    elif record.pictures:
        await _succeed(context, record, _failed_pictures(record, snapshot, missing))
    elif missing.gone:
        await context.end(record, JobState.EXPIRED, error_codes.expired_problem(record.vendor))
    else:
        await context.end(record, JobState.FAILED, _failure(record, snapshot))


async def _succeed(context: JobContext, record: JobRecord, failed: int) -> None:
    notes = (PARTIAL.format(made=len(record.pictures), failed=failed),) if failed else ()
    spent = record.live and not record.request.get("trial", False)
    await context.change(
        record.id,
        state=JobState.SUCCEEDED,
        failed_pictures=failed,
        notes=(*record.notes, *notes),
        charged=Charged.YES if spent else Charged.NO,
        finished_at=context.clock.now(),
    )


def _failed_pictures(record: JobRecord, snapshot: Snapshot, missing: Missing) -> int:
    """Pictures that were asked for and will not come: none when no part of the task failed."""
    failed = sum(part.status is TaskStatus.FAILED for part in snapshot.sub_tasks) + missing.gone
    return max(failed, record.expected - len(record.pictures)) if failed else 0


def _failure(record: JobRecord, snapshot: Snapshot) -> Problem:
    """Why there is no picture: the vendor's own word where there is one."""
    request_id = snapshot.request_ids[-1] if snapshot.request_ids else ""
    message = next((part.message for part in snapshot.sub_tasks if part.message), snapshot.message)
    if snapshot.code:
        explained = error_codes.explain(record.vendor, snapshot.code, "", request_id)
        return replace(explained, what=snapshot.message or explained.what)  # the wire has worded it
    if message:
        return error_codes.explain(record.vendor, "", message, request_id)
    return error_codes.no_picture_problem(record.vendor, request_id)


PARTIAL = "{made} pictures were made; {failed} could not be made."

NOT_FETCHED = Problem(
    "The pictures are made, but the vendor's server did not hand all of them over.",
    "Ask again in a while: the links stay good for hours, and asking is free.",
    Charged.YES,
    retryable=True,
)

NOT_SAVED = Problem(
    "The pictures are made, but the disk of this app is full, and not all of them could be saved.",
    "Make room, then ask again: the vendor keeps the pictures for hours at least, and asking is free.",
    Charged.YES,
    retryable=True,
    code="disk full",
)
