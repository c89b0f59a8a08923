"""Deleting is real: after it nothing of a job is on the disk, and nothing of it stands in the way."""

from __future__ import annotations

import asyncio
import errno
import math
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tests.core.submitting import delete, submit
from tests.core.test_studio import ANN, ended, open_house
from tests.on_disk import files_with
from tryon_core import FilePicture, Garment, JobState, LibraryModel, Studio, Suit, TryOnRequest
from tryon_core.disk import LEAVING
from tryon_core.jobs.workflow import JobEngine
from tryon_core.storage.store import PICTURES, JobDeleted, Store

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PATIENCE_S = 30.0
NAME = "Zanzibar coat 4711"


class Killed(BaseException):
    """The process ends here."""


def coat(folder: Path) -> TryOnRequest:
    """A garment whose file has a telling name and telling bytes."""
    folder.mkdir(exist_ok=True)
    garment = fakes.file(folder, f"{NAME}.png", fakes.picture(seed=4711))
    return TryOnRequest((Suit((Garment(FilePicture(garment.path)),)),), LibraryModel("James"), count=2)


def middle_of(path: Path) -> bytes:
    """Bytes that no other file holds by chance."""
    data = path.read_bytes()
    return data[len(data) // 2 :][:48]


async def test_no_byte_of_a_deleted_job_is_left_in_the_data_folder(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        request = coat(tmp_path / "visitor")
        job = await ended(studio, await submit(studio, request, visitor=ANN, title=NAME))
        await studio.rename(job.id, f"{NAME} renamed", visitor=ANN)
        await studio.view(job.id, job.pictures[0].name, 320)
        await studio.archive(job.id, visitor=ANN)
        marks = [middle_of(picture.path) for picture in job.pictures]
        marks += [middle_of(tmp_path / "visitor" / f"{NAME}.png"), NAME.encode(), job.task_id.encode()]
        before = files_with(tmp_path / "data", marks)
        await delete(studio, job.id, visitor=ANN)
        after = files_with(tmp_path / "data", [*marks, job.id.encode()])
    assert len(before) >= 5 and after == []
    assert files_with(tmp_path / "data", [*marks, job.id.encode()]) == []


async def test_whoever_holds_something_of_a_job_is_told_while_its_files_are_there(tmp_path: Path) -> None:
    told: list[tuple[JobDeleted, list[bytes]]] = []

    async def note(gone: JobDeleted) -> None:
        told.append((gone, [file.read_bytes() for file in gone.files]))

    async with open_house(tmp_path, ScriptedVendors()) as studio:
        studio.on_job_deleted(note)
        job = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))
        pictures = [picture.path.read_bytes() for picture in job.pictures]
        await delete(studio, job.id, visitor=ANN)
    [(gone, contents)] = told
    assert (gone.job_id, gone.task_id, gone.live) == (job.id, "task-1", False)
    assert contents == [fakes.picture(seed=4711), *pictures]


def killed(
    call: Callable[..., Awaitable[object]], dead: asyncio.Event, *, after: bool
) -> Callable[..., Awaitable[object]]:
    """The same call, with which the process ends; `dead` is set then."""

    async def wrapped(*args: object, **kwargs: object) -> object:
        if after:
            await call(*args, **kwargs)
        dead.set()
        raise Killed

    return wrapped


async def delete_until(dead: asyncio.Event, studio: Studio, job_id: str) -> None:
    """Deletes a job of Ann's until the process ends in the middle. Who waits for the deletion hears of
    that only where it is not over before."""
    with suppress(Killed):
        await delete(studio, job_id, visitor=ANN)
    await asyncio.wait_for(dead.wait(), PATIENCE_S)


POINTS = {
    "before the engine forgets": (JobEngine, "forget", False),
    "after the engine has forgotten": (JobEngine, "forget", True),
    "after the row and the files are gone": (Store, "delete", True),
}


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_in_the_middle_of_deleting_blocks_no_equal_job(
    tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, name, after = POINTS[point]
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        first = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))
        dead = asyncio.Event()
        monkeypatch.setattr(owner, name, killed(getattr(owner, name), dead, after=after))
        await delete_until(dead, studio, first.id)
        monkeypatch.undo()
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        await delete_all(studio)
        again = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))
    assert again.state is JobState.SUCCEEDED and len(again.pictures) == 2


async def delete_all(studio: Studio) -> None:
    for job in await studio.jobs(visitor=ANN):
        await delete(studio, job.id, visitor=ANN)


async def test_files_that_a_kill_left_go_at_the_next_start_and_no_other_database_s_do(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        kept = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))
    jobs = tmp_path / "data" / "jobs"
    left, elsewhere = jobs / ("a" * 40), jobs / ("b" * 40)
    for folder in (left, elsewhere):
        (folder / PICTURES).mkdir(parents=True)
    for marked in (left, jobs / kept.id):
        (marked / LEAVING).touch()
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        assert (await studio.job(kept.id, visitor=ANN)).pictures == kept.pictures
    assert {path.name for path in jobs.iterdir()} == {kept.id, elsewhere.name}


@pytest.mark.parametrize("stuck", ["pictures", "input"])
async def test_what_cannot_be_taken_away_at_once_is_taken_away_later(
    tmp_path: Path, stuck: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = shutil.rmtree

    def held(path: Path) -> None:
        if (Path(path) / stuck).exists() or Path(path).name == stuck:
            raise OSError(errno.EBUSY, "still open elsewhere")
        remove(path)

    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))
        with monkeypatch.context() as patch:
            patch.setattr("tryon_core.disk.shutil.rmtree", held)
            await delete(studio, job.id, visitor=ANN)
        folder = tmp_path / "data" / "jobs" / job.id
        assert (folder / stuck).is_dir() and (folder / LEAVING).is_file()
        studio._container.store.clear_rowless(math.inf)
        assert not folder.exists()


async def test_a_job_that_changed_meanwhile_bears_no_mark_of_leaving(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))
        read = await studio._container.store.record(job.id)
        await studio.rename(job.id, "Dear to me", visitor=ANN)
        assert not await studio._container.store.delete(read)
    assert not list((tmp_path / "data").rglob(LEAVING)) and job.pictures[0].path.is_file()


async def test_a_kill_between_row_and_files_leaves_the_files_for_the_next_start(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, coat(tmp_path / "visitor"), visitor=ANN))

        dead = asyncio.Event()

        async def end(_gone: JobDeleted) -> None:
            dead.set()
            raise Killed

        studio.on_job_deleted(end)
        await delete_until(dead, studio, job.id)
        assert job.pictures[0].path.is_file()
    async with open_house(tmp_path, ScriptedVendors()):
        assert not job.pictures[0].path.exists()


async def test_what_a_kill_left_before_the_row_was_written_goes_at_the_next_start(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        request, ledger = coat(tmp_path / "visitor"), studio._container.store.ledger
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger, "add", _killed)
            patch.setattr(ledger, "record", _killed)  # nothing of a killed process tidies up
            with pytest.raises(Killed):
                await submit(studio, request, visitor=ANN)
    mark = middle_of(tmp_path / "visitor" / f"{NAME}.png")
    assert files_with(tmp_path / "data", [mark])
    async with open_house(tmp_path, ScriptedVendors()):
        assert files_with(tmp_path / "data", [mark]) == []


def _killed(*_: object) -> None:
    raise Killed
