"""What may come back of a submit, a poll or a download: each answer has one right end, in state and money."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.answers import aidge_polls, aidge_submits, ailab_polls, ailab_submits, downloads
from tests.contract.answers.double import QUICK_S, Container, Outcome, Row, trickle
from tests.core.mortal import World, mortal_disk
from tests.core.wires import PACES
from tryon_core import JobState
from tryon_core.poll_schedule.plan import LONGEST_S
from tryon_core.vendors import download
from tryon_core.vendors.aidge import wire as aidge_wire
from tryon_core.vendors.ailab import wire as ailab_wire
from tryon_core.vendors.transport import POLL_S, send

pytestmark = pytest.mark.slow

ROWS: tuple[Row, ...] = (
    *aidge_submits.ROWS,
    *aidge_polls.ROWS,
    *ailab_submits.ROWS,
    *ailab_polls.ROWS,
    *downloads.ROWS,
)
FEWEST = 190
LONGEST = (
    (aidge_wire, "SUBMIT_S"),
    (aidge_wire, "POLL_S"),
    (ailab_wire, "SUBMIT_S"),
    (download, "TIMEOUT_S"),
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Outcome]]:
    """What every row came to, in one studio."""
    world = World(tmp_path_factory.mktemp("unused"))
    with mortal_disk(lambda: world), pytest.MonkeyPatch.context() as real:
        for module, name in LONGEST:
            real.setattr(module, name, QUICK_S)
        real.setattr(send, "__defaults__", (QUICK_S,))
        logging.getLogger("tryon").setLevel(logging.CRITICAL)
        yield asyncio.run(_met(tmp_path_factory.mktemp("studio")))
    logging.getLogger("tryon").setLevel(logging.NOTSET)


async def _met(folder: Path) -> dict[str, Outcome]:
    house = Container(folder)
    await house.studio.start()
    try:
        return {row.name: await house.outcome(row) for row in ROWS}
    finally:
        await house.studio.stop()
        assert house.world.broken == []


def test_the_table_has_an_answer_for_everything_that_was_met_and_each_has_a_name_of_its_own() -> None:
    assert len(ROWS) >= FEWEST and len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_answer_has_its_one_end(row: Row, outcomes: dict[str, Outcome]) -> None:
    job, submits = outcomes[row.name].job, outcomes[row.name].submits
    found = (job.state, job.charged, len(job.pictures), submits, job.failed_pictures)
    assert found == (row.state, row.charged, row.pictures, row.submits, row.failed)
    words = f"{job.problem.what} {job.problem.todo}" if job.problem else " ".join(job.notes)
    assert row.said.lower() in words.lower()
    assert not row.unsaid or row.unsaid.lower() not in words.lower()
    assert (job.problem is None) is (job.state is JobState.SUCCEEDED)
    assert bool(row.failed) is any("could not be made" in note for note in job.notes)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_answer_holds_a_job_past_its_deadline_and_one_poll(row: Row, outcomes: dict[str, Outcome]) -> None:
    one_poll = LONGEST_S + (POLL_S if trickle in row.on_poll else 0.0)
    assert outcomes[row.name].lasted_s <= PACES[row.vendor].deadline + one_poll
