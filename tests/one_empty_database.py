"""The tables of an empty SQLite database are made as the steps made them the first time: a test has a new one
with every studio, and a tenth of what those tests compute went through all steps again."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

import sqlalchemy as sa

from tryon_core.storage import ledger
from tryon_core.storage.migration import TURN, bring_up


def empty_databases_are_brought_up_once() -> None:
    """For this process, and for what the ledger opens; whoever calls `bring_up` itself has the steps."""
    patch.object(ledger, "bring_up", _brought_up).start()


def all_steps_are_taken() -> None:
    """Here and now, not with the first database."""
    _statements()


def _brought_up(engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql(TURN["sqlite"])
            if connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is None:
                for statement in _statements():
                    connection.exec_driver_sql(statement)
                return
    bring_up(engine)


@cache
def _statements() -> tuple[str, ...]:
    """What makes of an empty database what the steps make of it."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    bring_up(engine)
    with engine.connect() as connection:
        dump = tuple(connection.connection.iterdump())
    engine.dispose()
    return tuple(one for one in dump if not one.startswith(("BEGIN", "COMMIT")))
