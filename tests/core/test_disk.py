"""What keeps something from being written is told by its kind, whoever says it, and nothing else is."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
import sqlalchemy as sa

from tryon_core.disk import told_by_kind
from tryon_core.errors import DatabaseAway, DiskFull, ReadOnly, StorageFault


def sqlite(code: int) -> sa.exc.OperationalError:
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code
    return sa.exc.OperationalError("UPDATE", None, error)


def server(error: psycopg.Error) -> sa.exc.OperationalError:
    return sa.exc.OperationalError("UPDATE", None, error)


FAULTS = (
    (OSError(errno.ENOSPC, ""), DiskFull),
    (OSError(errno.EDQUOT, ""), DiskFull),
    (sqlite(sqlite3.SQLITE_FULL), DiskFull),
    (server(psycopg.errors.DiskFull()), DiskFull),
    (OSError(errno.EROFS, ""), ReadOnly),
    (OSError(errno.EACCES, ""), ReadOnly),
    (sqlite(sqlite3.SQLITE_READONLY), ReadOnly),
    (sqlite(sqlite3.SQLITE_READONLY_DBMOVED), ReadOnly),
    (sqlite(sqlite3.SQLITE_CANTOPEN), ReadOnly),
    (server(psycopg.OperationalError("connection refused")), DatabaseAway),
    (server(psycopg.errors.AdminShutdown()), DatabaseAway),
    (server(psycopg.errors.CannotConnectNow()), DatabaseAway),
    (server(psycopg.errors.TooManyConnections()), DatabaseAway),
)


@pytest.mark.parametrize(("error", "kind"), FAULTS, ids=lambda one: repr(one)[:60])
def test_each_way_of_saying_no_is_one_kind(error: Exception, kind: type[StorageFault]) -> None:
    with pytest.raises(StorageFault) as raised, told_by_kind():
        raise error
    assert type(raised.value) is kind and raised.value.problem.todo


OTHERS = (
    OSError(errno.ENOENT, ""),
    sqlite(sqlite3.SQLITE_BUSY),
    server(psycopg.errors.SerializationFailure()),
    sa.exc.IntegrityError("INSERT", None, psycopg.errors.UniqueViolation()),
)


@pytest.mark.parametrize("error", OTHERS, ids=lambda one: repr(one)[:60])
def test_whatever_else_breaks_is_passed_on(error: Exception) -> None:
    with pytest.raises(type(error)), told_by_kind():
        raise error
