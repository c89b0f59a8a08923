"""The last two steps of a job: ask the vendor until the task has ended, and keep what it made."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from tryon_core.errors import Charged, NeverSent, NoAnswer, Problem, VendorBusy, VendorRefused
from tryon_core.job_state import JobState
from tryon_core.jobs.context import OTHER_VENDOR, Tools, with_id
from tryon_core.jobs.polling import Answer, ask_once, questions
from tryon_core.jobs.saving import Missing, collect
from tryon_core.poll_schedule.plan import PACES
from tryon_core.storage.job_records import Change, Entry
from tryon_core.task import Snapshot, TaskStatus
from tryon_core.vendors import error_codes
from tryon_core.vendors.download import key_of
from tryon_core.vendors.error_codes import Kind

# Seconds between tries to bring the last pictures home, about five minutes in all: AILab's result host
# was seen to stall, and links live at least for hours.
KEEP_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 120.0)


async def follow(tools: Tools, job_id: str) -> None:
    """Asks until the task has ended or the deadline is past; pictures are saved as they come."""
    entry = await tools.store.entry(job_id)
    if entry.state.ended:
        return
    if not tools.accounts.is_here(entry.account):
        await tools.end(entry, JobState.OVERDUE, OTHER_VENDOR)
        return
    try:
        last = await _until_ended(tools, entry)
    except VendorRefused as error:
        await _refused(tools, job_id, error)
        return
    if last is None:
        entry = await tools.store.entry(job_id)
        await tools.end(entry, JobState.OVERDUE, error_codes.overdue_problem(entry.vendor))
    else:
        tools.last[job_id] = last


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
            await tools.clock.sleep(max(pause, PACES[entry.vendor].least))
            await tools.wait_for_key(entry)
            snapshot = await _fresh(tools, entry) or snapshot
    except VendorRefused as error:
        await _refused(tools, job_id, error)
        return
    await _finish(tools, job_id, snapshot, missing)


async def _until_ended(tools: Tools, entry: Entry) -> Snapshot | None:
    """The final snapshot, or None at the deadline. What is new is written down on the way, and only that:
    most questions bring nothing, and a thousand jobs ask."""
    state, seen = entry.state, frozenset[str]()
    async with aclosing(questions(tools, entry)) as answers:
        async for answer in answers:
            snapshot = answer.snapshot
            links = frozenset(key_of(image.url) for image in snapshot.images)
            if snapshot.ended or _state_of(snapshot) is not state:
                state = _state_of(snapshot)
                await _note(tools, entry.id, answer)
            if links - seen:
                missing = await collect(tools, entry.id, snapshot.images)
                seen = seen if missing else links
            if snapshot.ended:
                return snapshot
    return None


async def _fresh(tools: Tools, entry: Entry) -> Snapshot | None:
    """The task with fresh links; None when the vendor cannot be asked just now."""
    try:
        return await ask_once(tools, entry)
    except (NeverSent, NoAnswer, VendorBusy):
        return None


def _state_of(snapshot: Snapshot) -> JobState:
    return JobState.QUEUED if snapshot.status is TaskStatus.QUEUED else JobState.RUNNING


async def _note(tools: Tools, job_id: str, answer: Answer) -> None:
    """Writes a new state, and with it the vendor's ids: every question has its own, and most say nothing.
    At the end also when it ended, from which later jobs learn when to ask."""
    entry = await tools.store.entry(job_id)
    change = Change(
        state=_state_of(answer.snapshot),
        request_ids=with_id(entry.request_ids, *answer.snapshot.request_ids),
    )
    if answer.snapshot.ended:
        change |= Change(asked_at=answer.before, ready_at=answer.at)
    await tools.change(job_id, **change)


async def _refused(tools: Tools, job_id: str, error: VendorRefused) -> None:
    """The vendor's final no to a question: the task has failed or is gone."""
    entry = await tools.store.entry(job_id)
    kind = error_codes.kind_of(entry.vendor, error.problem.code)
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
        await tools.end(entry, JobState.EXPIRED, error_codes.expired_problem(entry.vendor))
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
        explained = error_codes.explain(entry.vendor, snapshot.code, "", request_id)
        return replace(explained, what=snapshot.message or explained.what)  # the wire has worded it
    if message:
        return error_codes.explain(entry.vendor, "", message, request_id)
    return error_codes.no_picture_problem(entry.vendor, request_id)


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
