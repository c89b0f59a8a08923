"""A disk without a free byte, and what keeps it from filling: on a real file system of a few megabytes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from tests.core import fakes
from tests.core.collections.making import done, rail
from tests.core.collections.test_changing import HeldClock, one_picture
from tests.core.fakes import ScriptedVendors
from tests.core.submitting import delete, submit
from tests.core.test_studio import ANN, PATIENCE_S, ended, open_house
from tryon_core import (
    UNDO_S,
    CellState,
    CollectionNotFound,
    Garment,
    GarmentType,
    JobNotFound,
    OwnPhotos,
    Studio,
    Suit,
    TryOnRequest,
    disk,
)
from tryon_core.collections import reading
from tryon_core.disk import PER_STRANGER, RESERVE, SHORT
from tryon_core.errors import DiskFull
from tryon_core.storage.job_inputs import INPUT, READY

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ON_SQLITE = {"TRYON_DATABASE_URL": ""}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, where this process may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Takes every byte that is left."""
    for size in (1 << 20, 1 << 12, 1):
        with (folder / f"filler-{size}").open("wb", buffering=0) as file:
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


def empty(folder: Path) -> None:
    """Gives back what `fill` took."""
    for filler in folder.glob("filler-*"):
        filler.unlink()


@pytest.fixture
def no_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "RESERVE", {False: 0, True: 0})


@pytest.mark.usefixtures("no_reserve")
async def test_a_job_can_be_deleted_when_no_byte_is_free(small_disk: Path) -> None:
    async with open_house(small_disk, ScriptedVendors(), **ON_SQLITE) as studio:
        jobs = [
            await ended(studio, await submit(studio, fakes.tryon(small_disk, count=n), visitor=ANN))
            for n in (1, 2, 3)
        ]
        fill(small_disk)
        for job in jobs:
            await delete(studio, job.id, visitor=ANN)
        assert await studio.jobs(visitor=ANN) == ()
        with pytest.raises(JobNotFound):
            await studio.job(jobs[0].id, visitor=ANN)
    assert not list((small_disk / "data" / "jobs").iterdir())


@pytest.mark.usefixtures("no_reserve")
async def test_deleting_works_where_the_app_was_started_on_a_full_disk(small_disk: Path) -> None:
    async with open_house(small_disk, ScriptedVendors(), **ON_SQLITE) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(small_disk), visitor=ANN))
    async with open_house(small_disk, ScriptedVendors(), **ON_SQLITE) as studio:
        studio._container._ballast.drop()
        fill(small_disk)
        await delete(studio, job.id, visitor=ANN)
        assert await studio.jobs(visitor=ANN) == ()


@pytest.mark.usefixtures("no_reserve")
@pytest.mark.parametrize(
    ("with_jobs", "has_ballast", "left"),
    [(False, True, 2), (True, True, 0), (True, False, 0)],
    ids=["alone", "with its jobs", "with its jobs, and no room was kept for it"],
)
async def test_a_collection_can_be_deleted_when_no_byte_is_free(
    small_disk: Path, *, with_jobs: bool, has_ballast: bool, left: int
) -> None:
    data, new = small_disk / "data", rail(small_disk, 2, 1)
    for number in (1, 2):  # as large as photos are: what a job gives free is more than its row takes
        fakes.file(small_disk, f"47{number}_shirt.png", fakes.picture(900, 1200, "WEBP", seed=number))
    async with open_house(small_disk, one_picture(), **ON_SQLITE) as studio:
        made = await done(studio, await studio.collections.create(new, visitor=ANN))
        if not has_ballast:
            studio._container._ballast.drop()
        fill(small_disk)
        await studio.collections.delete(made.id, with_jobs=with_jobs, visitor=ANN)
        assert await studio.collections.list(visitor=ANN) == ()
        assert await studio.collections.deleted(visitor=ANN) == ()
        with pytest.raises(CollectionNotFound):
            await studio.collections.undo(made.id, visitor=ANN)
        assert len(await studio.jobs(visitor=ANN)) == len(list((data / "jobs").iterdir())) == left
        assert not list((data / "collections").iterdir())


