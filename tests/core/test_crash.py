"""A process that is killed in the middle of a paid job, and the next one that finds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from tests.core import fakes
from tests.core.crashing import VISITOR
from tests.core.fakes import JumpingClock, ScriptedVendors
from tryon_core import Charged, Job, JobState, Studio

pytestmark = pytest.mark.anyio
HOUSE = Path(__file__).parent.parent.parent
PATIENCE_S = 60


def crash(folder: Path, moment: str) -> int:
    command = [sys.executable, "-m", "tests.core.crashing", str(folder), moment]
    return subprocess.run(command, cwd=HOUSE, timeout=PATIENCE_S, check=False).returncode


async def found(folder: Path, vendors: ScriptedVendors) -> Job:
    studio = Studio(fakes.settings(folder, **fakes.LIVE), vendors, clock=JumpingClock(), reread_s=0.2)
    await studio.start()
    try:
        (job,) = await studio.jobs(visitor=VISITOR)
        with anyio.fail_after(PATIENCE_S):
            seen = [state async for state in studio.watch(job.id, visitor=VISITOR)]
    finally:
        await studio.stop()
    return seen[-1]


async def test_killed_between_sending_and_the_answer_the_job_is_uncertain(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    assert crash(tmp_path, "submit") == -9
    job = await found(tmp_path, vendors)
    assert (job.state, job.charged, vendors.sent) == (JobState.UNCERTAIN, Charged.UNKNOWN, [])


async def test_killed_while_it_waits_the_job_goes_on_to_its_pictures(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    assert crash(tmp_path, "query") == -9
    job = await found(tmp_path, vendors)
    assert (job.state, len(job.pictures), vendors.sent) == (JobState.SUCCEEDED, 2, [])
    assert set(vendors.asked) == {"task-1"}
