"""The three unclear ends of a job: each by a fault of the sandbox, and each way out of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock
from tests.core.submitting import delete, submit
from tests.core.wires import VENDORS
from tests.sandbox.box import TinyRenderer
from tryon_core import Charged, InvalidRequest, Job, JobState, Studio, TryOnError, open_studio
from tryon_core.requests.request import Request
from tryon_sandbox import FetchError, SandboxApp, SandboxSettings, create_sandbox
from tryon_sandbox.faults import read_order

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ANN, BEN = "visitor-ann", "visitor-ben"
QUICK = SandboxSettings(queue_s=0.0, per_image_s=0.0, jitter=0.0)
FOR_EVER = 10_000
PATIENCE_S = 60


class PatientClock(JumpingClock):
    """Jumps as well, but leaves the sandbox a moment to draw."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        await anyio.sleep(0.02)


@dataclass
class Container:
    """The studio and the sandbox that it works on, in one process and on one clock."""

    studio: Studio
    sandbox: SandboxApp

    def order(self, on: str, fault: str, times: int = 1) -> None:
        self.sandbox.sandbox.faults.arm((read_order({"on": on, "fault": fault, "times": times}),))

    async def ended(self, job: Job, visitor: str = ANN) -> Job:
        with anyio.fail_after(PATIENCE_S):
            async for seen in self.studio.watch(job.id, visitor=visitor):
                job = seen
        return job

    async def made(self, request: Request, visitor: str = ANN) -> Job:
        return await self.ended(await submit(self.studio, request, visitor=visitor), visitor)

    @property
    def tasks(self) -> list[str]:
        return [task.id for task in self.sandbox.sandbox.task_store.tasks()]


@asynccontextmanager
async def house(folder: Path, renderer: TinyRenderer | None = None) -> AsyncIterator[Container]:
    clock = PatientClock()

    async def eye(url: str) -> bytes:
        try:
            return await studio.fetch(url)
        except TryOnError as error:
            raise FetchError(str(error)) from error

    renderer = renderer or TinyRenderer()
    sandbox = create_sandbox(fetch=eye, settings=QUICK, clock=clock.now, renderer=renderer)
    transport = httpx.ASGITransport(sandbox)
    studio = open_studio(fakes.settings(folder), sandbox=transport, clock=clock)
    await studio.start()
    try:
        yield Container(studio, sandbox)
    finally:
        await studio.stop()


def request_for(vendor: str, folder: Path) -> Request:
    return fakes.tryon(folder) if vendor == "aidge" else fakes.refine(folder)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_lost_answer_is_uncertain_and_the_task_id_or_a_new_sending_ends_it(
    tmp_path: Path, vendor: str
) -> None:
    async with house(tmp_path) as at:
        at.order(f"{vendor}.submit", "drop_after")
        lost = await at.made(request_for(vendor, tmp_path))
        (task_id,) = at.tasks
        with pytest.raises(InvalidRequest):
            await at.studio.poll_again(lost.id, visitor=ANN)
        found = await at.ended(await at.studio.adopt_task(lost.id, task_id, visitor=ANN))
        again = await at.ended(await at.studio.send_again(lost.id, visitor=ANN))
    assert (lost.state, lost.task_id) == (JobState.UNCERTAIN, "") and lost.problem is not None
    assert "no answer came back" in lost.problem.what and lost.problem.code == "no answer"
    assert (found.id, found.state, again.state) == (lost.id, JobState.SUCCEEDED, JobState.SUCCEEDED)
    assert again.id != lost.id and len(at.tasks) == 2


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_task_id_that_the_vendor_does_not_know_is_not_taken_and_leaves_room_for_the_right_one(
    tmp_path: Path, vendor: str
) -> None:
    async with house(tmp_path) as at:
        at.order(f"{vendor}.submit", "drop_after")
        lost = await at.made(request_for(vendor, tmp_path))
        (task_id,) = at.tasks
        with pytest.raises(InvalidRequest, match=f"no-such-task, which {lost.vendor_name} does not know"):
            await at.studio.adopt_task(lost.id, "no-such-task", visitor=ANN)
        still = await at.studio.job(lost.id, visitor=ANN)
        at.order(f"{vendor}.query", "status:503")
        found = await at.ended(await at.studio.adopt_task(lost.id, task_id, visitor=ANN))
    assert still == lost and (found.state, found.task_id) == (JobState.SUCCEEDED, task_id)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_task_that_never_ends_is_overdue_and_asking_again_finds_it(
    tmp_path: Path, vendor: str
) -> None:
    async with house(tmp_path) as at:
        at.order(f"{vendor}.query", "never_finish", FOR_EVER)
        late = await at.made(request_for(vendor, tmp_path))
        at.sandbox.sandbox.faults.clear()
        found = await at.ended(await at.studio.poll_again(late.id, visitor=ANN))
    assert late.state is JobState.OVERDUE and late.task_id and late.problem is not None
    assert "ask again" in late.problem.todo and late.problem.code == "overdue"
    assert (found.id, found.state, found.problem, len(at.tasks)) == (late.id, JobState.SUCCEEDED, None, 1)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_task_that_is_gone_is_expired_and_can_be_made_again(tmp_path: Path, vendor: str) -> None:
    async with house(tmp_path) as at:
        at.order(f"{vendor}.submit", "expire")
        gone = await at.made(request_for(vendor, tmp_path))
        asked = await at.ended(await at.studio.poll_again(gone.id, visitor=ANN))
        again = await at.ended(await at.studio.send_again(gone.id, visitor=ANN))
    assert gone.state is asked.state is JobState.EXPIRED and gone.problem is not None
    assert again.state is JobState.SUCCEEDED and again.id != gone.id and len(at.tasks) == 2
    assert gone.charged is Charged.NO  # it is the sandbox


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_task_that_another_program_sent_is_picked_up(tmp_path: Path, vendor: str) -> None:
    async with house(tmp_path) as at:
        sent = await at.made(request_for(vendor, tmp_path), BEN)
        await delete(at.studio, sent.id, visitor=BEN)
        found = await at.ended(await at.studio.pick_up(vendor, sent.task_id, visitor=ANN))
        mistyped = await at.ended(await at.studio.pick_up(vendor, "123456", visitor=ANN))
    assert (found.state, found.task_id) == (JobState.SUCCEEDED, sent.task_id)
    assert {p.sha256 for p in found.pictures} == {p.sha256 for p in sent.pictures} and len(at.tasks) == 1
    assert mistyped.state is JobState.EXPIRED and mistyped.pictures == ()
