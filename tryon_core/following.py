"""The last two steps of a job: ask the vendor until the task has ended, and keep what it made."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from tryon_core import catalogue
from tryon_core.catalogue import Kind
from tryon_core.collecting import Missing, collect
from tryon_core.errors import Charged, NeverSent, NoAnswer, Problem, VendorBusy, VendorRefused
from tryon_core.job_state import JobState
from tryon_core.ledger import Entry
from tryon_core.pacing import PACES, next_wait
from tryon_core.tools import OTHER_VENDOR, Tools, with_id
from tryon_core.vendor import Snapshot, TaskStatus

# Seconds between tries to bring the last pictures home, about five minutes in all: AILab's result host
# was seen to stall, and links live at least for hours.
KEEP_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 120.0)


async def follow(tools: Tools, job_id: str) -> None:
    """Asks until the task has ended or the deadline is past; pictures are saved as they come."""
    entry = await tools.store.entry(job_id)
    if entry.state.ended:
        return
    if not tools.same_vendor(entry):
        await tools.end(entry, JobState.OVERDUE, OTHER_VENDOR)
        return
    try:
        async with aclosing(_snapshots(tools, entry)) as snapshots:
            async for snapshot in snapshots:
                await _note(tools, job_id, snapshot)
                await collect(tools, job_id, snapshot.images)
                if snapshot.ended:
                    tools.last[job_id] = snapshot
                    return
    except VendorRefused as error:
        await _refused(tools, job_id, error)
        return
    await tools.end(entry, JobState.OVERDUE, catalogue.overdue_problem(entry.vendor))


async def keep(tools: Tools, job_id: str) -> None:
    """Brings home what is missing, asking the vendor for fresh links, and ends the job."""
    entry = await tools.store.entry(job_id)
    if entry.state.ended:
        return
    snapshot = tools.last.pop(job_id, None)
    missing = Missing(late=1)
    try:
        for pause in KEEP_PAUSES_S:
            if snapshot is not None:
                missing = await collect(tools, job_id, snapshot.images)
            if not missing:
                break
            await tools.clock.sleep(max(pause, PACES[entry.vendor].every))
            snapshot = await _fresh(tools, entry) or snapshot
    except VendorRefused as error:
        await _refused(tools, job_id, error)
        return
    await _finish(tools, job_id, snapshot, missing)


async def _snapshots(tools: Tools, entry: Entry) -> AsyncGenerator[Snapshot, None]:
    """What the vendor says, at its pace, until the deadline. Transient faults are waited out."""
    pace = PACES[entry.vendor]
    begun = tools.clock.monotonic()
    asked, least, waited = 0, 0.0, 0.0
    while waited <= pace.deadline:
        wait = max(least, next_wait(pace, asked, waited, tools.random))
        await tools.clock.sleep(min(wait, pace.deadline))
        asked, least = asked + 1, 0.0
        try:
            yield await tools.vendors.query(entry.vendor, entry.task_id)
        except (NeverSent, NoAnswer):
            pass
        except VendorBusy as busy:
            least = busy.retry_after or 0.0
        waited = tools.clock.monotonic() - begun


async def _fresh(tools: Tools, entry: Entry) -> Snapshot | None:
    """The task with fresh links; None when the vendor cannot be asked just now."""
    try:
        return await tools.vendors.query(entry.vendor, entry.task_id)
    except (NeverSent, NoAnswer, VendorBusy):
        return None


async def _note(tools: Tools, job_id: str, snapshot: Snapshot) -> None:
    """Writes a new state, and with it the vendor's ids: every question has its own, and most say nothing."""
    entry = await tools.store.entry(job_id)
    state = JobState.QUEUED if snapshot.status is TaskStatus.QUEUED else JobState.RUNNING
    if state is not entry.state or snapshot.ended:
        request_ids = with_id(entry.request_ids, *snapshot.request_ids)
        await tools.change(job_id, state=state, request_ids=request_ids)


async def _refused(tools: Tools, job_id: str, error: VendorRefused) -> None:
    """The vendor's final no to a question: the task has failed or is gone."""
    entry = await tools.store.entry(job_id)
    kind = catalogue.kind_of(entry.vendor, error.problem.code)
    if kind is Kind.GONE and entry.pictures:
        await _succeed(tools, entry, max(1, entry.expected - len(entry.pictures)))
        return
    # Trouble with the account does not end the task: once it is mended, asking can go on.
    ends = {Kind.GONE: JobState.EXPIRED, Kind.TASK: JobState.FAILED}
    await tools.end(entry, ends.get(kind, JobState.OVERDUE), error.problem)


async def _finish(tools: Tools, job_id: str, snapshot: Snapshot | None, missing: Missing) -> None:
    entry = await tools.store.entry(job_id)
    if missing.unsaved:
        await tools.end(entry, JobState.OVERDUE, NOT_SAVED)
    elif snapshot is None or missing.late:
        await tools.end(entry, JobState.OVERDUE, NOT_FETCHED)
    elif entry.pictures:
        await _succeed(tools, entry, _failed_pictures(entry, snapshot, missing))
    elif missing.gone:
        await tools.end(entry, JobState.EXPIRED, catalogue.expired_problem(entry.vendor))
    else:
        await tools.end(entry, JobState.FAILED, _failure(entry, snapshot))


async def _succeed(tools: Tools, entry: Entry, failed: int) -> None:
    notes = (PARTIAL.format(made=len(entry.pictures), failed=failed),) if failed else ()
    spent = entry.live and not entry.request.get("trial", False)
    await tools.change(
        entry.id,
        state=JobState.SUCCEEDED,
        failed_pictures=failed,
        notes=(*entry.notes, *notes),
        charged=Charged.YES if spent else Charged.NO,
        finished_at=tools.clock.now(),
    )


def _failed_pictures(entry: Entry, snapshot: Snapshot, missing: Missing) -> int:
    """Pictures that were asked for and will not come: none when no part of the task failed."""
    failed = sum(part.status is TaskStatus.FAILED for part in snapshot.sub_tasks) + missing.gone
    return max(failed, entry.expected - len(entry.pictures)) if failed else 0


def _failure(entry: Entry, snapshot: Snapshot) -> Problem:
    """Why there is no picture: the vendor's own word where there is one."""
    request_id = snapshot.request_ids[-1] if snapshot.request_ids else ""
    message = next((part.message for part in snapshot.sub_tasks if part.message), snapshot.message)
    if snapshot.code:
        explained = catalogue.explain(entry.vendor, snapshot.code, "", request_id)
        return replace(explained, what=snapshot.message or explained.what)  # the wire has worded it
    if message:
        return catalogue.explain(entry.vendor, "", message, request_id)
    return catalogue.no_picture_problem(entry.vendor, request_id)


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
