"""What was spent stays spent: no deletion, no rule of keeping and no older database lowers it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.core import fakes
from tests.core.accounts.test_allowance import left
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.submitting import delete, submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import AllowanceSpent, Charged, JobState, PersonGender, Problem, RefineRequest, VendorRefused
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.retention import Keep
from tryon_core.storage.spending import kept_beside, left_today
from tryon_core.units import DAY_S

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
EIGHT = {"TRYON_DAILY_PICTURES": "8"}
ON_SQLITE = {"TRYON_DATABASE_URL": ""}


def refinement(folder: Path, number: int) -> RefineRequest:
    """A refinement that is nobody else's."""
    photo = fakes.file(folder, f"{number}.png", fakes.picture(seed=number))
    return RefineRequest(photo, photo, photo, PersonGender.MAN)


async def test_who_deletes_what_was_made_has_no_more_to_spend(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, **fakes.LIVE, **EIGHT) as studio:
        for number in range(8):
            job = await ended(studio, await submit(studio, refinement(tmp_path, number), visitor=ANN))
            await delete(studio, job.id, visitor=ANN)
        with pytest.raises(AllowanceSpent, match="No pictures are left today for everybody"):
            await submit(studio, refinement(tmp_path, 8), visitor="ben")
    assert len(vendors.sent) == 8


async def test_what_was_cleared_away_by_its_age_or_size_was_spent(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), **fakes.LIVE, **EIGHT) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN))
        retention = studio._container.retention
        retention._keep = Keep(megabytes=0.000001)
        await retention.clear()
        assert await studio.jobs(visitor=ANN) == () and await left(studio, ANN) == (None, 4)


async def test_an_older_database_in_the_place_of_the_newer_lowers_nothing(tmp_path: Path) -> None:
    env, database = {**fakes.LIVE, **EIGHT, **ON_SQLITE}, tmp_path / "data" / "studio.sqlite"
    async with open_house(tmp_path, ScriptedVendors(), **env):
        pass
    older = shutil.copy(database, tmp_path / "backup.sqlite")
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=5), visitor=ANN))
    shutil.copy(older, database)
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        assert await studio.jobs(visitor=ANN) == () and await left(studio, ANN) == (None, 3)


async def test_an_older_dump_of_a_database_server_lowers_nothing(tmp_path: Path, on_postgres: str) -> None:
    env = {**fakes.LIVE, **EIGHT}
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=5), visitor=ANN))
    server = sa.create_engine(on_postgres, poolclass=sa.NullPool)
    with server.begin() as connection:  # as it was before the job
        connection.exec_driver_sql("DELETE FROM tryon_jobs")
        connection.exec_driver_sql("DELETE FROM tryon_spending")
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        assert await studio.jobs(visitor=ANN) == () and await left(studio, ANN) == (None, 3)


async def test_what_several_replicas_spend_at_once_is_in_the_file_beside_their_database(
    tmp_path: Path, on_postgres: str
) -> None:
    settings = fakes.settings(tmp_path)
    settings.data_dir.mkdir()
    ledgers = [Ledger(settings.database, settings.spending_file) for _ in range(4)]
    for ledger in ledgers:
        ledger.open()
    for number in range(12):
        ledgers[0].add(waiting(str(number), 1000.0))

    def claim(number: int) -> bool:
        return ledgers[number % 4].claim_sending(str(number), 1000.0)

    with ThreadPoolExecutor(4) as pool:
        assert all(await asyncio.to_thread(lambda: list(pool.map(claim, range(12)))))
    assert [row["pictures"] for row in kept_beside(settings.spending_file)] == [12 * 4]
    for ledger in ledgers:
        ledger.close()


async def test_a_refusal_that_costs_nothing_gives_its_pictures_back_once(tmp_path: Path) -> None:
    no = VendorRefused(Problem("No.", "Other pictures.", Charged.NO))
    async with open_house(tmp_path, ScriptedVendors(submits=[no]), **fakes.LIVE, **EIGHT) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN))
        assert (job.state, await left(studio, ANN)) == (JobState.FAILED, (None, 8))
        await studio.rename(job.id, "once more", visitor=ANN)
        assert await left(studio, ANN) == (None, 8)


async def test_a_doubt_is_counted_and_an_answer_that_it_was_free_takes_it_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), **fakes.LIVE, **EIGHT) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN))
        change = studio._container.store.change
        await change(job.id, state=JobState.OVERDUE, charged=Charged.UNKNOWN)
        assert await left(studio, ANN) == (None, 4)
        await change(job.id, charged=Charged.NO)
        assert await left(studio, ANN) == (None, 8)
        await change(job.id, charged=Charged.YES)
        assert await left(studio, ANN) == (None, 4)


async def test_what_waits_to_be_sent_is_reserved_over_midnight_and_counts_on_the_day_of_its_sending(
    tmp_path: Path,
) -> None:
    clock = JumpingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock, **fakes.LIVE, **EIGHT) as studio:
        ledger = studio._container.store.ledger
        ledger.add(waiting("1", clock.now()))
        assert await left(studio, ANN) == (None, 4)
        clock.time += DAY_S
        assert await left(studio, ANN) == (None, 4)
        assert ledger.claim_sending("1", clock.now()) and not ledger.claim_sending("1", clock.now())
        assert await left(studio, ANN) == (None, 4)
        clock.time += DAY_S
        assert await left(studio, ANN) == (None, 8)


def waiting(name: str, now: float) -> JobRecord:
    """A row of a job that was admitted and not sent."""
    return JobRecord(
        *(name, "ann", name, 1, "aidge", True, "Hoodie", "hoodie", {}, JobState.SUBMITTING, 4, now)
    )


async def test_of_many_processes_that_admit_at_once_no_more_are_let_in_than_the_day_allows(
    tmp_path: Path,
) -> None:
    settings = fakes.settings(tmp_path, **EIGHT)
    settings.data_dir.mkdir()
    ledgers = [Ledger(settings.database) for _ in range(6)]
    for ledger in ledgers:
        ledger.open()

    def admit(number: int) -> bool:
        check = partial(_check, settings)
        try:
            return ledgers[number].add(waiting(str(number), 1000.0), check)
        except AllowanceSpent:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(await asyncio.to_thread(lambda: list(pool.map(admit, range(6))))) == 2
    for ledger in ledgers:
        ledger.close()


def _check(settings: object, connection: object) -> None:
    left_today(connection, settings, "ann", 1000.0).check(4)  # type: ignore[arg-type]


async def test_what_a_version_without_a_tally_sent_today_is_counted_once(tmp_path: Path) -> None:
    env, database = {**fakes.LIVE, **EIGHT, **ON_SQLITE}, tmp_path / "data" / "studio.sqlite"
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=5), visitor=ANN))
    (tmp_path / "data" / ".spending.json").unlink()
    with closing(sqlite3.connect(database)) as connection, connection:
        for gone in ("TABLE tryon_spending", "TABLE tryon_migrations"):
            connection.execute(f"DROP {gone}")
        connection.execute("ALTER TABLE tryon_jobs DROP COLUMN counted_on")
    for _ in range(2):
        async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
            assert await left(studio, ANN) == (None, 3)
