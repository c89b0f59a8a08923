"""How a task that has ended, or was refused, ends its job."""

from __future__ import annotations

from dataclasses import replace

from tryon_core.errors import Charged, Problem, VendorRefused
from tryon_core.job_state import JobState
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.result_pictures import Missing
from tryon_core.storage.job_records import JobRecord
from tryon_core.task import Snapshot, TaskStatus
from tryon_core.vendors.error_codes import Kind
from tryon_core.vendors.registry import vendor


async def end_refused(context: JobContext, job_id: str, error: VendorRefused) -> None:
    """The vendor's final no to a poll: the task has failed or is gone."""
    record = await context.store.record(job_id)
    kind = vendor(record.vendor).codes.kind(error.problem.code)
    if kind is Kind.GONE and record.pictures:
        await _succeed(context, record, max(1, record.expected - len(record.pictures)))
        return
    # Trouble with the account does not end the task: once it is mended, polling can go on.
    ends = {Kind.GONE: JobState.EXPIRED, Kind.TASK: JobState.FAILED}
    await context.end(record, ends.get(kind, JobState.OVERDUE), error.problem)


async def end_finished(context: JobContext, job_id: str, snapshot: Snapshot | None, missing: Missing) -> None:
    """The end of a task, by its last snapshot and what of its pictures could not be had."""
    record = await context.store.record(job_id)
    if missing.unsaved:
        await context.end(record, JobState.OVERDUE, NOT_SAVED)
    elif snapshot is None or missing.late:
        await context.end(record, JobState.OVERDUE, NOT_FETCHED)
    elif record.pictures:
        await _succeed(context, record, _failed_pictures(record, snapshot, missing))
    elif missing.gone:
        await context.end(record, JobState.EXPIRED, vendor(record.vendor).codes.expired())
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
    codes = vendor(record.vendor).codes
    request_id = snapshot.request_ids[-1] if snapshot.request_ids else ""
    message = next((part.message for part in snapshot.sub_tasks if part.message), snapshot.message)
    if snapshot.code:
        explained = codes.explain(snapshot.code, "", request_id)
        return replace(explained, what=snapshot.message or explained.what)  # the wire has worded it
    if message:
        return codes.explain("", message, request_id)
    return codes.no_picture(request_id)


PARTIAL = "{made} pictures were made; {failed} could not be made."

NOT_FETCHED = Problem(
    "The pictures are made, but the vendor's server did not hand all of them over.",
    "Ask again in a while: the links stay good for hours, and asking is free.",
    Charged.YES,
)

NOT_SAVED = Problem(
    "The pictures are made, but the disk of this app is full, and not all of them could be saved.",
    "Make room, then ask again: the vendor keeps the pictures for hours at least, and asking is free.",
    Charged.YES,
    code="disk full",
)
