"""Rows of jobs whose suits go out in one request: read together, and changed together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tryon_core.job_state import JobState
from tryon_core.storage import spending
from tryon_core.storage.job_records import JOBS, Change, JobRecord
from tryon_core.storage.ledger import Ledger, as_row, record_of

UNSENT = (
    (JOBS.c.state == JobState.SUBMITTING.value)
    & JOBS.c.sending_since.is_(None)
    & (JOBS.c.task_id == "")
    & JOBS.c.deleted_at.is_(None)
)


class _NotSo(Exception):
    """Some rows are not as they have to be: nothing is written."""


def waiting_for(ledger: Ledger, job_id: str) -> list[JobRecord]:
    """The jobs that wait to be taken along by a job's request, oldest first. Blocks for a millisecond."""
    companions = (JOBS.c.batch == job_id) & (JOBS.c.id != job_id) & UNSENT
    query = sa.select(JOBS).where(companions).order_by(JOBS.c.submitted_at, JOBS.c.id)
    with ledger.engine.connect() as connection:
        return [record_of(row) for row in connection.execute(query)]


def claim(ledger: Ledger, places: Mapping[str, dict[str, object]], batch: str, now: float) -> frozenset[str]:
    """Writes the mark "about to send" and its place to every job of a batch, and counts what that spends. The
    jobs that were sent, ended or deleted meanwhile: where there is one, nothing is written.

    After a `DiskFull` or `ReadOnly` nothing is marked.
    """
    marks = {
        job_id: Change(sending_since=now, batch=batch, batch_place=place) for job_id, place in places.items()
    }
    busy = frozenset[str]()
    with suppress(_NotSo), ledger.turn() as connection:
        busy = _written(ledger, connection, marks, UNSENT)
        if busy:
            raise _NotSo
    return busy


def change(ledger: Ledger, changes: Mapping[str, Change]) -> None:
    """Changes several rows in one transaction; what has no row any more is left out. Raises a
    `StorageFault`."""
    with ledger.turn() as connection:
        _written(ledger, connection, changes, sa.true())


def _written(
    ledger: Ledger, connection: Connection, changes: Mapping[str, Change], still: sa.ColumnElement[bool]
) -> frozenset[str]:
    """Writes changes of the rows that are `still` so and counts their revisions up, and what that spends or
    gives back. The ids of the others."""
    others = set[str]()
    for job_id, one in changes.items():
        values = {**as_row(dict(one)), "revision": JOBS.c.revision + 1}
        row = (JOBS.c.id == job_id) & still
        if connection.execute(sa.update(JOBS).where(row).values(values)).rowcount != 1:
            others.add(job_id)
    counted = [job_id for job_id in changes.keys() - others if spending.settle(connection, job_id)]
    if counted and ledger.tally is not None:
        spending.keep_beside(connection, ledger.tally)
    return frozenset(others)
