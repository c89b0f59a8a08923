"""Takes jobs up: after a start what nobody follows, and later what may still have a result at its vendor."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tryon_core import catalogue, diary
from tryon_core.errors import Charged, InvalidRequest
from tryon_core.job import JobEngine
from tryon_core.job_state import JobState
from tryon_core.ledger import Change, Entry
from tryon_core.tools import Tools

RESUMABLE = (JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED)
OLDER_COPY = (
    "This app began again with a copy of its database: the request may have been sent since that copy."
)


class TakingUp:
    """Gives a job its next run. Of several who try at once, in whichever process, one does."""

    def __init__(self, tools: Tools, engine: JobEngine) -> None:
        self._tools, self._store, self._engine = tools, tools.store, engine

    async def doubt_unsent(self) -> None:
        """For a start with a copy of the database, before the engine's: what has no task id there may have
        been sent since the copy was made. Such jobs are told of, and never sent by themselves."""
        for entry in await self._unfinished():
            if not entry.task_id:
                doubt = replace(catalogue.uncertain_problem(entry.vendor), what=OLDER_COPY)
                await self._tools.end(entry, JobState.UNCERTAIN, doubt)

    async def all_unfinished(self) -> None:
        """Most unfinished jobs the engine takes up itself; this is for those whose run it has not or lost."""
        for entry in await self._unfinished():
            if await self._engine.is_over(entry.id, entry.runs):
                await self._next_run(entry, Change())
            else:
                diary.resumed(entry)
                await self._engine.begin(entry.id, entry.runs)

    async def resume(self, entry: Entry, task_id: str) -> None:
        """Goes on asking about an ended job; one that goes on already is left alone.

        Raises `InvalidRequest` when the job has come to its real end.
        """
        if not entry.state.ended and entry.task_id == task_id:
            return
        if entry.state not in RESUMABLE:
            raise InvalidRequest("job", f"it is {entry.state}", "an uncertain, overdue or expired job")
        await self._next_run(
            entry,
            Change(
                state=JobState.QUEUED,
                task_id=task_id,
                problem=None,
                finished_at=None,
                charged=Charged.UNKNOWN if entry.live else Charged.NO,
            ),
        )

    async def _unfinished(self) -> list[Entry]:
        running = [state for state in JobState if not state.ended]
        return await asyncio.to_thread(self._store.ledger.in_states, running)

    async def _next_run(self, entry: Entry, change: Change) -> None:
        if await self._store.change_run(entry, change):
            diary.resumed(entry)
            await self._engine.begin(entry.id, entry.runs + 1)
