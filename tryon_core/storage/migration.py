"""Brings the tables of an older database up to date, so that a new version opens what an old one wrote."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from tryon_core.job_state import RUNNING
from tryon_core.requests.request import PickedUp
from tryon_core.requests.request_parts import from_json, to_json, without_addresses
from tryon_core.storage.job_records import JOBS

# Two processes that start together take turns: the second finds the work done.
TURN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7290113)"}
VERSIONS = "tryon_migrations"  # the table that says which step a database has come to
STEPS = Path(__file__).parent / "migrations"

# Alembic keeps what it works on in variables of its modules: within a process, one database after the other.
ONE_AT_A_TIME = Lock()

log = logging.getLogger(__name__)


def bring_up(engine: Engine) -> None:
    """Makes of an older database, or of an empty one, what this version works with, step by step.

    Nothing is ever taken away or rewritten. One that a later version has opened is left as it is: its steps
    only add, too.
    """
    steps = _steps()
    with ONE_AT_A_TIME, engine.begin() as connection:
        connection.exec_driver_sql(TURN[engine.dialect.name])
        at = MigrationContext.configure(connection, opts={"version_table": VERSIONS}).get_current_heads()
        if at == tuple(steps.get_heads()):
            return
        if unknown := set(at) - {step.revision for step in steps.walk_revisions()}:
            log.warning("the database is of a later version (%s): it is left as it is", ", ".join(unknown))
            return
        logging.getLogger("alembic").setLevel(logging.WARNING)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(STEPS))
        command.upgrade(config, "head")


@cache
def _steps() -> ScriptDirectory:
    """All steps there are, read once by a process."""
    return ScriptDirectory(str(STEPS))


def made(engine: Engine, tables: sa.MetaData) -> None:
    """Makes tables that stand outside of the steps, where they are not there."""
    with engine.begin() as connection:
        connection.exec_driver_sql(TURN[engine.dialect.name])
        tables.create_all(connection)


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
