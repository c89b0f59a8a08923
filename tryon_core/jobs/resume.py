"""Takes jobs up: after a start what nobody follows, and later what may still have a result at its vendor."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tryon_core import identity, job_log
from tryon_core.errors import Charged, InvalidRequest
from tryon_core.job_state import JobState
from tryon_core.jobs import picked_up_tasks
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.workflow import JobEngine
from tryon_core.secret import Secret
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.task import Vendor
from tryon_core.vendors import error_codes

RESUMABLE = (JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED)
OLDER_COPY = (
    "This app began again with a copy of its database: the request may have been sent since that copy."
)


class JobResumer:
    """Gives a job its next run. Of several who try at once, in whichever process, one does."""

    def __init__(self, context: JobContext, engine: JobEngine, secret: Secret) -> None:
        self._tools, self._store, self._engine = context, context.store, engine
        self._accounts, self._secret, self._clock = context.accounts, secret, context.clock

    async def doubt_unsent(self) -> None:
        """For a start with a copy of the database, before the engine's: what has no task id there may have
        been sent since the copy was made. Such jobs are told of, and never sent by themselves."""
        for record in await self._unfinished():
            if not record.task_id:
                doubt = replace(error_codes.uncertain_problem(record.vendor), what=OLDER_COPY)
                await self._tools.end(record, JobState.UNCERTAIN, doubt)

    async def all_unfinished(self) -> None:
        """Most unfinished jobs the engine takes up itself; this is for those whose run it has not or lost."""
        for record in await self._unfinished():
            if await self._engine.is_over(record.id, record.runs):
                await self._next_run(record, Change())
            else:
                job_log.resumed(record)
                await self._engine.begin(record.id, record.runs)

    async def poll_again(self, record: JobRecord) -> JobRecord:
        """Goes on asking about a job that ended without an answer. Raises `InvalidRequest`."""
        if not record.task_id:
            raise InvalidRequest("job", "no task id", "a job whose task id is known")
        return await self._resume(record, record.task_id)

    async def adopt(self, record: JobRecord, text: str) -> JobRecord:
        """Gives an uncertain job the task id that was typed. Raises `InvalidRequest` or `OwnKeyNeeded`."""
        task_id = picked_up_tasks.task_id_of(text)
        if record.state is not JobState.UNCERTAIN and record.task_id != task_id:
            raise InvalidRequest("job", f"it is {record.state}", "an uncertain job")
        self._accounts.check_typed_tasks(record.account)
        own = await picked_up_tasks.check_free(self._store, record.account, task_id, record.owner)
        if own is not None and own.id != record.id:
            raise InvalidRequest("task id", "the task of another job of yours", "a task that no job here has")
        return await self._resume(record, task_id)

    async def pick_up(self, vendor: Vendor, text: str, visitor: str) -> JobRecord:
        """A job for a task that was sent from elsewhere; the visitor's own job of it, where there is one.

        Raises `InvalidRequest` or `OwnKeyNeeded`.
        """
        task_id, owner = picked_up_tasks.task_id_of(text), identity.owner_of(visitor)
        account = self._accounts.account(vendor, owner)
        self._accounts.check_typed_tasks(account)
        own = await picked_up_tasks.check_free(self._store, account, task_id, owner)
        if own is not None:
            return await self._resume(own, task_id) if own.state in RESUMABLE else own
        record = picked_up_tasks.picked_up(account, task_id, owner, self._secret, self._clock.now())
        await asyncio.to_thread(self._store.ledger.add, record)
        await self._engine.begin(record.id, record.runs)
        return await self._store.record(record.id)

    async def _resume(self, record: JobRecord, task_id: str) -> JobRecord:
        if not record.state.ended and record.task_id == task_id:
            return record
        if record.state not in RESUMABLE:
            raise InvalidRequest("job", f"it is {record.state}", "an uncertain, overdue or expired job")
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
        return await self._store.record(record.id)

    async def _unfinished(self) -> list[JobRecord]:
        running = [state for state in JobState if not state.ended]
        return await asyncio.to_thread(self._store.ledger.in_states, running)

    async def _next_run(self, record: JobRecord, change: Change) -> None:
        if await self._store.change_run(record, change):
            job_log.resumed(record)
            await self._engine.begin(record.id, record.runs + 1)
