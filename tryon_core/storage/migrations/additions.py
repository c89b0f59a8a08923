"""What a step may do to the tables that are there: add to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def added(*tables: sa.Table) -> None:
    """Makes tables with their indexes, and adds to those that are there the columns and indexes they lack:
    a database may have some of them from a version before there were steps.

    Raises `ValueError` for a column that is neither there nor nullable: rows that exist could not be given a
    value for it.
    """
    connection = op.get_bind()
    for table in tables:
        table.create(connection, checkfirst=True)
        present = {column["name"] for column in sa.inspect(connection).get_columns(table.name)}
        for column in table.columns:
            if column.name not in present:
                _add(table, column)
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def _add(table: sa.Table, column: sa.Column[object]) -> None:
    if not column.nullable:
        raise ValueError(f"{table.name}.{column.name} is missing and cannot be added: it is not nullable")
    op.add_column(table.name, sa.Column(column.name, column.type))
