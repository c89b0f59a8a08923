"""How a task that has ended, or was refused, ends its job."""

from __future__ import annotations

from tryon_core.errors import Charged, Problem, VendorRefused, problem
from tryon_core.job_state import JobState
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.result_pictures import Missing
from tryon_core.sentences import Sentence, said
from tryon_core.storage.job_records import JobRecord
from tryon_core.vendors.error_codes import Kind
from tryon_core.vendors.registry import codes_of, name_of
from tryon_core.vendors.task import Snapshot, SubTask, TaskStatus

_NOT_MADE_0_3_0 = " could not be made."  # how 0.3.0 ended this note, which it kept without a key


async def end_refused(context: JobContext, job_id: str, error: VendorRefused) -> None:
    """The vendor's final no to a poll: the task has failed or is gone."""
    record = await context.store.record(job_id)
    kind = codes_of(record.vendor).kind(error.problem.code)
    if kind is Kind.GONE and record.pictures:
        lacking = record.expected - len(record.pictures) if record.expected else 1
        await _succeed(context, record, max(lacking, 0))
        return
    # Trouble with the account does not end the task: once it is mended, polling can go on.
    ends = {Kind.GONE: JobState.EXPIRED, Kind.TASK: JobState.FAILED}
    await context.end(record, ends.get(kind, JobState.OVERDUE), error.problem)


async def end_finished(context: JobContext, job_id: str, snapshot: Snapshot | None, missing: Missing) -> None:
    """The end of a task, by its last snapshot and what of its pictures could not be had."""
    record = await context.store.record(job_id)
    if missing.unsaved:
        await context.end(record, JobState.OVERDUE, problem("not_saved", Charged.YES, code="disk full"))
    elif snapshot is None or missing.late:
        await context.end(record, JobState.OVERDUE, problem("not_handed_over", Charged.YES))
    elif snapshot.mixed:
        said_no_more = problem("mixed_pictures", Charged.YES, code="mixed", vendor=name_of(record.vendor))
        await context.end(record, JobState.OVERDUE, said_no_more)
    elif record.pictures:
        await _succeed(context, record, _failed_pictures(record, snapshot, missing))
    elif missing.gone:
        await context.end(record, JobState.EXPIRED, codes_of(record.vendor).expired())
    else:
        await context.end(record, JobState.FAILED, _failure(record, snapshot))


async def _succeed(context: JobContext, record: JobRecord, failed: int) -> None:
    before = tuple(note for note in record.notes if not _says_what_is_missing(note))
    notes = (said("job.not_made", made=len(record.pictures), failed=failed),) if failed else ()
    spent = record.live and not record.request.get("trial", False)
    await context.change(
        record.id,
        state=JobState.SUCCEEDED,
        failed_pictures=failed,
        notes=(*before, *notes),
        charged=Charged.YES if spent else Charged.NO,
        finished_at=context.clock.now(),
    )


def _says_what_is_missing(note: str) -> bool:
    if isinstance(note, Sentence):
        return note.key == "job.not_made"
    return note.endswith(_NOT_MADE_0_3_0)


def _failed_pictures(record: JobRecord, snapshot: Snapshot, missing: Missing) -> int:
    """Pictures that were ordered and are not here; of a task of another program, its parts without any."""
    without = sum(part.status is TaskStatus.FAILED or not part.images for part in snapshot.sub_tasks)
    return max(without + missing.gone, record.expected - len(record.pictures))


def _failure(record: JobRecord, snapshot: Snapshot) -> Problem:
    """Why there is no picture: by the most telling of the codes and words of the task and its parts."""
    codes = codes_of(record.vendor)
    request_id = snapshot.request_ids[-1] if snapshot.request_ids else ""
    whole = SubTask(snapshot.status, message=snapshot.message, code=snapshot.code)
    failed = [part for part in (*snapshot.sub_tasks, whole) if part.status is TaskStatus.FAILED]
    if not failed:
        return codes.no_picture(request_id)
    best = min(failed, key=lambda part: (part.code not in codes.table, not (part.message or part.code)))
    return codes.failed(best.code, best.message, request_id)
