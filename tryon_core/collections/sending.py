"""A cell's way to its job: when its turn has come in the queue, it is let in as any request is, once.

A run of a cell holds its place in the queue until its job has ended, so that a few are on their way at a time
and another visitor's single job finds the vendor free. Where the vendor takes few submits, a cell takes
others that wait for the same model along: each has its own job, and one request has the suits of all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from contextvars import Context
from functools import partial
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy.engine import Connection

from tryon_core.collections import parts, reading, records, writing
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.parts import Order
from tryon_core.collections.records import CellRecord, Whole
from tryon_core.collections.refining import Refining
from tryon_core.collections.writing import CellTaken
from tryon_core.database_away import pause, when_back
from tryon_core.disk import told_by_kind
from tryon_core.errors import (
    DiskFull,
    JobNotFound,
    Problem,
    ReadOnly,
    StorageFault,
    TooMuchKept,
    TryOnError,
    problem,
)
from tryon_core.events import Events
from tryon_core.identity import short_id
from tryon_core.job_state import JobState
from tryon_core.jobs.admission import Admission, MadeFor
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.holds.submit_rate_limit import limit_of
from tryon_core.jobs.work_queue import WorkQueue
from tryon_core.jobs.workflow import JobEngine
from tryon_core.observability.logs import if_debug
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.store import packed_problem

T = TypeVar("T")
# Half of what is sent to one vendor at once (`SENDS_AT_ONCE` in the workflow): the other half is for others.
CELLS_AT_ONCE: Final = 4
QUEUE: Final = "cells of collections"  # a name in databases

log = logging.getLogger(__name__)


class CellSender:
    """Sends cells, a few at a time for each account. `reread_s` is how late a process sees what another one
    did."""

    def __init__(
        self,
        context: JobContext,
        admission: Admission,
        engine: JobEngine,
        folders: CollectionFolders,
        refining: Refining,
        events: Events,
        reread_s: float,
    ) -> None:
        self._context, self._store, self._ledger = context, context.store, context.store.ledger
        self._admission, self._engine, self._folders = admission, engine, folders
        self._refining = refining
        self._events, self._reread_s = events, reread_s
        self._queue = WorkQueue(QUEUE, self._run, CELLS_AT_ONCE)
        self._putting: set[asyncio.Task[None]] = set()
        self._taking_along: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        engine.also_runs(self._queue)

    async def start(self) -> None:
        """Sees to it that every waiting cell is in the queue, also what a process that was killed left."""
        with suppress(StorageFault):  # the next start tries again
            self.put(await asyncio.to_thread(reading.waiting, self._ledger))

    async def stop(self) -> None:
        """Leaves what is not in the queue yet to the next start. Before the engine stops."""
        for task in self._putting:
            task.cancel()
        await asyncio.gather(*self._putting, return_exceptions=True)

    def put(self, cells: Iterable[CellRecord]) -> None:
        """Puts cells that wait into the queue, in the order of their turns, while the caller goes on."""
        self._later(self._put(tuple(cells)))

    def take_out(self, cells: Sequence[tuple[str, int]]) -> None:
        """Takes cells that were stopped, by id and attempt, out of the queue, where they would only be in the
        way of others."""
        self._later(self._queue.take_out(cells))

    async def forget(self, cells: Iterable[CellRecord]) -> None:
        """Takes the engine's records of cells away. Raises a `StorageFault`."""
        with told_by_kind():
            await self._queue.forget((cell.id, cell.attempt) for cell in cells)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._putting.add(task)
        task.add_done_callback(self._put_done)

    def _put_done(self, task: asyncio.Task[None]) -> None:
        self._putting.discard(task)
        if not task.cancelled() and (error := task.exception()):  # what is not in is put in at the next start
            log.error(
                "cells were not put into the queue: %s", type(error).__name__, exc_info=if_debug(log, error)
            )

    async def _put(self, cells: Iterable[CellRecord]) -> None:
        for cell in cells:
            await self._queue.put(cell.id, cell.attempt, key=cell.account.name, turn=cell.turn)

    async def _run(self, cell_id: str, attempt: int) -> None:
        cell = await self._patiently(partial(asyncio.to_thread, reading.cell, self._ledger, cell_id))
        if cell is None or cell.attempt != attempt:
            return
        job = await self._or_failed(cell, self._when_kept(partial(self._begun, cell)))
        self._events.changed(cell.collection_id)
        if job is not None:
            await self._until_ended(job.id, cell.collection_id)

    async def _or_failed(self, cell: CellRecord, work: Awaitable[JobRecord | None]) -> JobRecord | None:
        """What `work` makes of a cell; None where it cannot be sent, which is written then."""
        try:
            return await work
        except TryOnError as error:
            await self._failed(cell, error.problem)
        except Exception as error:  # the one boundary: a cell must end, whatever breaks
            kind = type(error).__name__  # and no more: the text of an error may hold a signed link
            log.error("cell %s broke: %s", short_id(cell.id), kind, exc_info=if_debug(log, error))
            await self._failed(cell, problem("broken_before"))
        return None

    async def _begun(self, cell: CellRecord) -> JobRecord | None:
        """The cell's job, begun; None where it has none and is to have none."""
        if cell.state == records.WAITING:
            await self._context.wait_for_key(cell)
        async with self._one_by_one(cell):
            now = await asyncio.to_thread(reading.cell, self._ledger, cell.id)
            if now is None or now.attempt != cell.attempt:
                return None
            if now.state == records.WAITING:
                return await self._sent(now)
        if now.state == records.SENT and now.job_id:  # taken along, or an earlier process came as far as this
            return await self._started(await self._store.record(now.job_id))
        return None

    async def _sent(self, cell: CellRecord) -> JobRecord | None:
        """Begins the cell's job, and before it the jobs of cells that its request takes along."""
        record = await self._let_in(cell)
        if record is None:
            return None
        if others := self._room_beside(cell, record):
            for other in await asyncio.to_thread(reading.beside, self._ledger, cell, others):
                if await asyncio.to_thread(self._takes_nothing):
                    break  # its own turn comes, and this one's request is not to wait for that
                let_in = self._patiently(partial(self._let_in, other, record.id))
                along = await self._or_failed(other, let_in)
                if along is not None:
                    await self._started(along)
        return await self._started(record)

    def _one_by_one(self, cell: CellRecord) -> AbstractAsyncContextManager[None]:
        """Where cells take others along, of a collection one does at a time: two would take the same."""
        if self._context.accounts.settings.of(cell.vendor).suits_per_request == 1:
            return nullcontext()
        return self._taking_along.setdefault(cell.collection_id, asyncio.Lock())

    def _room_beside(self, cell: CellRecord, record: JobRecord) -> int:
        """How many more suits go into the request of a cell's job: none, unless the vendor takes few."""
        own = record.collection_id == cell.collection_id and cell.source_job_id is None
        unsent = record.state is JobState.SUBMITTING and record.sending_since is None
        granted = self._context.accounts.settings.of(cell.vendor)
        few = limit_of(record, granted.submits_per_minute) > 0
        return granted.suits_per_request - 1 if own and unsent and few and record.batch is None else 0

    async def _let_in(self, cell: CellRecord, batch: str | None = None) -> JobRecord | None:
        """Lets the cell's request in. A job of the visitor's that runs for the same one is the cell's."""
        whole = await asyncio.to_thread(reading.around, self._ledger, cell)
        if whole is None:
            return None
        order = await self._order(whole, cell)
        candidate = await self._admission.candidate_of(order.request, cell.owner, cell.account)
        made_for = MadeFor(cell.collection_id, partial(_take, cell), batch)
        try:
            record = await self._admission.admit(candidate, order.title, order.stem, made_for)
            await asyncio.to_thread(writing.adopt, self._ledger, cell, record.id)
        except CellTaken:
            return None
        return record

    async def _order(self, whole: Whole, cell: CellRecord) -> Order:
        if cell.source_job_id is None:
            return parts.order_of(whole, cell, self._folders.of(cell.collection_id))
        return await self._refining.order_of(cell)

    async def _started(self, record: JobRecord) -> JobRecord:
        if not record.state.ended:
            begin = self._engine.begin(record.id, record.runs)
            await asyncio.create_task(begin, context=Context())  # a job of its own, not part of this run
        return record

    async def _until_ended(self, job_id: str, collection_id: str) -> None:
        """Holds the place in the queue, and tells the collection's watchers of each change."""
        seen = None
        while True:
            signal = self._events.signal(job_id)
            try:
                record = await self._patiently(partial(self._store.record, job_id))
            except JobNotFound:
                return
            if record.revision != seen:
                seen = record.revision
                self._events.changed(collection_id)
            if record.state.ended:
                return
            await signal.rung(self._reread_s)

    async def _failed(self, cell: CellRecord, why: Problem) -> None:
        """Writes why the cell cannot be sent, as soon as that can be written: it has no job then."""
        while True:
            try:
                await asyncio.to_thread(writing.fail, self._ledger, cell, packed_problem(why))
                return
            except StorageFault:
                await pause(self._context.clock)

    async def _when_kept(self, work: Callable[[], Awaitable[T]]) -> T:
        """The same, and also while nothing can be kept here at all: nothing of a cell that waits is spent,
        and all others would fail one after the other."""
        while True:
            try:
                return await self._patiently(work)
            except TooMuchKept:
                raise
            except (DiskFull, ReadOnly):
                await pause(self._context.clock)

    def _takes_nothing(self) -> bool:
        room = self._admission.room
        return room.is_full() or not room.is_writable()

    async def _patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        return await when_back(work, partial(pause, self._context.clock))


def _take(cell: CellRecord, connection: Connection, job_id: str) -> None:
    writing.take(connection, cell, job_id)
