"""Databases of every age, and none, opened by today's version: on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from tests.postgres import Postgres
from tests.upgrade.upgraded import Stored
from tryon_core.jobs.holds.submit_rate_limit import SLOTS
from tryon_core.storage.job_records import JOBS, METADATA
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.migration import STEPS, VERSIONS, bring_up
from tryon_core.storage.migrations.additions import added

STORED = Path(__file__).parents[2] / "upgrade" / "data-0.3.0"
OURS = {*METADATA.tables, VERSIONS}
JSON = ("request", "request_ids", "pictures", "problem", "notes")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The jobs that 0.3.0 left."""
    data = Stored(STORED).unpack(tmp_path_factory.mktemp("stored"))
    with closing(sqlite3.connect(data / "studio.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM tryon_jobs")]


def lay_0_3_0(url: str, rows: list[dict[str, Any]]) -> None:
    """The tables of 0.3.0 as it made them itself, with its rows."""
    then = sa.MetaData()
    columns = [
        sa.Column(column.name, column.type, primary_key=column.primary_key, nullable=column.nullable)
        for column in JOBS.columns
        if column.name in rows[0]
    ]
    jobs = sa.Table("tryon_jobs", then, *columns)
    SLOTS.to_metadata(then)
    engine = sa.create_engine(url)
    then.create_all(engine)
    read = [
        {name: json.loads(value) if name in JSON and value else value for name, value in row.items()}
        for row in rows
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(jobs), [{**row, "live": bool(row["live"])} for row in read])
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'studio.sqlite'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    admin = sa.create_engine(server.url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS steps WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE steps")
        yield str(admin.url.set(database="steps").render_as_string(hide_password=False))
        connection.exec_driver_sql("DROP DATABASE steps WITH (FORCE)")
    admin.dispose()


def differences(ledger: Ledger) -> list[Any]:
    """What the tables that are there lack of those that the code describes, or have beyond them."""
    options = {
        "version_table": VERSIONS,
        "include_name": lambda name, kind, _: kind != "table" or name in OURS,
    }
    with ledger.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


def head() -> str:
    found = ScriptDirectory(str(STEPS)).get_current_head()
    assert found
    return found


def step_of(ledger: Ledger) -> str | None:
    with ledger.engine.connect() as connection:
        found = connection.scalar(sa.text(f"SELECT version_num FROM {VERSIONS}"))
    return found and str(found)


def test_an_empty_database_gets_the_tables_that_the_code_describes(url: str) -> None:
    ledger = Ledger(url)
    ledger.open()
    assert differences(ledger) == [] and step_of(ledger) == head()
    ledger.close()


def test_a_database_of_0_3_0_gets_them_too_and_keeps_every_row_as_it_was(
    url: str, rows: list[dict[str, Any]]
) -> None:
    lay_0_3_0(url, rows)
    ledger = Ledger(url)
    ledger.open()
    assert differences(ledger) == [] and step_of(ledger) == head()
    with ledger.engine.connect() as connection:
        now = {row["id"]: row for row in connection.execute(sa.text("SELECT * FROM tryon_jobs")).mappings()}
    assert len(now) == len(rows) > 10
    for row in rows:
        for name, value in row.items():
            kept = now[row["id"]][name]
            same = json.loads(kept) if name in JSON and isinstance(kept, str) else kept
            assert same == (json.loads(value) if name in JSON and value else value), name
        assert now[row["id"]]["collection_id"] is None
    assert {job.id for job in ledger.all()} == set(now)
    ledger.close()


def test_two_that_open_an_old_database_at_once_take_turns(url: str, rows: list[dict[str, Any]]) -> None:
    lay_0_3_0(url, rows)
    ledgers = [Ledger(url) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(Ledger.open, ledgers))
    assert differences(ledgers[0]) == []
    for ledger in ledgers:
        ledger.close()


def test_databases_apart_are_brought_up_at_once(tmp_path: Path) -> None:
    engines = [sa.create_engine(f"sqlite:///{tmp_path / f'{number}.sqlite'}") for number in range(12)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(bring_up, engines))
    for engine in engines:
        assert set(sa.inspect(engine).get_table_names()) >= OURS
        engine.dispose()


def test_a_replica_of_0_3_0_goes_on_with_the_tables_of_today(url: str, rows: list[dict[str, Any]]) -> None:
    ledger = Ledger(url)
    ledger.open()
    lay_0_3_0(url, rows)  # it makes what is not there, and writes the columns that it knows
    assert {job.id for job in ledger.all()} == {row["id"] for row in rows}
    ledger.close()


def test_a_database_that_was_made_before_there_were_steps_passes_through_them(url: str) -> None:
    engine = sa.create_engine(url)
    METADATA.create_all(engine)
    engine.dispose()
    ledger = Ledger(url)
    ledger.open()
    assert differences(ledger) == [] and step_of(ledger) == head()
    ledger.close()


def test_a_database_of_a_later_version_is_left_as_it_is(url: str, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(url)
    ledger.open()
    with ledger.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    ledger.open()
    assert step_of(ledger) == "9999" and "later version (9999)" in caplog.text
    ledger.close()


def test_a_column_that_rows_would_need_a_value_for_is_not_added() -> None:
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    table = sa.Table(
        "t", sa.MetaData(), sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, nullable=False)
    )
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
        with (
            Operations.context(MigrationContext.configure(connection)),
            pytest.raises(ValueError, match=r"t\.b"),
        ):
            added(table)
    engine.dispose()
