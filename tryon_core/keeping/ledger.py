"""The job ledger: one table, in the same database as the engine that runs the jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.engine import Engine, Row
from sqlalchemy.engine.interfaces import DBAPIConnection

from tryon_core.account import Account
from tryon_core.errors import Charged
from tryon_core.job_state import JobState
from tryon_core.keeping.migration import bring_up
from tryon_core.vendor import Vendor

METADATA = sa.MetaData()
CONNECTIONS, PATIENCE_S = 10, 120.0  # kept open, and as many more; seconds that a crowd waits for one
PATIENCE_MS = 30_000  # the engine's own value for the same file

JOBS = sa.Table(
    "tryon_jobs",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    sa.Column("likeness", sa.String(64), nullable=False, index=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("vendor", sa.String(16), nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("stem", sa.Text, nullable=False),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("expected", sa.Integer, nullable=False),
    sa.Column("submitted_at", sa.Float, nullable=False),
    sa.Column("finished_at", sa.Float),
    sa.Column("sending_since", sa.Float),
    sa.Column("asked_at", sa.Float),
    sa.Column("ready_at", sa.Float),
    sa.Column("task_id", sa.Text, nullable=False),
    sa.Column("request_ids", sa.JSON, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("failed_pictures", sa.Integer, nullable=False),
    sa.Column("problem", sa.JSON(none_as_null=True)),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("charged", sa.String(16), nullable=False),
    sa.Column("runs", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    # What later versions added: nullable, so that a database of an earlier one can be given them.
    sa.Column("own_title", sa.Text),
    sa.Column("pinned_at", sa.Float),
    sa.Column("own_key", sa.String(64)),
)
# The question that is asked most, put together once: that takes more than half of its time.
ONE_JOB = sa.select(JOBS).where(JOBS.c.id == sa.bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. JSON columns are plain objects; times are Unix seconds.

    `owner` is a digest of the visitor, `likeness` a digest of visitor and request, `generation` counts
    the jobs of one likeness, `stem` begins the names of the pictures, `sending_since` is the mark that a
    submit is about to leave, `asked_at` is the last question that found the task running and `ready_at` the
    one that found it ended, `runs` counts how often following was taken up,
    `revision` grows with each change. `own_title` is what the visitor named the job; `pinned_at` is when
    it was kept from being cleared away; `own_key` is the mark of the visitor's own account, if it is theirs.
    """

    id: str
    owner: str
    likeness: str
    generation: int
    vendor: Vendor
    live: bool
    title: str
    stem: str
    request: dict[str, object]
    state: JobState
    expected: int
    submitted_at: float
    finished_at: float | None = None
    sending_since: float | None = None
    asked_at: float | None = None
    ready_at: float | None = None
    task_id: str = ""
    request_ids: tuple[str, ...] = ()
    pictures: tuple[dict[str, object], ...] = ()
    failed_pictures: int = 0
    problem: dict[str, object] | None = None
    notes: tuple[str, ...] = ()
    charged: Charged = Charged.NO
    runs: int = 0
    revision: int = 0
    own_title: str | None = None
    pinned_at: float | None = None
    own_key: str | None = None

    @property
    def account(self) -> Account:
        """Whose credentials the job goes on with."""
        return Account(self.vendor, self.live, self.own_key or "")


