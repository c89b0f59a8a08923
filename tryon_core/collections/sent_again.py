"""A job of a collection that came to nothing and is sent again by itself: the new one takes its place there,
or the collection would have that made once more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from sqlalchemy.engine import Connection

from tryon_core.collections import reading, writing
from tryon_core.collections.records import CellRecord
from tryon_core.collections.writing import CellTaken
from tryon_core.job_state import JobState, Submission
from tryon_core.jobs.admission import MadeFor
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger

Send = Callable[..., Awaitable[Submission]]
NOTHING_CAME = (JobState.FAILED, JobState.EXPIRED)


async def in_place_of(ledger: Ledger, record: JobRecord, send: Send) -> Submission:
    """Sends the next job in place of this one, unless that was done before: then it is the one that was sent.
    It is its cell's, where it was one's; a job of its own where this one has its pictures, or the cell has
    another job by the time that this is kept. Raises what `send` does."""
    if not record.state.ended or record.state is JobState.SUCCEEDED:
        return await send()
    later, cell = await asyncio.to_thread(_found, ledger, record)
    if later:
        if cell:
            await asyncio.to_thread(_give, ledger, cell, later.id)
        return Submission(later.id, offered=True)
    if cell is None:
        return await send()
    try:
        return await send(made_for=MadeFor(cell.collection_id, partial(_take, cell)))
    except CellTaken:  # and nothing was kept
        return await send()


def _found(ledger: Ledger, record: JobRecord) -> tuple[JobRecord | None, CellRecord | None]:
    """What was sent in place of a job before, and did not come to nothing, too; and whose job this is."""
    since = (one for one in ledger.with_fingerprint(record.fingerprint) if one.generation > record.generation)
    later = next((one for one in since if one.deleted_at is None and one.state not in NOTHING_CAME), None)
    cell = reading.of_job(ledger, record.collection_id, record.id) if record.collection_id else None
    return later, cell


def _give(ledger: Ledger, cell: CellRecord, job_id: str) -> None:
    with suppress(CellTaken), ledger.engine.begin() as connection:
        writing.replace_job(connection, cell, job_id)


def _take(cell: CellRecord, connection: Connection, job_id: str) -> None:
    writing.replace_job(connection, cell, job_id)
