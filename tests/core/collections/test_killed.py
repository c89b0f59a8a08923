"""A collection of 60 cells whose app is killed again and again: `KILLS=10` for more kills than usual."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.core.collections.killed_app import GARMENTS, MODELS
from tests.core.jobs.crashing_app import settings_of
from tests.core.jobs.kill_points import TOGETHER as MOMENTS
from tests.core.jobs.test_crash import KILLED, may_have_left, running, told
from tryon_core import JobState
from tryon_core.collections import reading
from tryon_core.collections.records import SENT, CellRecord
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
KILLS = int(os.environ.get("KILLS", "3"))


@dataclass(frozen=True)
class Found:
    """What there is after the last life: how each ended, cells, jobs, and what the sandbox counted."""

    exits: list[int]
    cells: tuple[CellRecord, ...]
    jobs: dict[str, JobRecord]
    unsure: set[str]  # jobs that a kill found between their mark and their task id
    tasks: dict[str, int]  # task id: submits of the same content

    @property
    def batches(self) -> list[list[JobRecord]]:
        """The jobs by the request in which they went out: one of them, or several."""
        of = defaultdict[str, list[JobRecord]](list)
        for job in self.jobs.values():
            of[job.batch or job.id].append(job)
        return list(of.values())


# Each by itself, and up to three in a request, as where a vendor takes few submits.
ALONE = dict[str, str]()
TOGETHER = {"AIDGE_SUBMITS_PER_MINUTE": "100000", "AIDGE_SUITS_PER_REQUEST": "3"}


@pytest.fixture(scope="module", params=[ALONE, TOGETHER], ids=["each alone", "three together"])
def env(request: pytest.FixtureRequest) -> dict[str, str]:
    return dict(request.param)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> Iterator[Found]:
    dice, folder = Random(), tmp_path_factory.mktemp("collection")
    with running("tests.core.quick_sandbox") as sandbox:
        port = int(told(sandbox))
        exits, unsure = list[int](), set[str]()
        with running("tests.core.collections.killed_app", str(port)) as launcher:
            moments = [(moment, 0.0) for moment in MOMENTS if env == TOGETHER]
            for moment, after in (*moments, *(("", dice.uniform(0.4, 2.0)) for _ in range(KILLS)), ("", 0.0)):
                order = {"folder": str(folder), "env": env, "moment": moment, "after": after}
                exits.append(int(told(launcher, json.dumps(order))))
                if settings_of(folder, port).database_file.exists():
                    unsure |= {job.id for job in rows(folder, port)[1].values() if is_unsure(job)}
        tasks = httpx.get(f"http://127.0.0.1:{port}/_sandbox/tasks", timeout=60).json()
        counted = {task["id"]: task["same_body_submits"] for task in tasks}
        yield Found(exits, *rows(folder, port), unsure, counted)


def is_unsure(job: JobRecord) -> bool:
    """What a kill has left between the mark of its sending and its task id."""
    return may_have_left(job) and not job.state.ended


def rows(folder: Path, port: int) -> tuple[tuple[CellRecord, ...], dict[str, JobRecord]]:
    """The cells and the jobs as they lie there."""
    ledger = Ledger(settings_of(folder, port).database)
    ledger.open()
    jobs = {job.id: job for job in ledger.all()}
    owners = {job.owner for job in jobs.values()}
    cells = [cell for owner in owners for whole in reading.of_owner(ledger, owner) for cell in whole.cells]
    ledger.close()
    return tuple(cells), jobs


def test_every_cell_comes_to_its_end_by_itself(found: Found) -> None:
    named = len(found.exits) - KILLS - 1  # after those, all may have ended before the next kill
    assert found.exits[: named or KILLS] == [KILLED] * (named or KILLS) and found.exits[-1] == 0
    assert len(found.cells) == GARMENTS * MODELS and {cell.state for cell in found.cells} == {SENT}
    for job in found.jobs.values():
        ended = JobState.UNCERTAIN if job.id in found.unsure else JobState.SUCCEEDED
        assert job.state is ended, job.problem


def test_every_cell_has_one_job_and_no_job_is_sent_twice(found: Found) -> None:
    assert {cell.job_id for cell in found.cells} == set(found.jobs) and len(found.jobs) == len(found.cells)
    assert {cell.attempt for cell in found.cells} == {1}
    assert set(found.tasks.values()) == {1} and len(found.tasks) <= len(found.batches)
    assert {job.task_id for job in found.jobs.values() if job.id not in found.unsure} <= set(found.tasks)


def test_what_went_out_together_has_one_task_and_is_in_doubt_together(
    found: Found, env: dict[str, str]
) -> None:
    sizes = {len(batch) for batch in found.batches}
    assert sizes == {1} if env == ALONE else max(sizes) == 3
    for batch in found.batches:
        assert len({(job.task_id, job.state) for job in batch}) == 1
    if env == TOGETHER:  # at the least those that the kills at known moments have left so
        assert sum(batch[0].state is JobState.UNCERTAIN for batch in found.batches) >= len(MOMENTS) - 1
    tasks = [batch[0].task_id for batch in found.batches if batch[0].task_id]
    assert len(tasks) == len(set(tasks))
