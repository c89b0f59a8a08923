"""My jobs a page at a time, searched and counted, and deleted with a way back."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.core import fakes
from tests.core.collections.making import done, rail
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.submitting import delete, earlier, submit
from tests.core.test_studio import ANN, BEN, ended, open_house
from tryon_core import UNDO_S, InvalidRequest, Job, JobNotFound, JobQuery, JobState, Studio
from tryon_core.identity import SHORT_ID
from tryon_core.jobs import poll_plan_cache
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.job_search import LONGEST_WORDS
from tryon_core.storage.ledger import Ledger

pytestmark = pytest.mark.anyio
ODD = ("\ud800", "\x00")  # half a character has no UTF-8, and PostgreSQL has no NUL


class WaitingClock(JumpingClock):
    """Who wants to wait as long as a deletion does, waits until the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.over = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        if seconds > UNDO_S - 1:
            await self.over.wait()
        await super().sleep(seconds)


async def made(studio: Studio, folder: Path, title: str, visitor: str = ANN, count: int = 1) -> Job:
    submission = await studio.submit_or_offer(
        fakes.tryon(folder, count=count), visitor=visitor, title=title, offer=False
    )
    return await ended(studio, await studio.job(submission.job_id, visitor=visitor), visitor)


async def titles(studio: Studio, query: JobQuery, visitor: str = ANN) -> list[str]:
    return [job.title for job in (await studio.gallery.page(query, visitor=visitor)).jobs]


