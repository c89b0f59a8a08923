"""Jobs of a vendor that is registered no more: the app starts, and each ends in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.submitting import delete
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import Charged, JobState, Studio, identity
from tryon_core.requests.request_parts import to_json
from tryon_core.storage.job_records import JobRecord

pytestmark = pytest.mark.anyio
GONE = "gone"
# The name of a row, whether its request was about to leave, its task, and how it ends.
ROWS = (
    ("unsent", False, "", JobState.FAILED),
    ("sent", True, "", JobState.UNCERTAIN),
    ("accepted", True, "task-9", JobState.OVERDUE),
)


def left_over(folder: Path, name: str, marked: bool, task: str) -> JobRecord:
    """A row that a process of before has left unfinished."""
    now = JumpingClock().now()
    return JobRecord(
        id=name.encode().hex().ljust(40, "0"),
        owner=identity.owner_of(ANN),
        fingerprint=name,
        generation=1,
        vendor=GONE,
        live=True,
        title=name,
        stem=name,
        request=to_json(fakes.tryon(folder)),
        state=JobState.QUEUED if task else JobState.SUBMITTING,
        expected=2,
        submitted_at=now,
        sending_since=now if marked else None,
        task_id=task,
        charged=Charged.UNKNOWN if task else Charged.NO,
    )


def add_rows(studio: Studio, folder: Path) -> None:
    for name, marked, task, _ in ROWS:
        assert studio._container.store.ledger.add(left_over(folder, name, marked, task))


async def test_the_app_starts_and_its_unfinished_jobs_end_in_words(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors) as studio:
        add_rows(studio, tmp_path)
    async with open_house(tmp_path, vendors) as studio:
        jobs = {job.title: await ended(studio, job) for job in await studio.jobs(visitor=ANN)}
        assert {name: jobs[name].state for name in jobs} == {name: state for name, _, _, state in ROWS}
        for job in jobs.values():
            assert job.vendor_name == GONE and job.problem is not None
            assert job.problem.what and job.problem.todo and "broke" not in job.problem.what
            assert job.charged is (Charged.NO if job.title == "unsent" else Charged.UNKNOWN)
            await delete(studio, job.id, visitor=ANN)
    assert not vendors.sent and not vendors.asked


async def test_after_a_restored_copy_what_may_have_been_sent_to_it_is_uncertain(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        add_rows(studio, tmp_path)
        await studio._container.resumer.doubt_unsent()
        states = {job.title: job.state for job in await studio.jobs(visitor=ANN)}
    doubt = JobState.UNCERTAIN
    assert states == {"unsent": doubt, "sent": doubt, "accepted": JobState.QUEUED}
