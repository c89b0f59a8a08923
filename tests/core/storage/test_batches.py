"""Rows of jobs that leave together: marked together or not at all, and counted as each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.core.jobs.holds.test_submit_rate_limit import record
from tryon_core import Charged, JobState
from tryon_core.storage import batches
from tryon_core.storage.job_records import Change
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.spending import paid_pictures

NOW = 1_700_000_000.0
IDS = [f"{at:040x}" for at in range(3)]
PLACES: dict[str, dict[str, object]] = {job_id: {"at": at, "suits": []} for at, job_id in enumerate(IDS)}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def ledgers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Ledger, Ledger]]:
    """Two processes' ledgers on one database, with three jobs that are to leave together."""
    url = f"sqlite:///{tmp_path / 'studio.sqlite'}"
    if request.param == "postgresql":
        url = str(request.getfixturevalue("on_postgres"))
    one, two = Ledger(url), Ledger(url)
    one.open()
    for job_id in IDS:
        one.add(record(job_id))
    yield one, two
    one.close()
    two.close()


def spent(ledger: Ledger) -> int:
    """Pictures of this day that were sent or wait to be."""
    with ledger.engine.connect() as connection:
        return paid_pictures(connection, NOW)


def marks(ledger: Ledger) -> list[float | None]:
    return [job.sending_since for job in map(ledger.record, IDS) if job]


def test_all_are_marked_and_counted_and_know_their_places(ledgers: tuple[Ledger, Ledger]) -> None:
    one, two = ledgers
    assert batches.claim(one, PLACES, IDS[0], NOW) == frozenset()
    jobs = [job for job in map(two.record, IDS) if job]
    assert [(job.sending_since, job.batch, job.batch_place) for job in jobs] == [
        (NOW, IDS[0], PLACES[job_id]) for job_id in IDS
    ]
    assert [job.counted_on for job in jobs] == [int(NOW // 86_400)] * 3 and spent(two) == 3


@pytest.mark.parametrize(
    "change",
    [Change(sending_since=1.0), Change(task_id="t"), Change(state=JobState.FAILED), Change(deleted_at=1.0)],
    ids=["sent", "has its task", "ended", "deleted"],
)
def test_where_one_is_not_free_none_is_marked(ledgers: tuple[Ledger, Ledger], change: Change) -> None:
    one, two = ledgers
    two.change(IDS[1], change)
    assert batches.claim(one, PLACES, IDS[0], NOW) == {IDS[1]}
    assert marks(two)[::2] == [None, None]


def test_of_two_processes_that_send_the_same_jobs_one_does(ledgers: tuple[Ledger, Ledger]) -> None:
    with ThreadPoolExecutor() as pool:
        claims = [pool.submit(batches.claim, ledgers[at % 2], PLACES, IDS[at % 3], NOW) for at in range(6)]
        singles = [pool.submit(ledgers[at % 2].claim_sending, job_id, NOW) for at, job_id in enumerate(IDS)]
    together = sum(claim.result() == frozenset() for claim in claims)
    alone = sum(claim.result() for claim in singles)
    assert (together, alone) in {(1, 0), (0, 1), (0, 2), (0, 3)} and spent(ledgers[0]) == 3


def test_what_was_not_taken_is_given_back_and_what_was_taken_is_written_to_all(
    ledgers: tuple[Ledger, Ledger],
) -> None:
    one, two = ledgers
    batches.claim(one, PLACES, IDS[0], NOW)
    batches.change(one, {job_id: Change(sending_since=None, batch_place=None) for job_id in IDS})
    assert marks(two) == [None] * 3
    assert {job.counted_on for job in map(two.record, IDS) if job} == {None}
    batches.claim(one, PLACES, IDS[0], NOW)
    taken = Change(state=JobState.QUEUED, task_id="task", request_ids=("id",), charged=Charged.UNKNOWN)
    batches.change(one, dict.fromkeys(IDS, taken))
    assert {job.id for job in two.with_task("aidge", True, "task")} == set(IDS) and spent(two) == 3


def test_who_waits_for_a_job_is_found_until_it_has_left(ledgers: tuple[Ledger, Ledger]) -> None:
    one, two = ledgers
    for job_id in IDS[1:]:
        one.change(job_id, Change(batch=IDS[0]))
    assert [job.id for job in batches.waiting_for(two, IDS[0])] == IDS[1:]
    one.change(IDS[1], Change(state=JobState.FAILED))
    assert [job.id for job in batches.waiting_for(two, IDS[0])] == IDS[2:]
    batches.claim(one, {job_id: PLACES[job_id] for job_id in IDS[::2]}, IDS[0], NOW)
    assert batches.waiting_for(two, IDS[0]) == []


def test_one_that_is_gone_keeps_nothing_from_the_others(ledgers: tuple[Ledger, Ledger]) -> None:
    one, two = ledgers
    batches.claim(one, PLACES, IDS[0], NOW)
    gone = two.record(IDS[1])
    assert gone and two.delete(gone.id, gone.revision)
    batches.change(one, dict.fromkeys(IDS, Change(task_id="task")))
    assert {job.id for job in two.with_task("aidge", True, "task")} == set(IDS[::2])
