"""My jobs, as a visitor looks through them: a page at a time, searched, and deleted with a way back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from tryon_core import identity
from tryon_core.errors import InvalidRequest, JobNotFound, rule
from tryon_core.job_state import Job, JobState
from tryon_core.sentences import said
from tryon_core.storage import job_search
from tryon_core.storage.deletion import Deletion
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.job_search import EVERY, JobQuery, Place
from tryon_core.storage.store import Store

Seen = Callable[[Sequence[JobRecord]], Awaitable[tuple[Job, ...]]]


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, newest first, and where the next page begins; None behind the last."""

    jobs: tuple[Job, ...]
    next: Place | None


class Gallery:
    """A visitor's own jobs. `seen` makes of rows what those outside see."""

    def __init__(self, store: Store, deletion: Deletion, seen: Seen) -> None:
        self._store, self._deletion, self._seen = store, deletion, seen

    async def page(
        self, query: JobQuery = EVERY, *, visitor: str, after: Place | None = None, limit: int = 24
    ) -> JobPage:
        """At most `limit` of the visitor's jobs behind a place.

        >>> first = await studio.gallery.page(JobQuery("hoodie"), visitor=name)
        >>> second = await studio.gallery.page(JobQuery("hoodie"), visitor=name, after=first.next)
        """
        arguments = identity.owner_of(visitor), query, after, limit + 1
        found = await asyncio.to_thread(job_search.page, self._store.ledger, *arguments)
        shown, more = found[:limit], found[limit:]
        return JobPage(await self._seen(shown), Place(shown[-1].submitted_at, shown[-1].id) if more else None)

    async def counts(self, query: JobQuery = EVERY, *, visitor: str) -> Mapping[JobState, int]:
        """How many jobs of the visitor there are, by state."""
        owner = identity.owner_of(visitor)
        return await asyncio.to_thread(job_search.counts, self._store.ledger, owner, query)

    async def delete(self, job_id: str, *, visitor: str) -> None:
        """Deletes a job that has ended. For `UNDO_S` seconds `undo` has it back; then it goes for good, with
        its files. Raises `InvalidRequest` while it runs."""
        while not await self._deletion.mark(await self._deletable(job_id, visitor)):
            pass  # it changed at the same moment: what it is now decides

    async def undo(self, job_id: str, *, visitor: str) -> Job:
        """Has a deleted job back. Raises `JobNotFound` when it is gone for good."""
        record = await self._owned(job_id, visitor)
        await self._deletion.take_back(record)
        return (await self._seen([await self._store.record(job_id)]))[0]

    async def deleted(self, *, visitor: str) -> tuple[tuple[Job, float], ...]:
        """The visitor's jobs that can still be had back, the last one first, each with its Unix time of the
        deletion."""
        owner = identity.owner_of(visitor)
        found = [
            record
            for record in await asyncio.to_thread(self._store.ledger.deleted)
            if record.owner == owner and self._deletion.can_be_had_back(record)
        ]
        found.sort(key=lambda record: record.deleted_at or 0.0, reverse=True)
        times = (record.deleted_at or 0.0 for record in found)
        return tuple(zip(await self._seen(found), times, strict=True))

    async def _deletable(self, job_id: str, visitor: str) -> JobRecord:
        record = await self._owned(job_id, visitor)
        if record.deleted_at is not None:
            raise JobNotFound
        if not record.state.ended:
            raise InvalidRequest(*rule("still_runs", state=said(f"state.{record.state}")))
        return record

    async def _owned(self, job_id: str, visitor: str) -> JobRecord:
        record = await self._store.record(job_id)
        if not identity.owns(visitor, record.owner):
            raise JobNotFound
        return record
