"""PostgreSQL is stopped and started again amid jobs: each comes to its end, and is sent once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.outages.conftest import StartApp
from tests.outages.script import Script, Vendors, until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def database() -> Iterator[postgres.Postgres]:
    """A server of this test's own, which it may stop."""
    if postgres.program("postgres") is None:
        pytest.skip("NO POSTGRESQL ON THIS MACHINE: its tests did not run")
    folder = Path(tempfile.mkdtemp(prefix="tryon-postgres-"))
    folder.chmod(0o755)  # the server runs as another user than root
    with postgres.running(folder / "server") as found:
        yield found
    shutil.rmtree(folder)


def test_jobs_outlive_a_database_that_is_stopped_and_started(
    database: postgres.Postgres, vendors: Vendors, start_app: StartApp
) -> None:
    script = Script(start_app(TRYON_DATABASE_URL=database.url).url)
    vendors.pace(1.5, 0.3)
    begun = [script.begin(0, count=2)]
    until(lambda: any(job["task_id"] for job in script.jobs()))
    vendors.fail("aidge.submit", "delay:2")  # the answer finds the database away
    begun.append(script.begin(1))
    until(lambda: len(vendors.tasks()) == 2)

    database.stop()
    until(lambda: script.health() == "unwell")
    said = script.heard("tryon", script.begin(2))
    assert "The database of this app does not answer." in str(said)
    until(lambda: all(task["ready_at"] for task in vendors.tasks()))
    database.start()

    told = [script.heard("tryon", event)[1] for event in begun]
    jobs = script.ended(2)
    assert {job["id"] for job in told} == {job["id"] for job in jobs}
    assert [(job["state"], len(job["pictures"])) for job in jobs] == [("succeeded", 1), ("succeeded", 2)]
    assert sorted(task["id"] for task in vendors.tasks()) == sorted(job["task_id"] for job in jobs)
    until(lambda: script.health() == "ok")
