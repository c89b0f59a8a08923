"""What is cleared away, and what never is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tests.core.jobs.test_job import bench
from tests.core.storage.test_store import record
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import JobState, Studio
from tryon_core.clock import SystemClock
from tryon_core.errors import DiskFull, problem
from tryon_core.events import Events
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.retention import EVERY_S, Held, Keep, Retention, to_clear
from tryon_core.storage.store import PICTURES, VIEWS, Store
from tryon_core.units import DAY_S, MB

pytestmark = pytest.mark.anyio
NOW = 100 * DAY_S
HELD = st.builds(
    lambda number, size, since, bound: Held(record(number), size, since, bound),
    st.integers(1, 10**6),
    st.integers(0, 50 * MB),
    st.floats(0, NOW),
    st.booleans(),
)


@given(st.lists(HELD, max_size=12, unique_by=lambda one: one.record.id), st.floats(0, 120), st.floats(0, 200))
def test_what_goes_is_free_and_oldest_first_and_what_stays_keeps_the_rule(
    held: list[Held], days: float, megabytes: float
) -> None:
    keep = Keep(days, megabytes)
    gone = to_clear(held, keep, NOW)
    went = [one for one in held if one.record in gone and not one.bound]
    stays = [one for one in held if one not in went and not one.bound]
    assert len(gone) <= len(went)
    assert max((o.since for o in went), default=0.0) <= min((o.since for o in stays), default=NOW)
    if keep.for_ever:
        assert gone == ()
    if days:
        assert all(one.since >= NOW - days * DAY_S for one in stays)
    if megabytes and stays:
        assert sum(o.size for o in held) - sum(o.size for o in went) <= megabytes * MB


def test_no_more_goes_than_the_rule_asks_for() -> None:
    held = [Held(record(number), 10 * MB, float(number), bound=number == 1) for number in (3, 1, 2, 4)]
    assert [one.generation for one in to_clear(held, Keep(megabytes=25), NOW)] == [2, 3]
    assert to_clear(held, Keep(megabytes=40), NOW) == ()
    assert [one.generation for one in to_clear(held, Keep(days=100 - 2.5 / DAY_S), NOW)] == [2]


class HourlyClock(SystemClock):
    """Stands at `NOW`; a sleep lasts until `strike`."""

    def __init__(self) -> None:
        self.time, self.slept = NOW, asyncio.Queue[float]()
        self.gong = asyncio.Semaphore(0)

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.put_nowait(seconds)
        await self.gong.acquire()

    async def strike(self) -> None:
        """Lets one hour pass, and waits until what it set off is done."""
        self.time += await self.slept.get()
        self.gong.release()
        self.slept.put_nowait(await self.slept.get())


async def kept(folder: Path) -> Store:
    """Five jobs of 10 kB, each a day older than the one before: the third runs, the fourth is pinned."""
    store = Store(folder, Ledger(f"sqlite:///{folder / 'ledger.sqlite'}"), Events())
    await store.open()
    changes: dict[int, dict[str, object]] = {
        3: {"state": JobState.RUNNING, "finished_at": None},
        4: {"pinned_at": 1.0},
    }
    for age in range(1, 6):
        plain = {"state": JobState.SUCCEEDED, "finished_at": NOW - age * DAY_S}
        made = record(age, **{**plain, **changes.get(age, {})})
        store.ledger.add(made)
        for part in (PICTURES, VIEWS):
            store.folder(made.id, part).mkdir(parents=True)
            (store.folder(made.id, part) / "a.png").write_bytes(b"x" * 5000)
    return store


def ages(store: Store) -> list[int]:
    rows = sorted(row.generation for row in store.ledger.all())
    assert rows == sorted(int(folder.name, 16) for folder in store.jobs_folder.iterdir())
    return rows


def retention(store: Store, keep: Keep, clock: HourlyClock) -> Retention:
    async def drop(one: JobRecord) -> None:
        await store.delete(one)

    return Retention(store, keep, clock, drop)


async def test_old_jobs_go_at_the_start_and_then_every_hour(tmp_path: Path) -> None:
    store, clock = await kept(tmp_path), HourlyClock()
    service = retention(store, Keep(days=1.99), clock)
    await service.start()
    assert ages(store) == [1, 3, 4]
    hours = 0
    while 1 in ages(store):
        await clock.strike()
        hours += 1
    assert hours * EVERY_S == DAY_S and ages(store) == [3, 4]
    await service.stop()
    await store.close()


async def test_the_cap_takes_the_oldest_that_are_not_pinned(tmp_path: Path) -> None:
    store, clock = await kept(tmp_path), HourlyClock()
    await retention(store, Keep(megabytes=0.03), clock).clear()
    assert ages(store) == [1, 3, 4]
    await retention(store, Keep(megabytes=0.001), clock).clear()
    assert ages(store) == [3, 4]
    await store.close()


async def test_a_short_disk_costs_small_copies_and_nothing_that_was_paid_for(tmp_path: Path) -> None:
    store, clock = await kept(tmp_path), HourlyClock()
    await retention(store, Keep(), clock).free_up()
    assert not list(store.jobs_folder.glob(f"*/{VIEWS}"))
    assert len(list(store.jobs_folder.glob(f"*/{PICTURES}/a.png"))) == 5 and ages(store) == [1, 2, 3, 4, 5]
    await retention(store, Keep(days=1.5), clock).free_up()
    assert ages(store) == [1, 3, 4]
    await store.close()


async def test_a_job_that_was_taken_up_in_the_meantime_stays(tmp_path: Path) -> None:
    store = await kept(tmp_path)
    read = await store.record(record(5).id)
    await store.change(read.id, state=JobState.QUEUED)
    assert not await store.delete(read) and 5 in ages(store)
    await store.close()


async def test_nothing_goes_and_no_hour_is_waited_for_by_default(tmp_path: Path) -> None:
    store, clock = await kept(tmp_path), HourlyClock()
    service = retention(store, Keep(), clock)
    await service.start()
    await service.clear()
    assert ages(store) == [1, 2, 3, 4, 5] and clock.slept.empty()
    await service.stop()
    await store.close()


async def test_the_studio_clears_away_by_its_settings_at_the_start(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        old = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        dear = await ended(studio, await submit(studio, fakes.refine(tmp_path), visitor=ANN))
        await studio.pin(dear.id, True, visitor=ANN)
    clock = HourlyClock()
    clock.time = (old.finished_at or 0.0) + 2 * DAY_S
    rule = fakes.settings(tmp_path, TRYON_KEEP_DAYS="1.5")
    later = Studio(rule, ScriptedVendors(), clock=clock, reread_s=0.2, web=fakes.web())
    await later.start()
    left = await later.jobs(visitor=ANN)
    await later.stop()
    assert [job.id for job in left] == [dear.id] and left[0].pinned
    assert not old.pictures[0].path.exists()


async def test_a_full_disk_is_freed_before_a_job_is_written_again(tmp_path: Path) -> None:
    freed: list[int] = []

    class FullOnce(Store):
        async def change(self, job_id: str, **change: Unpack[Change]) -> None:
            if not freed:
                raise DiskFull(problem("disk_full"))
            await super().change(job_id, **change)

    async def make_room() -> None:
        freed.append(1)

    async with bench(tmp_path, ScriptedVendors(), fakes.tryon(tmp_path)) as at:
        full = FullOnce(tmp_path / "data", at.context.store.ledger, Events())
        await replace(at.context, store=full, make_room=make_room).change(at.job_id, task_id="77")
        job = await at.job()
    assert job.task_id == "77" and freed == [1]
