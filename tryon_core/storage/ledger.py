"""The job ledger: one table, in the same database as the engine that runs the jobs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from tryon_core.disk import fault_of
from tryon_core.errors import Charged, StorageFault
from tryon_core.identity import ADDRESS, JOB_ID
from tryon_core.job_state import RUNNING, JobState
from tryon_core.sentences import packed, plain, read_json, restored
from tryon_core.storage import spending
from tryon_core.storage.job_records import GENERATION, JOBS, Change, JobRecord
from tryon_core.storage.migration import TURN, bring_up

CONNECTIONS, PATIENCE_S = 10, 120.0  # kept open, and as many more; seconds that a crowd waits for one
BUSY_TIMEOUT_MS = 30_000  # the engine's own value for the same file
SPENT_BY = {"sending_since", "finished_at", "charged"}  # what decides whether a job has spent anything
ONE_JOB = sa.select(JOBS).where(JOBS.c.id == sa.bindparam("wanted"))


class Ledger:
    """Reads and writes rows. Every method blocks for about a millisecond: call it in a worker thread. Raises
    a `StorageFault` where that cannot be done now.

    `tally` is the file beside the database that outlives it, for what was spent.
    """

    def __init__(self, url: str, tally: Path | None = None) -> None:
        self._engine, self.tally = _engine_at(url), tally

    @property
    def engine(self) -> Engine:
        """The connections to the database, for what else is kept there."""
        return self._engine

    def open(self, spent: Iterable[Mapping[str, object]] = ()) -> None:
        """Makes the tables when they are not there, and adds what those of an earlier version lack. `spent`
        is the tally of a database in whose place this one is used."""
        if sa.event.contains(self._engine, "checkin", _close_late):
            sa.event.remove(self._engine, "checkin", _close_late)
        bring_up(self._engine)
        with self.turn() as connection:
            spending.count_earlier(connection)
            beside = spending.kept_beside(self.tally) if self.tally else ()
            spending.take_larger(connection, (*beside, *spent))
            before = connection.scalar(sa.delete(GENERATION).returning(GENERATION.c.number)) or 0
            # By the time as well: of two starts that followed the same one, the later is the fresher.
            number = max(before + 1, int(time.time() * 1000))
            connection.execute(sa.insert(GENERATION).values(number=number))

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """A transaction that nobody else's of this kind is in the middle of, in whichever process."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(TURN[self._engine.dialect.name])
            yield connection

    def close(self) -> None:
        """Closes all connections; one that a thread still works with, when it is done."""
        sa.event.listen(self._engine, "checkin", _close_late)
        self._engine.dispose()

    def look(self) -> None:
        """Reads a row, to see that it can be done. Raises when not."""
        with self._engine.connect() as connection:
            connection.execute(sa.select(JOBS.c.id).limit(1)).first()

    def add(self, record: JobRecord, check: Callable[[Connection], None] = lambda _: None) -> bool:
        """Writes a new row; False when its id is there already, or a job of its fingerprint runs. `check` may
        refuse it, by raising: of two rows at once, in whichever process, it sees the first before the second.
        """
        runs = JOBS.c.state.in_([state.value for state in RUNNING])
        there = (JOBS.c.id == record.id) | ((JOBS.c.fingerprint == record.fingerprint) & runs)
        try:
            with self.turn() as connection:
                if connection.execute(sa.select(JOBS.c.id).where(there).limit(1)).first() is not None:
                    return False
                check(connection)
                connection.execute(sa.insert(JOBS).values(as_row(asdict(record))))
        except sa.exc.IntegrityError:
            return False
        return True

    def change(self, job_id: str, change: Change) -> None:
        """Writes what has changed and counts the revision up."""
        self._update(job_id, sa.true(), as_row(dict(change)))

    def change_where(self, job_id: str, where: sa.ColumnElement[bool], change: Change) -> bool:
        """Writes what has changed if the row is still so; else False."""
        return self._update(job_id, where, as_row(dict(change)))

    def change_run(self, job_id: str, run: int, change: Change) -> bool:
        """Writes a change with which the next run begins; False when that has begun already, or the job was
        deleted."""
        still = (JOBS.c.runs == run) & JOBS.c.deleted_at.is_(None)
        return self._update(job_id, still, {**as_row(dict(change)), "runs": run + 1})

    def claim_sending(self, job_id: str, now: float) -> bool:
        """Writes the mark "about to send", and counts what that spends; False when the mark was there
        already, from whichever process. After a `DiskFull` or `ReadOnly` nothing is marked."""
        return self._update(job_id, JOBS.c.sending_since.is_(None), {"sending_since": now})

    def _update(self, job_id: str, where: sa.ColumnElement[bool], values: dict[str, object]) -> bool:
        spends = not SPENT_BY.isdisjoint(values)
        values = {**values, "revision": JOBS.c.revision + 1}
        # Of two that spend at once, the second writes what the first did into the file beside, too.
        with self.turn() if spends else self._engine.begin() as connection:
            row = (JOBS.c.id == job_id) & where
            done = connection.execute(sa.update(JOBS).where(row).values(values)).rowcount == 1
            counted = done and spends and spending.settle(connection, job_id)
            if counted and self.tally is not None:
                spending.keep_beside(connection, self.tally)
        return done

    def delete(self, job_id: str, revision: int) -> bool:
        """Takes a row away; False when it has changed since it was read, or was gone already."""
        unchanged = (JOBS.c.id == job_id) & (JOBS.c.revision == revision)
        with self._engine.begin() as connection:
            gone = connection.execute(sa.delete(JOBS).where(unchanged)).rowcount == 1
        if gone and self._engine.dialect.name == "sqlite":
            with suppress(StorageFault, sa.exc.OperationalError):  # on a full disk it is emptied another time
                self._empty_log()
        return gone

    def record(self, job_id: str) -> JobRecord | None:
        """The row of a job; None for whatever else was asked for."""
        if not JOB_ID.fullmatch(job_id):
            return None
        with self._engine.connect() as connection:
            row = connection.execute(ONE_JOB, {"wanted": job_id}).first()
        return None if row is None else record_of(row)

    def of_owner(self, owner: str) -> list[JobRecord]:
        """The owner's jobs, newest first."""
        return self._select((JOBS.c.owner == owner) & JOBS.c.deleted_at.is_(None))

    def ids_of_owner(self, owner: str) -> list[str]:
        """The ids of all of the owner's jobs that have a row, deleted ones too."""
        with self._engine.connect() as connection:
            return list(connection.scalars(sa.select(JOBS.c.id).where(JOBS.c.owner == owner)))

    def of_owner_at(self, owner: str, beginning: str) -> list[JobRecord]:
        """The owner's jobs whose ids begin with this address, newest first; none for whatever else it is."""
        if not ADDRESS.fullmatch(beginning):
            return []
        there = (JOBS.c.owner == owner) & JOBS.c.deleted_at.is_(None)
        return self._select(there & JOBS.c.id.startswith(beginning, autoescape=True))

    def deleted(self) -> list[JobRecord]:
        """Everybody's jobs that are marked as deleted."""
        return self._select(JOBS.c.deleted_at.is_not(None))

    def all(self) -> list[JobRecord]:
        """Everybody's jobs, newest first."""
        return self._select(sa.true())

    def with_task(self, vendor: str, live: bool, task_id: str) -> list[JobRecord]:
        """Everybody's jobs that stand for one task of a vendor, newest first; deleted ones too."""
        task = (JOBS.c.vendor == vendor) & (JOBS.c.live == live) & (JOBS.c.task_id == task_id)
        return self._select(task)

    def with_fingerprint(self, fingerprint: str) -> tuple[JobRecord, ...]:
        """The jobs of one visitor's one request, the youngest generation first; deleted ones too."""
        found = self._select(JOBS.c.fingerprint == fingerprint)
        return tuple(sorted(found, key=lambda record: record.generation, reverse=True))

    def in_states(self, states: Iterable[JobState], since: float = 0.0) -> list[JobRecord]:
        """Jobs in one of the states that were submitted after `since`."""
        wanted = JOBS.c.state.in_([state.value for state in states]) & (JOBS.c.submitted_at >= since)
        return self._select(wanted)

    def ids_in_states(self, states: Iterable[JobState], since: float = 0.0) -> list[str]:
        """Only the ids of the jobs of `in_states`: a thousand of them take milliseconds."""
        wanted = JOBS.c.state.in_([state.value for state in states]) & (JOBS.c.submitted_at >= since)
        with self._engine.connect() as connection:
            return list(connection.scalars(sa.select(JOBS.c.id).where(wanted)))

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


