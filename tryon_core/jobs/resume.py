"""Takes jobs up: after a start what nobody follows, and later what may still have a result at its vendor."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

from tryon_core import identity
from tryon_core.account import Account
from tryon_core.errors import (
    Charged,
    InvalidRequest,
    JobNotFound,
    NeverSent,
    NoAnswer,
    VendorBusy,
    VendorRefused,
    rule,
)
from tryon_core.job_state import JobState
from tryon_core.jobs import job_log
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.polling import poll_once
from tryon_core.jobs.workflow import JobEngine
from tryon_core.requests.request import PickedUp
from tryon_core.requests.request_parts import to_json
from tryon_core.secret import Secret
from tryon_core.sentences import said
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.storage.store import Store
from tryon_core.vendors.error_codes import Kind
from tryon_core.vendors.registry import codes_of, name_of, vendor

LONGEST_ID = 120  # characters; the vendors' ids are numbers or under 40 characters
LOOK_S = 10.0  # for the one poll of a task whose id was typed: somebody waits for what it says
TakeBack = Callable[[JobRecord], Awaitable[None]]
_MAY_HAVE_A_TASK = (JobState.UNCERTAIN, JobState.FAILED)


def resumable(record: JobRecord) -> bool:
    """Whether a job ended without all of its pictures: its task may be polled again, as that is free."""
    return record.state.ended and (record.state is not JobState.SUCCEEDED or record.failed_pictures > 0)


class JobResumer:
    """Gives a job its next run. Of several who try at once, in whichever process, one does."""

    def __init__(self, context: JobContext, engine: JobEngine, secret: Secret, take_back: TakeBack) -> None:
        self._context, self._store, self._engine, self._take_back = context, context.store, engine, take_back
        self._accounts, self._secret, self._clock = context.accounts, secret, context.clock

    async def doubt_unsent(self) -> None:
        """For a start with a copy of the database, before the engine's: what has no task id there may have
        been sent since the copy was made. They are shown as such, and never sent by themselves."""
        for record in await self._unfinished():
            if not record.task_id:
                doubt = replace(codes_of(record.vendor).uncertain(), what=said("job.older_copy"))
                await self._context.end(record, JobState.UNCERTAIN, doubt)

    async def all_unfinished(self) -> None:
        """Most unfinished jobs the engine takes up itself; this is for those whose run it has not or lost."""
        for record in await self._unfinished():
            if await self._engine.is_over(record.id, record.runs):
                await self._next_run(record, Change())
            else:
                job_log.resumed(record)
                await self._engine.begin(record.id, record.runs)

    async def poll_again(self, record: JobRecord) -> JobRecord:
        """Goes on polling a job that ended without all of its pictures. Raises `InvalidRequest`."""
        if not record.task_id:
            raise InvalidRequest(*rule("no_task_id"))
        return await self._resume(record, record.task_id)

    async def adopt(self, record: JobRecord, text: str) -> JobRecord:
        """Gives a job without a task id the one that was typed. Raises `InvalidRequest`, also for a task that
        the vendor does not know, or `OwnKeyNeeded`."""
        task_id = _task_id_of(text)
        if record.task_id != task_id and (record.task_id or record.state not in _MAY_HAVE_A_TASK):
            raise InvalidRequest(*rule("has_a_task", state=said(f"state.{record.state}")))
        self._accounts.check_typed_tasks(record.account)
        own = await _own_job_of(self._store, record.account, task_id, record.owner)
        together = own is not None and own.batch is not None and own.batch == record.batch
        if own is not None and own.id != record.id and not together:
            raise InvalidRequest(*rule("own_task"))
        if record.task_id != task_id:
            await self._check_known(record, task_id)
        return await self._resume(record, task_id)

    async def pick_up(self, vendor_id: str, text: str, visitor: str) -> JobRecord:
        """A job for a task that was sent from elsewhere; the visitor's own job of it, where there is one,
        also one that was picked up before and has just been deleted.

        Raises `InvalidRequest` or `OwnKeyNeeded`; `JobNotFound` while that one is going for good.
        """
        task_id, owner = _task_id_of(text), identity.owner_of(visitor)
        account = self._accounts.account(vendor(vendor_id).id, owner)
        self._accounts.check_typed_tasks(account)
        own = await _own_job_of(self._store, account, task_id, owner)
        record = own or _picked_up(account, task_id, owner, self._secret, self._clock.now())
        if own is None and await asyncio.to_thread(self._store.ledger.add, record):
            await self._engine.begin(record.id, record.runs)
            return await self._store.record(record.id)
        there = await self._store.record(record.id)
        if there.deleted_at is not None:
            await self._take_back(there)
            there = await self._store.record(record.id)
        return await self._resume(there, task_id) if resumable(there) else there

    async def _check_known(self, record: JobRecord, task_id: str) -> None:
        """One poll, which is free: with a mistyped id the job would be that of no task, and could not be
        given another. Where the vendor says nothing now, the job polls on. Raises `InvalidRequest`."""
        typed = replace(record, task_id=task_id, sending_since=None)  # whenever it was sent
        try:
            async with asyncio.timeout(LOOK_S):
                await poll_once(self._context, typed)
        except VendorRefused as no:
            if codes_of(record.vendor).kind(no.problem.code) is Kind.GONE:
                known = rule("unknown_task", typed=task_id[:60], vendor=name_of(record.vendor))
                raise InvalidRequest(*known) from no
        except (NeverSent, NoAnswer, VendorBusy, TimeoutError):
            return

    async def _resume(self, record: JobRecord, task_id: str) -> JobRecord:
        if not record.state.ended and record.task_id == task_id:
            return record
        if not resumable(record):
            raise InvalidRequest(*rule("lacks_nothing", state=said(f"state.{record.state}")))
        await self._next_run(
            record,
            Change(
                state=JobState.QUEUED,
                task_id=task_id,
                problem=None,
                finished_at=None,
                charged=Charged.UNKNOWN if record.live else Charged.NO,
            ),
        )
        now = await self._store.record(record.id)
        if now.deleted_at is not None:
            raise JobNotFound
        return now

    async def _unfinished(self) -> list[JobRecord]:
        running = [state for state in JobState if not state.ended]
        return await asyncio.to_thread(self._store.ledger.in_states, running)

    async def _next_run(self, record: JobRecord, change: Change) -> None:
        if await self._store.change_run(record, change):
            job_log.resumed(record)
            await self._engine.begin(record.id, record.runs + 1)


def _task_id_of(text: str) -> str:
    """What was typed as a task id, without the spaces around it. Raises `InvalidRequest`."""
    task_id = text.strip()
    if not task_id or len(task_id) > LONGEST_ID or not task_id.isprintable() or " " in task_id:
        raise InvalidRequest(*rule("task_id", typed=task_id[:60] or said("word.nothing")))
    return task_id


async def _own_job_of(store: Store, account: Account, task_id: str, owner: str) -> JobRecord | None:
    """The owner's own job of this task, if there is one that is not deleted.

    Raises `InvalidRequest` when the task is somebody else's job here, also a deleted one that can be had
    back: whoever guesses an id gets no pictures.
    """
    known = await asyncio.to_thread(store.ledger.with_task, account.vendor, account.live, task_id)
    if any(record.owner != owner for record in known):
        raise InvalidRequest(*rule("others_task"))
    return next((record for record in known if record.deleted_at is None), None)


def _picked_up(account: Account, task_id: str, owner: str, secret: Secret, now: float) -> JobRecord:
    """The row of the new job. Picked up twice at once it has the same id both times."""
    vendor_id, live = account.vendor, account.live
    fingerprint = hashlib.sha256(f"task\n{owner}\n{vendor_id}\n{live}\n{task_id}".encode()).hexdigest()
    return JobRecord(
        id=identity.job_id_of(fingerprint, 1, secret),
        owner=owner,
        fingerprint=fingerprint,
        generation=1,
        vendor=vendor_id,
        live=live,
        own_key=account.mark or None,
        title=said("title.task", vendor=name_of(vendor_id), task_id=task_id),
        stem=identity.slug(f"{vendor_id} {task_id}"),
        request=to_json(PickedUp()),
        state=JobState.QUEUED,
        expected=0,
        submitted_at=now,
        task_id=task_id,
        charged=Charged.UNKNOWN if live else Charged.NO,
        runs=1,  # its time is not that of a task that was watched from the beginning
    )
