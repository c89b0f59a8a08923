"""A database that is worked on here and kept there, through an emptied disk."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors, finished, running
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import JobState, Request
from tryon_core.account import Account
from tryon_core.storage.sqlite_backup import LOOK_EVERY_S, SqliteBackup, copy_whole
from tryon_core.storage.store import Store
from tryon_core.vendors.task import Receipt

pytestmark = pytest.mark.slow


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database in the journal mode of ours, with one row."""
    path = tmp_path / "here" / "studio.sqlite"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE jobs (name)")
    write(path, "first")
    return path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "there" / "studio.sqlite"


def write(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO jobs VALUES (?)", (name,))


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM jobs")]


def age(path: Path) -> int:
    return path.stat().st_mtime_ns


def held(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def tear(path: Path, where: slice) -> None:
    torn = bytearray(path.read_bytes())
    torn[where] = b"\xff" * len(torn[where])
    path.write_bytes(torn)


async def until(clock: JumpingClock, looks: int) -> None:
    for _ in range(10_000):
        if len(clock.slept) >= looks:
            return
        await asyncio.sleep(0.001)
    raise TimeoutError(f"{len(clock.slept)} looks, not {looks}")


def test_a_copy_is_whole_while_somebody_writes(database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(database)) as busy:
        busy.execute("INSERT INTO jobs VALUES ('half done')")
        copy_whole(database, copy)
        assert names(copy) == ["first"]
        busy.commit()
        copy_whole(database, copy)
    assert names(copy) == ["first", "half done"]
    assert held(copy.parent) == ["studio.sqlite"]


@pytest.mark.anyio
async def test_what_changes_is_copied_and_what_does_not_is_not(database: Path, copy: Path) -> None:
    clock = JumpingClock()
    keeping = SqliteBackup(database, copy, clock)
    keeping.start()
    await until(clock, 2)
    first = age(copy)
    await until(clock, 5)
    assert age(copy) == first and min(clock.slept) >= LOOK_EVERY_S
    write(database, "second")
    await until(clock, len(clock.slept) + 2)
    assert names(copy) == ["first", "second"]
    await keeping.stop()


@pytest.mark.anyio
async def test_the_last_change_is_in_the_copy_when_it_stops(database: Path, copy: Path) -> None:
    keeping = SqliteBackup(database, copy, JumpingClock())
    keeping.start()
    write(database, "last")
    await keeping.stop()
    assert names(copy) == ["first", "last"]


@pytest.mark.anyio
async def test_an_empty_disk_begins_with_the_copy(database: Path, copy: Path) -> None:
    copy_whole(database, copy)
    shutil.rmtree(database.parent)
    await SqliteBackup(database, copy, JumpingClock()).restore()
    assert names(database) == ["first"]


@pytest.mark.anyio
async def test_a_database_that_is_there_is_not_replaced(database: Path, copy: Path) -> None:
    copy_whole(database, copy)
    write(database, "newer")
    await SqliteBackup(database, copy, JumpingClock()).restore()
    assert names(database) == ["first", "newer"]


@pytest.mark.anyio
@pytest.mark.parametrize("damage", [slice(0, 2000), slice(4096, 6000)])
async def test_a_damaged_copy_is_set_aside_and_told(
    damage: slice, database: Path, copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy_whole(database, copy)
    shutil.rmtree(database.parent)
    tear(copy, damage)
    with caplog.at_level(logging.ERROR):
        await SqliteBackup(database, copy, JumpingClock()).restore()
    assert held(copy.parent) == ["studio.sqlite.damaged"] and held(database.parent) == []
    assert "damaged" in caplog.text


@pytest.mark.anyio
async def test_what_could_not_be_copied_is_copied_when_it_can(
    database: Path, copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy.parent.write_text("a file where the folder should be")
    clock = JumpingClock()
    keeping = SqliteBackup(database, copy, clock)
    with caplog.at_level(logging.WARNING):
        keeping.start()
        await until(clock, 2)
    copy.parent.unlink()
    await until(clock, len(clock.slept) + 2)
    assert "could not be copied" in caplog.text and names(copy) == ["first"]
    await keeping.stop()


@pytest.mark.anyio
async def test_without_a_copy_to_keep_nothing_happens(tmp_path: Path) -> None:
    keeping = SqliteBackup(tmp_path / "none.sqlite", None, JumpingClock())
    await keeping.restore()
    keeping.start()
    await keeping.stop()
    assert held(tmp_path) == []


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the studio's database works, beside its data folder."""
    monkeypatch.delenv(fakes.DATABASE, raising=False)
    return tmp_path / "disk"


@pytest.mark.anyio
async def test_a_job_under_way_goes_on_after_the_disk_was_emptied(tmp_path: Path, disk: Path) -> None:
    before = ScriptedVendors(queries=[running()])
    async with open_house(tmp_path, before, TRYON_DATABASE_DIR=str(disk)) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await before.was_asked.wait()
    shutil.rmtree(disk)
    after = ScriptedVendors(queries=[finished("a.png", "b.png")])
    async with open_house(tmp_path, after, TRYON_DATABASE_DIR=str(disk)) as studio:
        done = await ended(studio, job)
    assert done.state is JobState.SUCCEEDED and len(done.pictures) == 2
    assert (len(before.sent), after.sent) == (1, []) and after.asked[0] == "task-1"


@pytest.mark.anyio
async def test_what_a_copy_from_before_the_submit_knows_is_doubted_and_not_sent_again(
    tmp_path: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, claim = tmp_path / "older.sqlite", Store.claim_sending

    async def claim_after_a_copy(store: Store, job_id: str, now: float) -> bool:
        copy_whole(disk / "studio.sqlite", older)
        return await claim(store, job_id, now)

    monkeypatch.setattr(Store, "claim_sending", claim_after_a_copy)
    before = ScriptedVendors(queries=[running()])
    async with open_house(tmp_path, before, TRYON_DATABASE_DIR=str(disk)) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await before.was_asked.wait()
    shutil.rmtree(disk)
    shutil.copyfile(older, tmp_path / "data" / "studio.sqlite")
    after = ScriptedVendors()
    async with open_house(tmp_path, after, TRYON_DATABASE_DIR=str(disk)) as studio:
        seen = await ended(studio, job)
        assert seen.state is JobState.UNCERTAIN and seen.problem is not None
        assert "copy of its database" in seen.problem.what
        found = await studio.adopt_task(job.id, "task-1", visitor=ANN)
        assert (await ended(studio, found)).state is JobState.SUCCEEDED
    assert (len(before.sent), after.sent) == (1, [])


@pytest.mark.anyio
async def test_the_copy_knows_of_a_job_before_its_request_leaves(tmp_path: Path, disk: Path) -> None:
    copy = tmp_path / "data" / "studio.sqlite"
    marks: list[bool] = []

    class Looking(ScriptedVendors):
        async def submit(self, request: Request, account: Account) -> Receipt:
            with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
                marks.extend(row[0] > 0 for row in connection.execute("SELECT sending_since FROM tryon_jobs"))
            return await super().submit(request, account)

    async with open_house(tmp_path, Looking(), TRYON_DATABASE_DIR=str(disk)) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    assert marks == [True]


SQLITE = {"TRYON_DATABASE_URL": ""}


@pytest.mark.anyio
async def test_a_working_database_older_than_the_copy_is_set_aside_and_spending_is_the_larger_of_both(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data, limits = tmp_path / "data", {"TRYON_DAILY_PICTURES": "9", **SQLITE}
    one, other = ({**fakes.LIVE, **limits, "TRYON_DATABASE_DIR": str(tmp_path / d)} for d in ("a", "b"))
    async with open_house(tmp_path, ScriptedVendors(), **one) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=1), visitor=ANN))
    async with open_house(tmp_path, ScriptedVendors(), **other) as studio:
        newest = await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN))
    (data / ".spending.json").unlink()
    with closing(sqlite3.connect(tmp_path / "a" / "studio.sqlite")) as connection, connection:
        connection.execute("UPDATE tryon_spending SET pictures = 7")
    async with open_house(tmp_path, ScriptedVendors(), **one) as studio:
        assert newest.id in [job.id for job in await studio.jobs(visitor=ANN)]
        assert (await studio.allowance(visitor=ANN)).everybody == 9 - 7
    aside = [path.name for path in (tmp_path / "a").glob("*.older-*") if "-wal" not in path.name]
    assert len(aside) == 1 and aside[0] in caplog.text


@pytest.mark.anyio
@pytest.mark.parametrize(
    "spoil", [lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"x" * 9999)]
)
async def test_an_empty_or_unreadable_working_database_never_overwrites_the_copy(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    env = {**SQLITE, "TRYON_DATABASE_DIR": str(tmp_path / "a")}
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    spoil(tmp_path / "a" / "studio.sqlite")
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        assert [one.id for one in await studio.jobs(visitor=ANN)] == [job.id]
    assert list((tmp_path / "a").glob("studio.sqlite.older-*"))


@pytest.mark.anyio
async def test_a_copy_older_than_the_working_database_is_kept_under_another_name(tmp_path: Path) -> None:
    env, copy = {**SQLITE, "TRYON_DATABASE_DIR": str(tmp_path / "a")}, tmp_path / "data" / "studio.sqlite"
    async with open_house(tmp_path, ScriptedVendors(), **env):
        pass
    older = copy.read_bytes()
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    copy.write_bytes(older)
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        assert [one.id for one in await studio.jobs(visitor=ANN)] == [job.id]
    (aside,) = (tmp_path / "data").glob("studio.sqlite.older-*")
    assert aside.read_bytes() == older


@pytest.mark.anyio
async def test_what_one_start_wrote_and_had_not_copied_yet_is_no_older(tmp_path: Path) -> None:
    env = {**SQLITE, "TRYON_DATABASE_DIR": str(tmp_path / "a")}
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        await studio._container._backup.keep_now()
        early = (tmp_path / "data" / "studio.sqlite").read_bytes()
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    (tmp_path / "data" / "studio.sqlite").write_bytes(early)
    async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
        assert [one.id for one in await studio.jobs(visitor=ANN)] == [job.id]
    assert not [name for part in ("a", "data") for name in held(tmp_path / part) if ".older-" in name]