class Change(TypedDict, total=False):
    """What may change in a row."""

    state: JobState
    finished_at: float | None
    sending_since: float | None
    asked_at: float | None
    ready_at: float | None
    task_id: str
    request_ids: tuple[str, ...]
    pictures: tuple[dict[str, object], ...]
    failed_pictures: int
    problem: dict[str, object] | None
    notes: tuple[str, ...]
    charged: Charged
    runs: int
    own_title: str | None
    pinned_at: float | None


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
        bring_up(self._engine, METADATA)

    def close(self) -> None:
        self._engine.dispose()

    def look(self) -> None:
        """Reads a row, to see that it can be done. Raises `sqlalchemy.exc.SQLAlchemyError` when not."""
        with self._engine.connect() as connection:
            connection.execute(sa.select(JOBS.c.id).limit(1)).first()

    def add(self, entry: Entry) -> bool:
        """Writes a new row; False when its id is there already."""
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(JOBS).values(_plain(asdict(entry))))
        except sa.exc.IntegrityError:
            return False
        return True

    def change(self, job_id: str, change: Change) -> None:
        """Writes what has changed and counts the revision up."""
        values = {**_plain(dict(change)), "revision": JOBS.c.revision + 1}
        with self._engine.begin() as connection:
            connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id).values(values))

    def change_run(self, job_id: str, run: int, change: Change) -> bool:
        """Writes a change with which the next run begins; False when that has begun already."""
        values = {**_plain(dict(change)), "runs": run + 1, "revision": JOBS.c.revision + 1}
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

    def entry(self, job_id: str) -> Entry | None:
        with self._engine.connect() as connection:
            row = connection.execute(ONE_JOB, {"wanted": job_id}).first()
        return None if row is None else _entry(row)

    def of_owner(self, owner: str) -> list[Entry]:
        """The owner's jobs, newest first."""
        return self._select(JOBS.c.owner == owner)

    def all(self) -> list[Entry]:
        """Everybody's jobs, newest first."""
        return self._select(sa.true())

    def of_task(self, vendor: Vendor, live: bool, task_id: str) -> list[Entry]:
        """Everybody's jobs that stand for one task of a vendor, newest first."""
        return self._select(
            (JOBS.c.vendor == vendor.value) & (JOBS.c.live == live) & (JOBS.c.task_id == task_id)
        )

    def latest_like(self, likeness: str) -> Entry | None:
        """The youngest generation of one visitor's one request."""
        found = self._select(JOBS.c.likeness == likeness)
        return max(found, key=lambda entry: entry.generation, default=None)

    def in_states(self, states: Iterable[JobState], since: float = 0.0) -> list[Entry]:
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

    def durations(self, vendor: Vendor, live: bool, expected: int, newest: int) -> list[float]:
        """Seconds from submit to end of the newest succeeded jobs of one kind."""
        like = (JOBS.c.vendor == vendor.value) & (JOBS.c.live == live) & (JOBS.c.expected == expected)
        query = (
            sa.select(JOBS.c.finished_at - JOBS.c.submitted_at)
            .where(like & (JOBS.c.state == JobState.SUCCEEDED.value) & (JOBS.c.runs == 0))
            .order_by(JOBS.c.submitted_at.desc())
            .limit(newest)
        )
        with self._engine.connect() as connection:
            return [float(seconds) for seconds in connection.scalars(query)]

    def waits(
        self, vendor: Vendor, live: bool, newest: int, *, version: str = "", expected: int | None = None
    ) -> list[tuple[float, float]]:
        """Of the newest succeeded tasks: seconds from the sending to the last question that found it running
        (0 when there was none) and to the one that found it ended."""
        like = (JOBS.c.vendor == vendor.value) & (JOBS.c.live == live) & (JOBS.c.runs == 0)
        if version:
            like &= JOBS.c.request["version"].as_string() == version
        if expected is not None:
            like &= JOBS.c.expected == expected
        since = JOBS.c.sending_since
        query = (
            sa.select(sa.func.coalesce(JOBS.c.asked_at - since, 0.0), JOBS.c.ready_at - since)
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
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MS}")

    def _select(self, where: sa.ColumnElement[bool]) -> list[Entry]:
        query = sa.select(JOBS).where(where).order_by(JOBS.c.submitted_at.desc())
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]


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


def _tune_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for the writer
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted row's file names are overwritten, not only let go
    cursor.close()


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    values = dict(row._mapping)
    for name in ("request_ids", "pictures", "notes"):
        values[name] = tuple(values[name])
    values |= {
        "vendor": Vendor(values["vendor"]),
        "state": JobState(values["state"]),
        "charged": Charged(values["charged"]),
    }
    return Entry(**values)