@pytest.mark.usefixtures("no_reserve")
async def test_what_waits_of_a_collection_that_is_deleted_on_a_full_disk_is_never_sent(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(small_disk, vendors := one_picture(), **ON_SQLITE) as studio:
        with monkeypatch.context() as nothing_goes:
            nothing_goes.setattr(studio._container.cells, "put", lambda cells: None)
            made = await studio.collections.create(rail(small_disk, 2, 1), visitor=ANN)
        fill(small_disk)
        ledger = studio._container.store.ledger
        assert [cell.collection_id for cell in reading.waiting(ledger)] == [made.id] * 2
        await studio.collections.delete(made.id, with_jobs=True, visitor=ANN)
        assert reading.waiting(ledger) == [] and vendors.sent == []


@pytest.mark.usefixtures("no_reserve")
async def test_what_was_stopped_on_a_full_disk_is_not_sent_when_there_is_room_again(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(small_disk, vendors := one_picture(), **ON_SQLITE) as studio:
        with monkeypatch.context() as nothing_goes:
            nothing_goes.setattr(studio._container.cells, "put", lambda cells: None)
            made = await studio.collections.create(rail(small_disk, 2, 1), visitor=ANN)
        fill(small_disk)
        stopped = await studio.collections.stop(made.id, visitor=ANN)
        assert [cell.state for cell in stopped.cells] == [CellState.STOPPED] * 2
    empty(small_disk)
    async with open_house(small_disk, vendors, **ON_SQLITE) as studio:
        there = await studio.collections.get(made.id, visitor=ANN)
        assert [cell.state for cell in there.cells] == [CellState.STOPPED] * 2 and vendors.sent == []


@pytest.mark.usefixtures("no_reserve")
async def test_a_collection_that_was_deleted_before_the_disk_was_full_goes_in_its_time(
    small_disk: Path,
) -> None:
    clock = HeldClock()
    async with open_house(small_disk, one_picture(), clock, **ON_SQLITE) as studio:
        made = await done(studio, await studio.collections.create(rail(small_disk, 2, 1), visitor=ANN))
        await studio.collections.delete(made.id, with_jobs=False, visitor=ANN)
        fill(small_disk)
        clock.let_go(UNDO_S + 1)
        with anyio.fail_after(PATIENCE_S):
            await studio._container.removing.taking_away.over()
        assert not list((small_disk / "data" / "collections").iterdir())


async def test_a_full_disk_takes_no_new_job_says_so_and_still_offers_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        request = fakes.tryon(tmp_path)
        done = await ended(studio, await submit(studio, request, visitor=ANN))
        assert not await studio.is_full()
        free(studio, RESERVE[False] - 1)
        assert await studio.is_full()
        with pytest.raises(DiskFull):
            await submit(studio, request, visitor=ANN)
        assert len(list((tmp_path / "data" / "jobs").iterdir())) == 1
        assert (await studio.submit_or_offer(request, visitor=ANN)).job_id == done.id


async def test_a_disk_that_gets_short_gives_up_small_copies_before_the_next_job_is_let_in(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        done = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        small = await studio.view(done.id, done.pictures[0].name, 64)
        for count, left, stays in ((1, SHORT, True), (2, SHORT - 1, False)):
            free(studio, left)
            await submit(studio, fakes.tryon(tmp_path, count=count), visitor=ANN)
            assert small and small.exists() is stays
        assert done.pictures[0].path.exists()


def free(studio: Studio, left: int) -> None:
    studio._container.admission.room.free = lambda: left  # type: ignore[method-assign]


async def test_a_stranger_takes_a_share_of_the_disk_and_others_still_find_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "PER_STRANGER", 400_000)
    public = {"TRYON_PUBLIC_URL": "https://studio.test"}
    async with open_house(tmp_path, ScriptedVendors(), **public) as studio:
        free(studio, RESERVE[True] + PER_STRANGER)
        with pytest.raises(DiskFull, match="one visitor"):
            for count in range(1, 9):
                job = await submit(studio, fakes.tryon(tmp_path, count=count), visitor=ANN)
                await ended(studio, job)
        kept = len(await studio.jobs(visitor=ANN))
        assert 1 <= kept < 8
        await submit(studio, fakes.tryon(tmp_path), visitor="ben")


async def test_what_many_jobs_are_given_is_on_the_disk_once_until_the_last_is_deleted(tmp_path: Path) -> None:
    photo = fakes.file(tmp_path, "photo.png", fakes.picture(900, 1200, "WEBP"))
    many = TryOnRequest((Suit((Garment(photo, GarmentType.TOPS),)),), OwnPhotos((photo,) * 8))
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        jobs = [
            await ended(studio, await submit(studio, replace(many, quality_gate=gate), visitor=name), name)
            for gate in (False, True)
            for name in (ANN, "ben")
        ]
        store = studio._container.store
        files = [
            file
            for job in jobs
            for part in (INPUT, READY)
            if store.folder(job.id, part).is_dir()
            for file in store.folder(job.id, part).iterdir()
        ]
        assert len(files) >= 4 * 9 and len({file.stat().st_ino for file in files}) <= 2
        for job, name in zip(jobs, (ANN, "ben") * 2, strict=True):
            await delete(studio, job.id, visitor=name)
        assert not list((tmp_path / "data" / "contents").iterdir())
