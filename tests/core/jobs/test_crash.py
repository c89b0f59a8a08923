"""Processes that are killed at every moment of a job's life, and the next ones that find their jobs."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random

import httpx
import pytest

from tests.core.jobs.crashing_app import settings_of
from tests.core.jobs.kill_points import MOMENTS
from tryon_core import JobState
from tryon_core.disk import PART
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.store import PICTURES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # the first one makes all kills

HOUSE = Path(__file__).parents[3]
AT_ONCE = 2
DICE = Random(4)
RANDOM = tuple(f"after {DICE.uniform(0.05, 1.2):.3f} s" for _ in range(6))
KILLED = -9


@dataclass(frozen=True)
class Found:
    """What there is after one kill and one restart."""

    exits: tuple[int, int]
    before: dict[str, JobRecord]  # the ledger as the killed process left it
    folders: set[str]  # of jobs, as it left them
    jobs: dict[str, JobRecord]
    pictures: Path


@contextmanager
def running(*module: str) -> Iterator[subprocess.Popen[str]]:
    """A process of ours that answers line by line, ended with the block."""
    command = [sys.executable, "-m", *module]
    with subprocess.Popen(
        command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str], line: str = "") -> str:
    assert process.stdin is not None and process.stdout is not None
    if line:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
    return process.stdout.readline().strip()


@dataclass(frozen=True)
class Results:
    """All kills of this file, and what the one sandbox of all of them counted."""

    found: dict[str, Found]
    tasks: dict[str, int]  # task id: submits of the same content


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    with running("tests.core.quick_sandbox") as sandbox:
        port = int(told(sandbox))
        folder = tmp_path_factory.mktemp("crashes")
        found = dict(zip((*MOMENTS, *RANDOM), _all_found(folder, port), strict=True))
        tasks = httpx.get(f"http://127.0.0.1:{port}/_sandbox/tasks", timeout=60).json()
        yield Results(found, {task["id"]: task["same_body_submits"] for task in tasks})


def _all_found(folder: Path, port: int) -> list[Found]:
    launchers: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def one(number: int, moment: str) -> Found:
        launcher = launchers.get()
        try:
            return _found(launcher, folder / f"kill-{number}", port, moment)
        finally:
            launchers.put(launcher)

    with (
        running("tests.core.jobs.crashing_app", str(port)) as first,
        running("tests.core.jobs.crashing_app", str(port)) as second,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        launchers.put(first)
        launchers.put(second)
        return list(pool.map(one, range(len(MOMENTS) + len(RANDOM)), (*MOMENTS, *RANDOM)))


def _found(launcher: subprocess.Popen[str], folder: Path, port: int, moment: str) -> Found:
    folder.mkdir()
    settings = settings_of(folder, port)
    first = int(told(launcher, json.dumps({"folder": str(folder), "moment": moment})))
    before = rows(settings.data_dir, settings.database)
    pictures = settings.data_dir / "jobs"
    folders = {path.name for path in pictures.glob("*")}
    second = int(told(launcher, json.dumps({"folder": str(folder), "moment": ""})))
    after = rows(settings.data_dir, settings.database)
    return Found((first, second), before, folders, after, pictures)


def rows(folder: Path, database: str) -> dict[str, JobRecord]:
    """The ledger as it lies there."""
    if not folder.is_dir():
        return {}
    ledger = Ledger(database)
    ledger.open()
    jobs = ledger.all()
    ledger.close()
    return {job.id: job for job in jobs}


def test_there_are_more_than_twenty_moments() -> None:
    assert len(MOMENTS) > 20 and len({*MOMENTS, *RANDOM}) == len(MOMENTS) + len(RANDOM)


@pytest.mark.parametrize("moment", [*MOMENTS, *RANDOM])
def test_killed_at_any_moment_every_job_comes_to_its_end(results: Results, moment: str) -> None:
    found = results.found[moment]
    assert found.exits[0] in ({KILLED} if moment in MOMENTS else {KILLED, 0}) and found.exits[1] == 0
    assert set(found.jobs) == set(found.before)
    for job_id, job in found.jobs.items():
        if may_have_left(found.before[job_id]):
            assert job.state is JobState.UNCERTAIN
        else:
            check_succeeded(job, found.pictures / job_id / PICTURES)
            assert job.task_id in results.tasks


def may_have_left(job: JobRecord) -> bool:
    """Marked as about to be sent, and no word of what came of it: only then may a job end as uncertain."""
    return job.sending_since is not None and not job.task_id


def check_succeeded(job: JobRecord, folder: Path) -> None:
    """It has all its pictures, each in its file to the byte, and nothing else lies there."""
    assert job.state is JobState.SUCCEEDED and len(job.pictures) == job.expected and not job.failed_pictures
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    assert files == {picture["name"]: picture["sha256"] for picture in job.pictures}
    assert not list(folder.parent.rglob(f".*{PART}"))


def test_no_kill_makes_a_second_submit(results: Results) -> None:
    jobs = [job for found in results.found.values() for job in found.jobs.values()]
    assert set(results.tasks.values()) == {1} and len(results.tasks) <= len(jobs)
    succeeded = [job.task_id for job in jobs if job.state is JobState.SUCCEEDED]
    assert len(succeeded) == len(set(succeeded)) and len(succeeded) > len(MOMENTS)


def test_a_kill_while_the_submit_is_out_leaves_the_job_uncertain(results: Results) -> None:
    out = ("before the submit", "after the submit", "before the task id is written")
    assert all(any(map(may_have_left, results.found[moment].before.values())) for moment in out)


@pytest.mark.parametrize("moment", [*MOMENTS, *RANDOM])
def test_no_kill_leaves_a_picture_that_belongs_to_no_job(results: Results, moment: str) -> None:
    found = results.found[moment]
    assert {folder.name for folder in found.pictures.glob("*")} == set(found.jobs)
    kept = list((found.pictures.parent / "contents").glob("*"))
    assert all(file.stat().st_nlink > 1 for file in kept) and bool(kept) == bool(found.jobs)


def test_a_kill_before_the_row_leaves_pictures_until_the_next_start(results: Results) -> None:
    found = results.found["before the row is written"]
    assert found.folders - set(found.before)
