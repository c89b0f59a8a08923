"""Several jobs in one request, where a vendor takes few submits in a minute: one of them sends, and takes the
suits of its companions along, which name it as their `batch` and wait.

What leaves together is marked together before, gets its task id together, and is in doubt together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace

from tryon_core.errors import Charged, Problem
from tryon_core.job_state import JobState
from tryon_core.jobs.batch_place import BatchPlace, garments_of
from tryon_core.jobs.context import JobContext, with_id
from tryon_core.requests.request import Request, Suit, TryOnRequest
from tryon_core.storage import batches
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.vendors.registry import codes_of
from tryon_core.vendors.task import Receipt

LOOK_S = 1.0  # between two looks of a companion whether it has been sent


@dataclass(frozen=True, slots=True)
class Parcel:
    """Jobs that leave together, the one that sends first, each with its own request as the wire takes it.
    Companions ask for the same of other suits."""

    jobs: tuple[JobRecord, ...]
    requests: tuple[Request, ...]

    @property
    def first(self) -> JobRecord:
        return self.jobs[0]

    @property
    def request(self) -> Request:
        """What is sent: the first job's request, with all suits."""
        first = self.requests[0]
        return replace(first, suits=self._suits) if isinstance(first, TryOnRequest) else first

    @property
    def several(self) -> bool:
        return len(self.jobs) > 1

    @property
    def alone(self) -> Parcel:
        """The first one without its companions."""
        return Parcel(self.jobs[:1], self.requests[:1])

    @property
    def _suits(self) -> tuple[Suit, ...]:
        return tuple(
            suit for request in self.requests if isinstance(request, TryOnRequest) for suit in request.suits
        )

    def without(self, gone: Collection[str]) -> Parcel:
        """The same without some companions."""
        pairs = zip(self.jobs, self.requests, strict=True)
        jobs, requests = zip(*(pair for pair in pairs if pair[0].id not in gone), strict=True)
        return Parcel(jobs, requests)

    async def claimed(self, context: JobContext) -> frozenset[str]:
        """Writes the mark of sending to all of them, or to none: those that are not free to be sent any more.

        Raises `DiskFull` or `ReadOnly`: nothing is marked then.
        """
        now = context.clock.now()
        if not self.several:
            free = await context.store.claim_sending(self.first.id, now)
            return frozenset() if free else frozenset({self.first.id})
        known = tuple(map(garments_of, self._suits))
        places = {job.id: BatchPlace(at, known).packed() for at, job in enumerate(self.jobs)}
        return await context.store.claim_together(places, self.first.id, now)

    async def not_taken(self, context: JobContext, *, alone: bool = False) -> None:
        """Takes the marks off: nothing was sent, or it was provably not taken. Then they are to go `alone`,
        or together once more."""
        if not self.several:
            await context.change(self.first.id, sending_since=None)
            return
        batch = None if alone else self.first.id
        off = Change(sending_since=None, batch=batch, batch_place=None)
        await context.change_together({job.id: off for job in self.jobs})

    async def accepted(self, context: JobContext, receipt: Receipt) -> None:
        """Writes the task id to all of them, in one transaction."""
        if not self.several:
            await context.change(self.first.id, **_accepted(self.first, receipt))
        else:
            await context.change_together({job.id: _accepted(job, receipt) for job in self.jobs})

    async def end(self, context: JobContext, state: JobState, problem: Problem) -> None:
        """Ends all of them, the first last: what is left of them when this process is killed, the first
        one's next run finds by its mark."""
        for job in self.jobs[::-1]:
            await context.end(job, state, problem)


def _accepted(job: JobRecord, receipt: Receipt) -> Change:
    return Change(
        state=JobState.QUEUED,
        task_id=receipt.task_id,
        request_ids=with_id(job.request_ids, *receipt.request_ids),
        charged=Charged.UNKNOWN if job.live else Charged.NO,
    )


async def goes_by_itself(context: JobContext, record: JobRecord) -> bool:
    """Whether a job is to be sent by its own run. A companion waits here until it was sent along, or is not
    going to be."""
    while record.batch not in (None, record.id) and not record.state.ended and not record.task_id:
        first = await asyncio.to_thread(context.store.ledger.record, record.batch or "")
        # Read after the first one's: it writes what came of the request into both at once.
        record = await context.store.record(record.id)
        if first is not None and not first.state.ended and not first.task_id:
            await context.clock.sleep(LOOK_S)
        elif not record.task_id and record.sending_since is not None:
            await context.end(record, JobState.UNCERTAIN, codes_of(record.vendor).uncertain())
            return False
        elif not record.task_id:
            await context.change(record.id, batch=None, batch_place=None)
            return True
    return not record.state.ended and not record.task_id


async def companions(context: JobContext, record: JobRecord) -> list[JobRecord]:
    """The jobs that wait to be sent along with a job: only cells of collections have such."""
    if record.collection_id is None:
        return []
    return await asyncio.to_thread(batches.waiting_for, context.store.ledger, record.id)
