"""Two app processes on one PostgreSQL and one folder."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import anyio
import pytest

from tests.core.jobs import replica
from tests.core.jobs.replica import open_replica
from tests.core.test_studio import ended
from tryon_core import Job, JobState, Studio
from tryon_core.handover import main as hand_over

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("on_postgres")]
HOUSE = Path(__file__).parents[3]
HERE, THERE = "here", "there"
PATIENCE_S = 60


class Other:
    """The other process: what it is asked is one line, and so is what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    async def says(self) -> object:
        assert self.process.stdout is not None
        with anyio.fail_after(PATIENCE_S):
            return json.loads(await asyncio.to_thread(self.process.stdout.readline))

    async def ask(self, *words: str) -> object:
        self.tell(*words)
        return await self.says()

    def tell(self, *words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()


@contextmanager
def other(folder: Path) -> Iterator[Other]:
    command = [sys.executable, "-m", "tests.core.jobs.replica", str(folder), THERE]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=HOUSE, **pipes)  # type: ignore[call-overload]
    try:
        yield Other(process)
    finally:
        process.kill()
        process.communicate()


@asynccontextmanager
async def this(folder: Path) -> AsyncIterator[Studio]:
    studio = open_replica(folder, HERE)
    await studio.start()
    try:
        yield studio
    finally:
        await studio.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("sent", "asked"):
        (tmp_path / name).mkdir()
    return tmp_path


def names(folder: Path, part: str) -> list[str]:
    return sorted(path.name for path in (folder / part).iterdir())


async def is_asked(folder: Path, by: str) -> None:
    """Waits until the replica has asked about a task."""
    await asyncio.to_thread(_wait_for, folder / "asked", f"* by {by}")


def _wait_for(folder: Path, pattern: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not list(folder.glob(pattern)):
        assert time.monotonic() < end
        time.sleep(0.05)


async def theirs(studio: Studio, visitor: str) -> Job:
    (job,) = await studio.jobs(visitor=visitor)
    return await ended(studio, job, visitor)


async def test_each_job_is_followed_by_one_process_and_watched_from_both(folder: Path) -> None:
    with other(folder) as there:
        assert await there.says() == "up"
        async with this(folder) as here:
            mine = await replica.submitted(here, folder, "ann")
            theirs_id = await there.ask("submit", "ben")
            await is_asked(folder, HERE)
            await is_asked(folder, THERE)
            there.tell("watch", mine.id, "ann")
            (folder / "ready").touch()
            seen_there = await there.says()
            seen_here = await theirs(here, "ben")
    assert isinstance(seen_there, list) and seen_there[-1] == "succeeded"
    assert (seen_here.id, seen_here.state, len(seen_here.pictures)) == (theirs_id, JobState.SUCCEEDED, 2)
    assert all(picture.path.is_file() for picture in seen_here.pictures)
    assert names(folder, "asked") == [f"task-here-0 by {HERE}", f"task-there-0 by {THERE}"]


async def test_the_same_click_in_both_processes_is_one_submit(folder: Path) -> None:
    with other(folder) as there:
        assert await there.says() == "up"
        async with this(folder) as here:
            there.tell("submit", "ann")
            mine = await replica.submitted(here, folder, "ann")
            same = await there.says()
            (folder / "ready").touch()
            done = await ended(here, mine, "ann")
    assert same == mine.id and done.state is JobState.SUCCEEDED and len(names(folder, "sent")) == 1
    assert len(names(folder, "asked")) == 1


async def test_a_replica_that_comes_back_has_its_jobs_ended(folder: Path) -> None:
    async with this(folder) as here:
        with other(folder) as there:
            assert await there.says() == "up"
            await there.ask("submit", "ben")
            await is_asked(folder, THERE)
        await anyio.sleep(0.5)
        assert not [name for name in names(folder, "asked") if name.endswith(f" by {HERE}")]
        (folder / "ready").touch()
        with other(folder) as back:
            assert await back.says() == "up"
            done = await theirs(here, "ben")
    assert (done.state, len(done.pictures), len(names(folder, "sent"))) == (JobState.SUCCEEDED, 2, 1)


async def test_one_command_hands_the_jobs_of_a_lost_replica_to_the_others(
    folder: Path, on_postgres: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYON_DATABASE_URL", on_postgres)
    async with this(folder) as here:
        with other(folder) as there:
            assert await there.says() == "up"
            await there.ask("submit", "ben")
            await is_asked(folder, THERE)
        await asyncio.to_thread(hand_over, [THERE])
        await is_asked(folder, HERE)
        (folder / "ready").touch()
        done = await theirs(here, "ben")
        await asyncio.to_thread(hand_over, [THERE])
    assert (done.state, len(done.pictures), len(names(folder, "sent"))) == (JobState.SUCCEEDED, 2, 1)
    said = capsys.readouterr().out.splitlines()
    assert said == ["1 unfinished jobs of there handed over", "0 unfinished jobs of there handed over"]