def as_row(values: dict[str, object]) -> dict[str, object]:
    """Values as the database takes them."""
    beside = {f"{name}_said": _said(values[name]) for name in _TEXTS if name in values}
    return {name: _as_value(value) for name, value in values.items()} | beside


def _as_value(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return list(map(_as_value, value))
    return plain(str(value)) if isinstance(value, str) else value


def _said(texts: Any) -> dict[str, object] | None:
    several = (texts,) if isinstance(texts, str) else texts
    return {plain(str(text)): kept for text in several if (kept := packed(text)) is not None} or None


def _sentences(texts: Any, said: Any) -> Any:
    """A text, or several, as the sentences that `_said` took them for."""
    if isinstance(texts, tuple):
        return tuple(_sentences(text, said) for text in texts)
    return restored(texts, said.get(texts)) if isinstance(texts, str) and isinstance(said, dict) else texts


def record_of(row: Row[tuple[object, ...]]) -> JobRecord:
    """A row as it was written. What of it cannot be read has the value in `_INSTEAD`, and the request says
    that it is not all there: one bad row hides no other."""
    values = {column.key: row._mapping[column] for column in JOBS.columns}
    for name, (read, instead) in _READ.items():
        try:
            values[name] = read(values[name])
        except (TypeError, ValueError):
            values |= {name: instead, "request": {}}
    for name in _TEXTS:
        values[name] = _sentences(values[name], values.pop(f"{name}_said"))
    return JobRecord(**values)


_TEXTS = ("title", "notes")

# How a column is read, and what stands in its place where that fails: an end that can be asked about again.
_READ: dict[str, tuple[Callable[[Any], object], object]] = {
    "request": (dict, {}),
    "request_ids": (tuple, ()),
    "pictures": (lambda pictures: tuple(map(dict, pictures)), ()),
    "notes": (tuple, ()),
    "state": (JobState, JobState.OVERDUE),
    "charged": (Charged, Charged.UNKNOWN),
}


def _engine_at(url: str) -> Engine:
    """The connections to a database. What goes wrong there is raised as a `StorageFault`."""
    address = sa.make_url(url)
    if address.get_backend_name() in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")  # the driver that comes with the engine
    engine = sa.create_engine(
        address,
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=PATIENCE_S,
        json_deserializer=_loaded,
    )
    sa.event.listen(engine, "handle_error", _told)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _close_late(_connection: DBAPIConnection, record: sa.pool.ConnectionPoolEntry) -> None:
    """Closes a connection that comes back after all others were closed."""
    record.invalidate()  # its pool has been left, and would keep it until it is collected


def _told(context: ExceptionContext) -> StorageFault | None:
    """What is raised in an error's place. A connection that was found dead is made anew and is no error."""
    error = context.sqlalchemy_exception
    return None if context.is_pre_ping or error is None else fault_of(error)


def _loaded(text: str | bytes) -> object:
    """JSON of a row, in plain texts; None for what is none: its reader makes the best of that."""
    try:
        return read_json(text if isinstance(text, str) else text.decode())
    except ValueError:
        return None


def _tune_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # SQLite's own knows the letters A to Z only.
    connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")  # readers never wait for the writer
    connection.execute("PRAGMA secure_delete=ON")  # a deleted row's file names are overwritten, not let go
