"""Brings the tables of an older database up to date, so that a new version opens what an old one wrote."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tryon_core.job_state import RUNNING
from tryon_core.request import PickedUp
from tryon_core.request_parts import from_json, to_json, without_addresses
from tryon_core.storage.job_records import JOBS

# Two processes that start together take turns: the second finds the work done.
TURN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7290113)"}


def bring_up(engine: Engine, tables: sa.MetaData) -> None:
    """Makes the tables that are not there, and adds to the others every nullable column and index they lack.

    Nothing is ever taken away or rewritten. Raises `ValueError` for a column that is neither there nor
    nullable: rows that exist could not be given a value for it.
    """
    with engine.begin() as connection:
        connection.exec_driver_sql(TURN[engine.dialect.name])
        tables.create_all(connection)
        for table in tables.sorted_tables:
            _add_columns(connection, table)
            for index in table.indexes:
                index.create(connection, checkfirst=True)


def _add_columns(connection: Connection, table: sa.Table) -> None:
    present = {column["name"] for column in sa.inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in present:
            _add(connection, table, column)


def _add(connection: Connection, table: sa.Table, column: sa.Column[object]) -> None:
    if not column.nullable:
        raise ValueError(f"{table.name}.{column.name} is missing and cannot be added: it is not nullable")
    quote = connection.dialect.identifier_preparer.quote
    kind = column.type.compile(connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE {quote(table.name)} ADD COLUMN {quote(column.name)} {kind}")


def forget_addresses(engine: Engine) -> None:
    """Leaves of each link its host and its file's name, in jobs that have ended; running ones are still to be
    sent by them, and have their turn at the next start. Blocks."""
    ended = JOBS.c.state.not_in([state.value for state in RUNNING])
    whole = sa.cast(JOBS.c.request, sa.Text).like('%"url": "%')
    with engine.begin() as connection:
        for row in connection.execute(sa.select(JOBS.c.id, JOBS.c.request).where(ended & whole)).all():
            asked = from_json(row.request)
            if not isinstance(asked, PickedUp):
                values = {"request": to_json(without_addresses(asked))}
                connection.execute(sa.update(JOBS).where(JOBS.c.id == row.id).values(values))
