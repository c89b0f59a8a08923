"""The connections to the database, SQLite or PostgreSQL, set up alike."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from tryon_core.disk import fault_of
from tryon_core.errors import StorageFault
from tryon_core.plain_text import read_json

CONNECTIONS, PATIENCE_S = 10, 120.0  # kept open, and as many more; seconds that a crowd waits for one
BUSY_TIMEOUT_MS = 30_000  # the engine's own value for the same file


def engine_at(url: str) -> Engine:
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


def close_late(_connection: DBAPIConnection, record: sa.pool.ConnectionPoolEntry) -> None:
    """Closes a connection that comes back after all others were closed."""
    record.invalidate()  # its pool has been left, and would keep it until it is collected


def _told(context: ExceptionContext) -> StorageFault | None:
    """What is raised in an error's place. A connection that was found dead is made anew and is no error."""
    error = context.sqlalchemy_exception
    return None if context.is_pre_ping or error is None else fault_of(error)


def _loaded(text: str | bytes) -> object:
    """JSON of a row, in plain texts; None for what is none, which the reader of the row then makes the best
    of."""
    try:
        return read_json(text if isinstance(text, str) else text.decode())
    except ValueError:
        return None


def _tune_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.create_function("lower", 1, _lower, deterministic=True)  # its own knows A to Z only
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for the writer
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted row's file names are overwritten, not only let go
    cursor.close()


def _lower(text: str | None) -> str | None:
    return text.lower() if text else text
