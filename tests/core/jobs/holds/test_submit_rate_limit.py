"""A vendor that takes only a few submits in a minute: none is sent too early, whoever sends."""

from __future__ import annotations

from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.jobs.test_job import bench
from tryon_core import JobState, Request, Settings, TryOnRequest
from tryon_core.account import Account
from tryon_core.errors import InvalidRequest
from tryon_core.jobs.holds.submit_rate_limit import (
    LONGEST_BEHIND_S,
    WINDOW_S,
    Taken,
    limit_of,
    place,
    placed,
    wait_for_slot,
)
from tryon_core.jobs.preparing import prepare
from tryon_core.jobs.submitting import submit
from tryon_core.requests.choices import Version
from tryon_core.requests.request import Garment, LinkPicture, Suit
from tryon_core.requests.request_parts import links_of
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_core.vendors.aidge.spec import PRO_SUBMITS
from tryon_core.vendors.task import Receipt

NOW = 1_700_000_000.0


def record(job: str, vendor: str = "aidge", live: bool = True, version: str = "pro") -> JobRecord:
    return JobRecord(
        id=job,
        owner="ann",
        fingerprint=job,
        generation=0,
        vendor=vendor,
        live=live,
        title="",
        stem="",
        request={"version": version},
        state=JobState.SUBMITTING,
        expected=1,
        submitted_at=NOW,
    )


def test_a_cell_leaves_the_places_to_come_to_single_jobs_until_one_is_free(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    ledger.open()
    assert place(ledger, record("first"), NOW, 1) == NOW
    assert place(ledger, record("cell"), NOW, 1, ahead=False) == NOW + WINDOW_S
    assert place(ledger, record("single"), NOW, 1) == NOW + WINDOW_S
    later = place(ledger, record("cell"), NOW + WINDOW_S, 1, ahead=False)
    assert later == NOW + 2 * WINDOW_S and place(ledger, record("cell"), later, 1, ahead=False) == later
    assert place(ledger, record("other"), later, 1) == later + WINDOW_S
    ledger.close()


class Rush(JumpingClock):
    """Whoever wakes up finds that single jobs have just taken every place."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger, self._come = ledger, 0

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        self.come()

    def come(self) -> None:
        for _ in range(PRO_SUBMITS):
            self._come += 1
            place(self._ledger, record(f"single-{self._come}"), self.now(), PRO_SUBMITS)


@pytest.mark.anyio
async def test_a_cell_that_has_waited_long_takes_a_place_in_advance(tmp_path: Path) -> None:
    async with bench(tmp_path, ScriptedVendors(), fakes.tryon(tmp_path)) as at:
        clock = Rush(at.context.store.ledger)
        clock.come()
        begun = clock.now()
        cell = replace(record("cell"), collection_id="c" * 40)
        await wait_for_slot(replace(at.context, clock=clock), cell)
        assert LONGEST_BEHIND_S < clock.now() - begun < LONGEST_BEHIND_S + 3 * WINDOW_S


@given(st.lists(st.floats(0, 40), min_size=1, max_size=40), st.integers(1, 4))
def test_no_minute_ever_holds_more_than_the_limit_and_all_go_in_their_order(
    pauses: list[float], limit: int
) -> None:
    now, known, times = NOW, list[Taken](), list[float]()
    for number, pause in enumerate(pauses):
        now += pause
        at, known = placed(known, f"job-{number}", now, limit)
        times.append(at)
    assert times == sorted(times)
    assert all(bisect_right(times, at + 60) - number <= limit for number, at in enumerate(times))


def test_a_job_keeps_its_place_over_a_restart() -> None:
    known = list[Taken]()
    for number in range(5):
        at, known = placed(known, f"job-{number}", NOW, 2)
    assert placed(known, "job-4", NOW + 10, 2) == (at, known)
    assert at == NOW + 2 * WINDOW_S


def test_places_of_the_past_are_forgotten() -> None:
    _, known = placed([(NOW - 1000, "old")], "job", NOW, 3)
    assert known == [(NOW, "job")]


@pytest.mark.parametrize(
    ("job", "chosen", "limit"),
    [
        (record("a"), None, PRO_SUBMITS),
        (record("a", version="standard"), None, 0),
        (record("a", live=False), None, 0),
        (record("a", live=False, version="standard"), 5, 5),
        (record("a"), 0, 0),
        (record("a", "ailab", version=""), None, 0),
    ],
)
def test_the_limit_is_the_granted_one_or_the_pages(job: JobRecord, chosen: int | None, limit: int) -> None:
    assert limit_of(job, chosen) == limit


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'studio.sqlite'}"
    return str(request.getfixturevalue("on_postgres"))


def test_two_processes_share_the_places(url: str) -> None:
    ledgers = Ledger(url), Ledger(url)
    ledgers[0].open()
    with ThreadPoolExecutor(4) as pool:
        taken = [
            pool.submit(place, ledgers[number % 2], record(f"job-{number}"), NOW, 3) for number in range(12)
        ]
        times = sorted(future.result() for future in taken)
    for ledger in ledgers:
        ledger.close()
    assert times == sorted([NOW + WINDOW_S * turn for turn in range(4)] * 3)


@pytest.mark.anyio
async def test_a_fourth_pro_job_is_sent_when_its_minute_has_come(tmp_path: Path) -> None:
    sent: list[float] = []

    class Looking(ScriptedVendors):
        clock: JumpingClock

        async def submit(self, request: Request, account: Account) -> Receipt:
            sent.append(self.clock.now())
            return await super().submit(request, account)

    vendors = Looking()
    garment = Garment(LinkPicture("https://shop.test/hoodie.png"))
    request = TryOnRequest((Suit((garment,)),), count=1, version=Version.PRO)
    async with bench(tmp_path, vendors, request) as at:
        vendors.clock = at.clock
        begun = at.clock.now()
        for number in range(4):
            job = replace(
                await at.context.store.record(at.job_id), id=f"{number:040x}", fingerprint=str(number)
            )
            at.context.store.ledger.add(job)
            at.context.links.remember(job.id, links_of(request))
            for step in (prepare, submit):
                await step(at.context, job.id)
    assert sent[2] - begun < 1.0 and sent[3] - begun >= WINDOW_S


@pytest.mark.parametrize(("text", "granted"), [("", None), ("0", 0), (" 12 ", 12)])
def test_what_was_granted_is_read_from_the_settings(text: str, granted: int | None) -> None:
    assert Settings.load({"AIDGE_SUBMITS_PER_MINUTE": text}).vendors["aidge"].submits_per_minute == granted


def test_a_grant_that_is_no_number_is_named() -> None:
    with pytest.raises(InvalidRequest) as refused:
        Settings.load({"AIDGE_SUBMITS_PER_MINUTE": "three"})
    assert refused.value.field == "AIDGE_SUBMITS_PER_MINUTE"


@given(st.lists(st.floats(0, 40), min_size=1, max_size=40), st.integers(1, 4), st.floats(3600, 4e7))
def test_a_clock_that_was_ahead_lets_nobody_wait_until_it_is_as_late_again(
    pauses: list[float], limit: int, ahead_s: float
) -> None:
    late, known = NOW + ahead_s, list[Taken]()
    for number, pause in enumerate(pauses):
        late += pause
        _, known = placed(known, f"job-{number}", late, limit)
    waiting = f"job-{len(pauses) - 1}"
    at, again = placed(known, waiting, NOW, limit)
    assert at == NOW and again == [(NOW, waiting)]
    others = [placed(again, f"other-{number}", NOW, limit)[0] for number in range(limit)]
    assert max(others) <= NOW + WINDOW_S
