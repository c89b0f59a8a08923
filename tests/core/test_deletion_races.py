"""What a deletion that can be had back meets meanwhile: equal requests, other clicks, other processes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors, finished
from tests.core.test_gallery import WaitingClock, made, until_gone
from tests.core.test_studio import ANN, BEN, ended, open_house
from tryon_core import UNDO_S, InvalidRequest, JobDeleted, JobNotFound, Submission
from tryon_core.errors import DatabaseAway, DiskFull, problem
from tryon_core.storage.deletion import Deletion, undo_left
from tryon_core.storage.job_records import JobRecord

pytestmark = pytest.mark.anyio


async def test_a_kept_result_is_offered_though_a_newer_equal_one_was_deleted(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, WaitingClock()) as studio:
        first, second = [await made(studio, tmp_path, title) for title in ("First", "Second")]
        await studio.gallery.delete(second.id, visitor=ANN)
        offered = await studio.submit_or_offer(fakes.tryon(tmp_path, count=1), visitor=ANN)
    assert offered == Submission(first.id, offered=True)
    assert len(vendors.sent) == 2


async def test_two_clicks_with_a_deleted_equal_job_going_between_them_are_one_job(tmp_path: Path) -> None:
    vendors, clock, hold = ScriptedVendors(), WaitingClock(), asyncio.Event()
    async with open_house(tmp_path, vendors, clock) as studio:
        deleted = await made(studio, tmp_path, "First")
        await studio.gallery.delete(deleted.id, visitor=ANN)
        vendors.hold = hold
        request, admission = fakes.tryon(tmp_path, count=1), studio._container.admission
        looked_before = await admission.candidate(request, ANN, deleted.vendor)
        clock.over.set()
        await studio._container.deletion.taking_away.over()
        looked_after = await admission.candidate(request, ANN, deleted.vendor)
        one, other = [await admission.admit(look, None, None) for look in (looked_before, looked_after)]
        assert not looked_after.equals and other == one
        await studio._container.engine.begin(one.id, one.runs)
        hold.set()
        await ended(studio, await studio.job(one.id, visitor=ANN))
    assert len(vendors.sent) == 2


async def test_what_can_be_had_back_counts_in_its_owners_room(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        job = await made(studio, tmp_path, "First")
        store = studio._container.store
        owner = (await store.record(job.id)).owner
        before = store.size_of_owner(owner)
        await studio.gallery.delete(job.id, visitor=ANN)
        assert store.size_of_owner(owner) == before > 0


async def test_a_job_that_is_asked_about_again_is_not_deleted_at_the_same_moment(tmp_path: Path) -> None:
    vendors, hold = ScriptedVendors(queries=[finished("a.png", failed=1)]), asyncio.Event()
    async with open_house(tmp_path, vendors, WaitingClock()) as studio:
        job = await made(studio, tmp_path, "First", count=2)
        parts = studio._container
        read = await parts.store.record(job.id)
        vendors.hold, vendors.queries = hold, [finished("a.png", "b.png")]
        await studio.poll_again(job.id, visitor=ANN)
        assert not await parts.deletion.mark(read)
        with pytest.raises(InvalidRequest, match="has ended"):
            await studio.gallery.delete(job.id, visitor=ANN)
        hold.set()
        whole = await ended(studio, await studio.job(job.id, visitor=ANN))
        assert len(whole.pictures) == 2


async def test_a_job_that_is_deleted_is_not_asked_about_again_at_the_same_moment(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png", failed=1)])
    async with open_house(tmp_path, vendors, WaitingClock()) as studio:
        job = await made(studio, tmp_path, "First", count=2)
        parts = studio._container
        read = await parts.store.record(job.id)
        await studio.gallery.delete(job.id, visitor=ANN)
        with pytest.raises(JobNotFound):
            await parts.resumer.poll_again(read)
        assert await studio.gallery.undo(job.id, visitor=ANN) == job


async def test_of_two_clicks_on_delete_one_deletes(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        job = await made(studio, tmp_path, "First")
        clicks = [studio.gallery.delete(job.id, visitor=ANN) for _ in range(2)]
        answers = await asyncio.gather(*clicks, return_exceptions=True)
        assert sorted(type(answer).__name__ for answer in answers) == ["JobNotFound", "NoneType"]


async def test_a_task_that_is_picked_up_again_after_its_deletion_is_there_again(tmp_path: Path) -> None:
    clock = WaitingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await ended(studio, await studio.pick_up("aidge", "T-77", visitor=ANN))
        await studio.gallery.delete(job.id, visitor=ANN)
        with pytest.raises(InvalidRequest):
            await studio.pick_up("aidge", "T-77", visitor=BEN)
        again = await studio.pick_up("aidge", "T-77", visitor=ANN)
        clock.over.set()
        await studio._container.deletion.taking_away.over()
        assert again == await studio.job(job.id, visitor=ANN)


async def test_an_undo_is_in_the_copy_of_the_database_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        job = await made(studio, tmp_path, "First")
        store, copied = studio._container.store, list[float | None]()

        async def keep_copy() -> None:
            copied.append((await store.record(job.id)).deleted_at)

        await studio.gallery.delete(job.id, visitor=ANN)
        monkeypatch.setattr(store, "keep_copy", keep_copy)
        await studio.gallery.undo(job.id, visitor=ANN)
    assert copied == [None]


async def test_a_job_that_a_full_disk_half_took_away_is_not_had_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = WaitingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await made(studio, tmp_path, "First")
        parts, loop, tried = studio._container, asyncio.get_running_loop(), asyncio.Event()

        def full(_job_id: str, _revision: int) -> bool:
            loop.call_soon_threadsafe(tried.set)
            raise DiskFull(problem("disk_full"))

        monkeypatch.setattr(parts.store.ledger, "delete", full)
        await studio.gallery.delete(job.id, visitor=ANN)
        clock.over.set()
        await tried.wait()
        with pytest.raises(JobNotFound):
            await studio.gallery.undo(job.id, visitor=ANN)
        assert await studio.gallery.deleted(visitor=ANN) == ()
        monkeypatch.undo()
        await parts.deletion.taking_away.over()
        with pytest.raises(JobNotFound):
            await parts.store.record(job.id)


async def test_an_undo_in_the_midst_of_the_end_leaves_nothing_half_gone(tmp_path: Path) -> None:
    clock, told, began, go_on = WaitingClock(), list[JobDeleted](), asyncio.Event(), asyncio.Event()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:

        async def listen(deleted: JobDeleted) -> None:
            began.set()
            await go_on.wait()
            told.append(deleted)

        studio.on_job_deleted(listen)
        job = await made(studio, tmp_path, "First")
        await studio.gallery.delete(job.id, visitor=ANN)
        clock.over.set()
        await began.wait()
        with pytest.raises(JobNotFound):
            await studio.gallery.undo(job.id, visitor=ANN)
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    # A stop, too, waits for what is on its way out.
    assert [one.job_id for one in told] == [job.id]
    assert not any(path.is_file() for path in (tmp_path / "data" / "jobs" / job.id).rglob("*"))


async def test_a_database_that_is_away_when_the_time_is_up_only_delays_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = WaitingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await made(studio, tmp_path, "First")
        tried = asyncio.Event()
        await studio.gallery.delete(job.id, visitor=ANN)

        async def away(_job_id: str) -> JobRecord:
            tried.set()
            raise DatabaseAway(problem("database_away"))

        monkeypatch.setattr(studio._container.store, "record", away)
        clock.over.set()
        await tried.wait()
        monkeypatch.undo()
        await until_gone(studio, job)


class SteppedClock(JumpingClock):
    """Once the test moves it by hand, who waits does so until it has come to their time."""

    def __init__(self) -> None:
        super().__init__()
        self.moved, self.by_hand = asyncio.Condition(), False
        self.ends: list[float] = []  # what is waited for

    async def sleep(self, seconds: float) -> None:
        if not self.by_hand:
            await super().sleep(seconds)
            return
        end = self.time + seconds
        async with self.moved:
            self.ends.append(end)
            self.moved.notify_all()
            try:
                await self.moved.wait_for(lambda: self.time >= end)
            finally:
                self.ends.remove(end)

    async def to(self, time: float) -> None:
        async with self.moved:
            self.time = time
            self.moved.notify_all()

    async def awaited(self) -> None:
        """Until who was waked has looked, and waits for a time to come."""
        async with self.moved:
            await self.moved.wait_for(lambda: bool(self.ends) and min(self.ends) > self.time)


async def test_a_second_deletion_has_its_own_time_whichever_process_looked_first(tmp_path: Path) -> None:
    clock = SteppedClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await made(studio, tmp_path, "First")
        clock.by_hand = True
        parts, start = studio._container, clock.now()
        other = Deletion(parts.store, clock, parts.drop)
        assert await parts.deletion.mark(await parts.store.record(job.id))
        await clock.awaited()
        await clock.to(start + 5)
        await other.take_back(await parts.store.record(job.id))
        await clock.to(start + 25)
        assert await other.mark(await parts.store.record(job.id))
        await other.stop()
        await clock.to(start + UNDO_S + 1)
        await clock.awaited()
        assert (await parts.store.record(job.id)).deleted_at == start + 25
        await clock.to(start + 25 + UNDO_S)
        await until_gone(studio, job)


async def test_what_another_process_marked_and_left_goes_at_the_next_look(tmp_path: Path) -> None:
    clock = WaitingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await made(studio, tmp_path, "First")
        parts = studio._container
        other = Deletion(parts.store, clock, parts.drop)
        assert await other.mark(await parts.store.record(job.id))
        await other.stop()
        clock.time += UNDO_S
        await parts.deletion.taking_away.look()
        await until_gone(studio, job)


YEAR_S = 365 * 86_400.0


async def test_what_was_deleted_before_the_clock_was_set_back_goes_all_the_same(tmp_path: Path) -> None:
    clock = WaitingClock()
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        job = await made(studio, tmp_path, "First")
        clock.time += YEAR_S
        await studio.gallery.delete(job.id, visitor=ANN)
    clock.time -= YEAR_S
    async with open_house(tmp_path, ScriptedVendors(), clock) as studio:
        assert await studio.gallery.deleted(visitor=ANN) == ()
        await until_gone(studio, job)


@pytest.mark.parametrize(
    ("ago", "left"),
    [(0, UNDO_S), (10, UNDO_S - 10), (UNDO_S, 0), (-5, UNDO_S + 5), (-YEAR_S, 0), (YEAR_S, 0)],
)
def test_for_so_long_it_can_be_had_back(ago: float, left: float) -> None:
    assert undo_left(1e9 - ago, 1e9) == left
