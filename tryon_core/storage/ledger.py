"""The job ledger: one table, in the same database as the engine that runs the jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from tryon_core.errors import Charged
from tryon_core.job_state import JobState
from tryon_core.storage.job_records import JOBS, METADATA, Change, JobRecord, plain, record_of
from tryon_core.storage.migration import bring_up

CONNECTIONS, PATIENCE_S = 10, 120.0  # kept open, and as many more; seconds that a crowd waits for one
BUSY_TIMEOUT_MS = 30_000  # the engine's own value for the same file
ONE_JOB = sa.select(JOBS).where(JOBS.c.id == sa.bindparam("wanted"))


class Ledger:
    """Reads and writes rows. Every method blocks for about a millisecond: call it in a worker thread."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    @property
    def engine(self) -> Engine:
        """The connections to the database, for what else is kept there."""
        return self._engine

    def open(self) -> None:
        """Makes the table when it is not there, and adds what one of an earlier version lacks."""
        if sa.event.contains(self._engine, "checkin", _close_late):
            sa.event.remove(self._engine, "checkin", _close_late)
        bring_up(self._engine, METADATA)

    def close(self) -> None:
        """Closes all connections; one that a thread still works with, when it is done."""
        sa.event.listen(self._engine, "checkin", _close_late)
        self._engine.dispose()

    def look(self) -> None:
        """Reads a row, to see that it can be done. Raises `sqlalchemy.exc.SQLAlchemyError` when not."""
        with self._engine.connect() as connection:
            connection.execute(sa.select(JOBS.c.id).limit(1)).first()

    def add(self, record: JobRecord) -> bool:
        """Writes a new row; False when its id is there already."""
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(JOBS).values(plain(asdict(record))))
        except sa.exc.IntegrityError:
            return False
        return True

    def change(self, job_id: str, change: Change) -> None:
        """Writes what has changed and counts the revision up."""
        values = {**plain(dict(change)), "revision": JOBS.c.revision + 1}
        with self._engine.begin() as connection:
            connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id).values(values))

    def change_run(self, job_id: str, run: int, change: Change) -> bool:
        """Writes a change with which the next run begins; False when that has begun already."""
        values = {**plain(dict(change)), "runs": run + 1, "revision": JOBS.c.revision + 1}
        this_run = (JOBS.c.id == job_id) & (JOBS.c.runs == run)
        with self._engine.begin() as connection:
            return connection.execute(sa.update(JOBS).where(this_run).values(values)).rowcount == 1

    def claim_sending(self, job_id: str, now: float) -> bool:
        """Writes the mark "about to send"; False when it was there already, from whichever process."""
        free = (JOBS.c.id == job_id) & JOBS.c.sending_since.is_(None)
        values = {"sending_since": now, "revision": JOBS.c.revision + 1}
        with self._engine.begin() as connection:
            return connection.execute(sa.update(JOBS).where(free).values(values)).rowcount == 1

    def delete(self, job_id: str, revision: int) -> bool:
        """Takes a row away; False when it has changed since it was read, or was gone already."""
        unchanged = (JOBS.c.id == job_id) & (JOBS.c.revision == revision)
        with self._engine.begin() as connection:
            gone = connection.execute(sa.delete(JOBS).where(unchanged)).rowcount == 1
        if gone and self._engine.dialect.name == "sqlite":
            self._empty_log()
        return gone

    def record(self, job_id: str) -> JobRecord | None:
        with self._engine.connect() as connection:
            row = connection.execute(ONE_JOB, {"wanted": job_id}).first()
        return None if row is None else record_of(row)

    def of_owner(self, owner: str) -> list[JobRecord]:
        """The owner's jobs, newest first."""
        return self._select(JOBS.c.owner == owner)

    def all(self) -> list[JobRecord]:
        """Everybody's jobs, newest first."""
        return self._select(sa.true())

    def with_task(self, vendor: str, live: bool, task_id: str) -> list[JobRecord]:
        """Everybody's jobs that stand for one task of a vendor, newest first."""
        return self._select((JOBS.c.vendor == vendor) & (JOBS.c.live == live) & (JOBS.c.task_id == task_id))

    def latest_with_fingerprint(self, fingerprint: str) -> JobRecord | None:
        """The youngest generation of one visitor's one request."""
        found = self._select(JOBS.c.fingerprint == fingerprint)
        return max(found, key=lambda record: record.generation, default=None)

    def in_states(self, states: Iterable[JobState], since: float = 0.0) -> list[JobRecord]:
        """Jobs in one of the states that were submitted after `since`."""
        wanted = JOBS.c.state.in_([state.value for state in states]) & (JOBS.c.submitted_at >= since)
        return self._select(wanted)

    def ids_in_states(self, states: Iterable[JobState], since: float = 0.0) -> list[str]:
        """Only the ids of the jobs of `in_states`: a thousand of them take milliseconds."""
        wanted = JOBS.c.state.in_([state.value for state in states]) & (JOBS.c.submitted_at >= since)
        with self._engine.connect() as connection:
            return list(connection.scalars(sa.select(JOBS.c.id).where(wanted)))

    def paid_pictures(self, since: float, owner: str | None = None) -> int:
        """Pictures submitted since a time that cost the operator something or may: one owner's, or all."""
        counted = JOBS.c.live & JOBS.c.own_key.is_(None) & (JOBS.c.submitted_at >= since)
        counted &= JOBS.c.finished_at.is_(None) | (JOBS.c.charged != Charged.NO.value)
        if owner is not None:
            counted &= JOBS.c.owner == owner
        query = sa.select(sa.func.coalesce(sa.func.sum(JOBS.c.expected), 0)).where(counted)
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def durations(self, vendor: str, live: bool, expected: int, newest: int) -> list[float]:
        """Seconds from submit to end of the newest succeeded jobs of one kind."""
        like = (JOBS.c.vendor == vendor) & (JOBS.c.live == live) & (JOBS.c.expected == expected)
        query = (
            sa.select(JOBS.c.finished_at - JOBS.c.submitted_at)
            .where(like & (JOBS.c.state == JobState.SUCCEEDED.value) & (JOBS.c.runs == 0))
            .order_by(JOBS.c.submitted_at.desc())
            .limit(newest)
        )
        with self._engine.connect() as connection:
            return [float(seconds) for seconds in connection.scalars(query)]

    def waits(
        self, vendor: str, live: bool, newest: int, *, version: str = "", expected: int | None = None
    ) -> list[tuple[float, float]]:
        """Of the newest succeeded tasks: seconds from the sending to the last poll that found it running
        (0 when there was none) and to the one that found it ended."""
        like = (JOBS.c.vendor == vendor) & (JOBS.c.live == live) & (JOBS.c.runs == 0)
        if version:
            like &= JOBS.c.request["version"].as_string() == version
        if expected is not None:
            like &= JOBS.c.expected == expected
        since = JOBS.c.sending_since
        query = (
            sa.select(sa.func.coalesce(JOBS.c.polled_at - since, 0.0), JOBS.c.ready_at - since)
            .where(like & (JOBS.c.state == JobState.SUCCEEDED.value) & (JOBS.c.ready_at > since))
            .order_by(JOBS.c.submitted_at.desc())
            .limit(newest)
        )
        with self._engine.connect() as connection:
            return [(float(after), float(by)) for after, by in connection.execute(query)]

    def _empty_log(self) -> None:
        """Takes what was deleted out of SQLite's write-ahead log too, unless somebody reads there now."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=200")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    def _select(self, where: sa.ColumnElement[bool]) -> list[JobRecord]:
        query = sa.select(JOBS).where(where).order_by(JOBS.c.submitted_at.desc())
        with self._engine.connect() as connection:
            return [record_of(row) for row in connection.execute(query)]


def _engine(url: str) -> Engine:
    address = sa.make_url(url)
    if address.get_backend_name() in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")  # the driver that comes with the engine
    engine = sa.create_engine(
        address, pool_pre_ping=True, pool_size=CONNECTIONS, max_overflow=CONNECTIONS, pool_timeout=PATIENCE_S
    )
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _close_late(_connection: DBAPIConnection, record: sa.pool.ConnectionPoolEntry) -> None:
    record.invalidate()  # its pool has been left, and would keep it until it is collected


def _tune_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for the writer
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted row's file names are overwritten, not only let go
    cursor.close()