async def test_pages_follow_each_other_without_gaps_whatever_comes_meanwhile(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        jobs = [await made(studio, tmp_path, f"Job {n}", count=n) for n in range(1, 6)]
        first = await studio.gallery.page(visitor=ANN, limit=2)
        await made(studio, tmp_path, "Newer", count=7)
        await delete(studio, jobs[2].id, visitor=ANN)
        second = await studio.gallery.page(visitor=ANN, after=first.next, limit=2)
        empty = await studio.gallery.page(visitor=BEN)
    assert [job.title for job in first.jobs] == ["Job 5", "Job 4"]
    assert [job.title for job in second.jobs] == ["Job 2", "Job 1"] and second.next is None
    assert (empty.jobs, empty.next) == ((), None)


async def test_jobs_are_found_by_words_state_vendor_star_and_time(tmp_path: Path) -> None:
    clock = JumpingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        coat = await made(studio, tmp_path, "Red coat on James")
        between = clock.now() + 1
        await clock.sleep(2)
        tee = await made(studio, tmp_path, "Tee on Nora", count=2)
        await studio.rename(tee.id, "50 % off_it", visitor=ANN)
        await studio.pin(coat.id, True, visitor=ANN)
        found = {
            name: await titles(studio, query)
            for name, query in {
                "words": JobQuery("JAMES coat"),
                "own title": JobQuery("off_"),
                "old title": JobQuery("nora"),
                "wildcard": JobQuery("%d%"),
                "failed": JobQuery(states=(JobState.FAILED,)),
                "saved": JobQuery(states=(JobState.SUCCEEDED,)),
                "other vendor": JobQuery(vendor="nobody"),
                "starred": JobQuery(pinned=True),
                "since": JobQuery(since=between),
                "before": JobQuery(before=between),
                "any of some": JobQuery(any_of=(("parka", "COAT"), ("on",))),
                "none of some": JobQuery("coat", any_of=(("parka", "50%"),)),
            }.items()
        }
        counts = await studio.gallery.counts(visitor=ANN)
    both = ["50 % off_it", "Red coat on James"]
    assert found == {
        "words": both[1:], "own title": both[:1], "old title": [], "wildcard": [], "failed": [],
        "saved": both, "other vendor": [], "starred": both[1:], "since": both[:1], "before": both[1:],
        "any of some": both[1:], "none of some": [],
    }  # fmt: skip
    assert counts == {JobState.SUCCEEDED: 2}


async def test_what_was_made_for_a_collection_can_be_left_out_for_it_to_stand_as_one(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        await made(studio, tmp_path, "Alone")
        cells = await studio.collections.create(rail(tmp_path, 1, 2), visitor=ANN)
        await done(studio, cells)
        apart, every = await titles(studio, JobQuery(apart=True)), await titles(studio, JobQuery())
    assert apart == ["Alone"] and len(every) == 3


async def test_words_are_found_whatever_their_case_in_every_script(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        await made(studio, tmp_path, "Ärmel ПАЛЬТО")
        found = [await titles(studio, JobQuery(words)) for words in ("ärmel", "ÄRMEL пальто", "armel")]
    assert found == [["Ärmel ПАЛЬТО"], ["Ärmel ПАЛЬТО"], []]


async def test_what_no_database_takes_is_left_out_of_a_title_and_of_the_words_to_find_it_by(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        await made(studio, tmp_path, "Red coat on James")
        found = [await titles(studio, JobQuery(f"co{odd}at")) for odd in ODD]
        job = await studio.rename((await studio.jobs(visitor=ANN))[0].id, "Coat".join(ODD), visitor=ANN)
        none = [await titles(studio, JobQuery(vendor=f"nobody{odd}")) for odd in ODD]
    assert found == [["Red coat on James"]] * len(ODD) and job.title == "Coat" and none == [[]] * len(ODD)
    assert len(JobQuery("a" * 100_000).words) == LONGEST_WORDS


@pytest.mark.parametrize("odd", [*ODD, "", "%", "A", "é", "0" * 41, "0" * 12 + "\n", "0" * 40 + "\n"])
async def test_what_is_no_jobs_id_is_no_job(tmp_path: Path, odd: str) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        for look in (studio.job, studio.job_at, studio.gallery.delete, studio.gallery.undo):
            for text in (odd, odd * SHORT_ID, odd * 40):
                with pytest.raises(JobNotFound):
                    await look(text, visitor=ANN)


async def test_a_deleted_job_is_nowhere_and_can_be_had_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        job = await made(studio, tmp_path, "Red coat on James")
        await studio.gallery.delete(job.id, visitor=ANN)
        for look in (studio.job(job.id, visitor=ANN), studio.job_at(job.address, visitor=ANN)):
            with pytest.raises(JobNotFound):
                await look
        assert await titles(studio, JobQuery()) == [] and await studio.jobs(visitor=ANN) == ()
        assert await earlier(studio, fakes.tryon(tmp_path, count=1), visitor=ANN) is None
        with pytest.raises(JobNotFound):
            await studio.gallery.undo(job.id, visitor=BEN)
        assert [one for one, _ in await studio.gallery.deleted(visitor=ANN)] == [job]
        assert await studio.gallery.deleted(visitor=BEN) == ()
        back = await studio.gallery.undo(job.id, visitor=ANN)
        assert back == job and await titles(studio, JobQuery()) == ["Red coat on James"]
        assert all(picture.path.is_file() for picture in back.pictures)


async def test_after_its_time_a_deleted_job_is_gone_for_good(tmp_path: Path) -> None:
    clock = WaitingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await made(studio, tmp_path, "Red coat on James")
        await studio.gallery.delete(job.id, visitor=ANN)
        clock.over.set()
        await until_gone(studio, job)
        with pytest.raises(JobNotFound):
            await studio.gallery.undo(job.id, visitor=ANN)
    assert not any(path.is_file() for path in (tmp_path / "data" / "jobs").rglob("*"))


async def test_what_was_deleted_before_a_stop_goes_after_the_next_start(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        job = await made(studio, tmp_path, "Red coat on James")
        await studio.gallery.delete(job.id, visitor=ANN)
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        await until_gone(studio, job)


async def test_the_same_again_after_a_deletion_is_a_new_job_and_both_can_be_had(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        first = await made(studio, tmp_path, "First")
        await studio.gallery.delete(first.id, visitor=ANN)
        second = await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=1), visitor=ANN))
        await studio.gallery.undo(first.id, visitor=ANN)
        assert second.id != first.id and len(await studio.jobs(visitor=ANN)) == 2


async def test_a_running_job_is_not_deleted(tmp_path: Path) -> None:
    hold = asyncio.Event()
    vendors = ScriptedVendors(hold=hold)
    async with open_house(tmp_path, vendors) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        with pytest.raises(InvalidRequest, match="has ended"):
            await studio.gallery.delete(job.id, visitor=ANN)
        hold.set()
        await ended(studio, job)


async def test_a_page_costs_as_many_reads_as_it_has_kinds_of_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        for number in range(6):
            await made(studio, tmp_path, f"Job {number}", count=1 + number % 2)
        read: list[tuple[str, bool, int]] = []

        def durations(_ledger: Ledger, *kind: Any) -> list[float]:
            read.append(kind)
            return [10.0, 20.0, 30.0]

        monkeypatch.setattr(poll_plan_cache, "durations", durations)
        page = await studio.gallery.page(visitor=ANN)
        assert [job.expected for job in page.jobs] == [2, 1] * 3
        assert sorted(expected for _, _, expected in read) == [1, 2]
        assert all(job.usual for job in page.jobs)


async def test_jobs_are_read_beside_the_event_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await made(studio, tmp_path, "First")
        store, threads = studio._container.store, set[int]()
        read = store.job

        def watched(record: JobRecord, usual: tuple[float, float] | None = None) -> Job:
            threads.add(threading.get_ident())
            return read(record, usual)

        monkeypatch.setattr(store, "job", watched)
        assert await studio.jobs(visitor=ANN) == (job,) == (await studio.gallery.page(visitor=ANN)).jobs
    assert threads and threading.get_ident() not in threads


async def until_gone(studio: Studio, job: Job) -> None:
    for _ in range(1000):
        if studio.picture_path(job.id, job.pictures[0].name) is None:
            return
        await asyncio.sleep(0.01)
    pytest.fail("it is still there")
