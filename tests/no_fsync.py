"""No test cuts the power: what is written need not have reached the disk before the next thing happens."""

from __future__ import annotations

import os
import sqlite3

import sqlalchemy as sa


def nothing_waits_for_the_disk() -> None:
    """For this process: files are not flushed, nor are SQLite's commits. A kill loses nothing by that."""
    os.fsync = _not_flushed
    sa.event.listen(sa.Engine, "connect", _commit_lazily)


def _not_flushed(fd: object) -> None:
    return None


def _commit_lazily(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")
