"""Whatever happens, in whatever order: nothing is bought twice, every job ends, and no picture is lost."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Coroutine
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.core import fakes
from tests.core.mortal import World, engine_of, mortal_disk, new_process
from tests.core.submitting import all_deleted, delete, submit
from tests.core.vendor_double import QUERY_FAULTS, RESULT_FAULTS, SENTINEL, SUBMIT_FAULTS, made
from tests.core.wires import PACES
from tests.no_garbage import leave_out_what_is_there
from tests.on_disk import contents
from tryon_core import (
    FilePicture,
    Garment,
    Job,
    JobState,
    LinkPicture,
    PersonGender,
    RefineRequest,
    Request,
    Studio,
    Suit,
    TryOnRequest,
)
from tryon_core.disk import PART
from tryon_core.errors import DiskFull
from tryon_core.jobs.saving import BETWEEN_TRIES, TRIES

SEQUENCES = 2_000 if os.environ.get("CI") else 200
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 + SEQUENCES / 2)]
WALKERS = 2  # processes, each with its own seed: always the same sequences
STEPS = 10
ANN = "visitor-ann"
# Sending, asking until the deadline with one wait beyond it, and bringing home: then a job has ended.
LONGEST_S = (
    max(pace.deadline for pace in PACES.values()) + sum(map(BETWEEN_TRIES.pause, range(1, TRIES + 1))) + 120
)
LOOP = asyncio.Runner()
MEMORY = Path("/dev/shm")


def few(faults: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(faults), min_size=1, max_size=4)


class Life(RuleBasedStateMachine):
    """One visitor, three requests, and everything that can go wrong."""

    sequences: ClassVar[int] = 0
    ends: ClassVar[Counter[str]] = Counter()
    requests: ClassVar[tuple[Request, ...]] = ()
    world: ClassVar[World]

    @initialize(which=st.integers(0, 2))
    def open(self, which: int) -> None:
        Life.sequences += 1
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        Life.world = World(self.folder / "data")
        self.studio = self.started()
        self.click(which, 1)

    def started(self) -> Studio:
        """A new process; what an earlier one had marked as deleted is gone, as it would go at any time."""
        studio = new_process(self.world)
        LOOP.run(studio.start())
        LOOP.run(all_deleted(studio))
        return studio

    def mortally(self, deed: Coroutine[Any, Any, object]) -> None:
        """Does something in a process that may be killed meanwhile, and is started again then."""
        try:
            LOOP.run(deed)
        except DiskFull:
            return
        except BaseException:
            if not self.world.dead:
                raise
        if self.world.dead:
            self.restart()

    def jobs(self) -> tuple[Job, ...]:
        store = self.studio._container.store
        return tuple(store.job(record) for record in store.ledger.all())

    # What people do

    @rule(which=st.integers(0, 2), clicks=st.integers(1, 2))
    def click(self, which: int, clicks: int) -> None:
        async def submitted() -> None:
            job = [submit(self.studio, self.requests[which], visitor=ANN) for _ in range(clicks)]
            assert len({job.id for job in await asyncio.gather(*job)}) == 1

        self.mortally(submitted())

    @rule(which=st.integers(0, 9))
    def poll_again(self, which: int) -> None:
        self.on_one(which, lambda job: job.state is JobState.OVERDUE, self.asked_again)

    @rule(which=st.integers(0, 9))
    def enter_the_task_id(self, which: int) -> None:
        self.on_one(which, lambda job: job.state is JobState.UNCERTAIN, self.adopted)

    @rule(which=st.integers(0, 9))
    def delete(self, which: int) -> None:
        before = {job.id for job in self.jobs()}
        self.on_one(which, lambda job: job.state.ended, self.deleted)
        for job_id in before - {job.id for job in self.jobs()}:
            self.world.vendors.bury(job_id)  # an equal request will be a new job, of the same id

    async def deleted(self, job: Job) -> None:
        await delete(self.studio, job.id, visitor=ANN)

    def on_one(self, which: int, fits: Any, deed: Any) -> None:
        found = [job for job in self.jobs() if fits(job)]
        if found:
            self.mortally(deed(found[which % len(found)]))

    async def asked_again(self, job: Job) -> None:
        await self.studio.poll_again(job.id, visitor=ANN)

    async def adopted(self, job: Job) -> None:
        task = next((t for t in self.world.vendors.tasks.values() if t.job_id == job.id), None)
        if task is not None:
            await self.studio.adopt_task(job.id, task.id, visitor=ANN)

    # What time and the machine do

    @rule()
    def go_on(self) -> None:
        self.mortally(engine_of(self.studio).drive())

    @rule()
    def restart(self) -> None:
        self.world.dead = True
        self.studio = self.started()

    @rule(which=st.integers(0, 2), deeds=st.integers(1, 40))
    def click_and_be_killed(self, which: int, deeds: int) -> None:
        async def clicked() -> None:
            await submit(self.studio, self.requests[which], visitor=ANN)
            await engine_of(self.studio).drive()

        self.world.fuse = deeds
        self.mortally(clicked())

    @rule(deeds=st.integers(1, 40))
    def be_killed_soon(self, deeds: int) -> None:
        self.world.fuse = deeds
        self.mortally(engine_of(self.studio).drive())

    @rule(writes=st.sampled_from((1, 2, 5, 40)))
    def fill_the_disk(self, writes: int) -> None:
        self.world.no_room = writes

    # What vendors do

    @rule(faults=few(SUBMIT_FAULTS))
    def spoil_submits(self, faults: list[str]) -> None:
        self.world.vendors.submit_faults.extend(faults)

    @rule(faults=few(QUERY_FAULTS))
    def spoil_queries(self, faults: list[str]) -> None:
        self.world.vendors.query_faults.extend(faults)

    @rule(faults=few(RESULT_FAULTS))
    def spoil_results(self, faults: list[str]) -> None:
        self.world.vendors.result_faults.extend(faults)

    @rule(seconds=st.sampled_from((0.0, 12.0, 40.0, 90.0, 900.0)), failing=st.integers(0, 1))
    def work(self, seconds: float, failing: int) -> None:
        self.world.vendors.takes_s, self.world.vendors.failing_parts = seconds, failing

    # What must hold

    @invariant()
    def nothing_is_bought_twice(self) -> None:
        if hasattr(self, "studio"):
            assert max(Counter(self.world.vendors.may_have_arrived).values(), default=0) <= 1
            assert self.world.vendors.after_arrival == [] and self.world.broken == []

    def teardown(self) -> None:
        if not hasattr(self, "studio"):
            return
        try:
            self.end()
        finally:
            LOOP.run(self.studio.stop())
            shutil.rmtree(self.folder)

    def end(self) -> None:
        self.world.vendors.calm()
        self.world.no_room = 0
        self.restart()
        LOOP.run(engine_of(self.studio).drive())
        jobs = self.jobs()
        assert [job.id for job in jobs if not job.state.ended] == []
        assert max(self.world.lived.values(), default=0.0) <= LONGEST_S
        for job in jobs:
            Life.ends[job.state] += 1
            self.check_ended(job)
        self.nothing_is_bought_twice()
        self.check_disk()

    def check_ended(self, job: Job) -> None:
        tasks = [task for task in self.world.vendors.tasks.values() if task.job_id == job.id]
        assert job.problem is not None or job.state is JobState.SUCCEEDED
        if job.state is JobState.OVERDUE:
            job = self.brought_home(job)
        if job.state is JobState.SUCCEEDED:
            (task,) = tasks
            kept = sorted(picture.sha256 for picture in job.pictures)
            wanted = sorted(hashlib.sha256(made(number)).hexdigest() for number in task.pictures)
            assert kept == wanted if task.fate == "fine" else set(kept) <= set(wanted)
        elif tasks and job.state is not JobState.UNCERTAIN:
            # What was bought is let go only when the vendor itself said that there is nothing to be had.
            assert job.task_id and tasks[0].fate != "fine"

    def brought_home(self, job: Job) -> Job:
        """What an overdue job comes to when it is asked about once more, in better times."""
        assert job.task_id
        self.world.time += 10_000
        LOOP.run(self.asked_again(job))
        LOOP.run(engine_of(self.studio).drive())
        return next(now for now in self.jobs() if now.id == job.id)

    def check_disk(self) -> None:
        """Pictures in the ledger are files to the byte; nothing partial can be seen; no secret is kept."""
        for job in self.jobs():
            for picture in job.pictures:
                data = picture.path.read_bytes()
                assert hashlib.sha256(data).hexdigest() == picture.sha256 and len(data) == picture.size
            folder = self.world.folder / "jobs" / job.id / "pictures"
            seen = [file for file in folder.glob("*") if not file.name.startswith(".")]
            whole = {made(n) for task in self.world.vendors.tasks.values() for n in task.pictures}
            assert all(file.read_bytes() in whole for file in seen)
            assert not list(folder.glob(f".*{PART}"))
        files = dict(contents(self.world.folder))
        assert files and not [file for file, content in files.items() if SENTINEL.encode() in content]
        assert SENTINEL.encode() not in self.world.ledger.serialize()


def walked(number: int, sequences: int, folder: Path) -> tuple[int, Counter[str]]:
    """Walks through so many sequences in this process; how many there were, and how the jobs ended."""
    leave_out_what_is_there()
    photo = folder / f"photo-{number}.png"
    photo.write_bytes(fakes.picture(151, 151, "JPEG"))
    garments = [LinkPicture(f"https://shop.test/{name}.png") for name in ("hoodie", "jeans")]
    tryons = [TryOnRequest((Suit((Garment(garment),)),), count=2) for garment in garments]
    same = FilePicture(photo)
    Life.requests = (*tryons, RefineRequest(same, same, same, PersonGender.MAN))
    for name in ("tryon_core", "tryon.jobs"):
        logging.getLogger(name).setLevel(logging.ERROR)  # it tells of every full disk, and of every end
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # ten steps can be read as they are
        suppress_health_check=list(HealthCheck),
    )
    with mortal_disk(lambda: Life.world):
        try:
            run_state_machine_as_test(seed(number)(Life), settings=chosen)
        except Exception as error:  # not every error can be told to another process as it is
            raise AssertionError("".join(traceback.format_exception(error))) from None
    return Life.sequences, Life.ends


def test_no_sequence_of_faults_restarts_and_clicks_loses_or_doubles_a_job(tmp_path: Path) -> None:
    with ProcessPoolExecutor(WALKERS, get_context("spawn")) as pool:
        each = SEQUENCES // WALKERS
        walks = [pool.submit(walked, number, each, tmp_path) for number in range(WALKERS)]
        counts, ends = zip(*(walk.result() for walk in walks), strict=True)
    assert sum(counts) >= SEQUENCES
    met = set(sum(ends, Counter()))
    assert met >= {JobState.SUCCEEDED, JobState.FAILED, JobState.UNCERTAIN, JobState.OVERDUE}
