"""Jobs followed to their end, whatever that is: what is delivered, and what the exit code says."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.browser.conftest import HOUSE
from tryon_cli.backends.backend import Named, Packed, Refused
from tryon_cli.backends.seen_collection import SeenCollection
from tryon_cli.backends.seen_job import SeenJob, seen_job
from tryon_cli.commands.exporting import Wanted, export
from tryon_cli.commands.file_delivery import deliver
from tryon_cli.commands.following import Follower
from tryon_cli.exit_codes import Exit, exit_of
from tryon_cli.opening import kept_in
from tryon_cli.show.bars import Bars
from tryon_cli.show.lines import Lines
from tryon_cli.words import Words
from tryon_core import (
    FilePicture,
    Garment,
    JobState,
    LibraryModel,
    NewCollection,
    RefineDraft,
    Request,
    Suit,
    TryOnRequest,
)

pytestmark = pytest.mark.anyio
HOODIE = FilePicture(HOUSE / "assets" / "garments" / "hoodie.jpg")


def job(number: int, state: JobState = JobState.QUEUED, made: int = 0, **facts: object) -> SeenJob:
    told = {
        "id": f"{number:040x}",
        "title": f"Job {number}",
        "vendor": "aidge",
        "live": True,
        "state": state,
        "task_id": "t",
        "request_id": "",
        "message": "",
        "charged": "No",
        "submitted_at": 100.0,
        "finished_at": 112.0 if state.ended else None,
        "pictures": [f"job-{at}.png" for at in range(1, made + 1)],
        "expected": 2,
        "failed_pictures": 0,
        "notes": [],
        "usual": None,
    }
    return seen_job({**told, **facts})


@dataclass
class Scripted:
    """A backend whose jobs go the way that was written down for them; a picture is its name and its job's."""

    ways: list[list[SeenJob] | Refused]
    name: str = "own"
    options: tuple[str, ...] = ()
    fetched: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._by_id = {way[0].id: way for way in self.ways if not isinstance(way, Refused)}
        self._begun = iter(self.ways)

    async def begin(self, request: Request, *, vendor: str, again: bool) -> SeenJob:
        way = next(self._begun)
        if isinstance(way, Refused):
            raise way
        return way[0]

    async def watch(self, job_id: str) -> AsyncIterator[SeenJob]:
        for seen in self._by_id[job_id]:
            yield seen
        if not self._by_id[job_id][-1].state.ended:
            await asyncio.Event().wait()

    async def jobs(self) -> tuple[SeenJob, ...]:
        return tuple(way[-1] for way in self._by_id.values())

    async def fetch(self, job_id: str, name: str, target: Path) -> None:
        self.fetched.set()
        write(target, f"{name} of {job_id}")

    async def refine_draft(self, job_id: str, number: int) -> RefineDraft:
        raise NotImplementedError

    async def plan_collection(self, new: NewCollection, *, examined: bool) -> Mapping[str, Any]:
        raise NotImplementedError

    async def begin_collection(self, new: NewCollection, *, confirmed: bool, again: bool) -> SeenCollection:
        raise NotImplementedError

    async def watch_collection(self, collection_id: str) -> AsyncIterator[SeenCollection]:
        for seen in tuple[SeenCollection, ...]():
            yield seen

    async def archive(self, job_id: str, target: Path) -> None:
        write(target, f"zip of {job_id}")

    async def collections(self) -> tuple[Named, ...]:
        return (Named("c" * 40, "Autumn"),)

    async def archive_collection(self, collection_id: str, target: Path, *, packed: Packed) -> None:
        write(target, f"zip of {collection_id}")

    async def take_up(self, job: SeenJob, task_id: str) -> SeenJob:
        return replace(job, state=JobState.QUEUED)


def write(file: Path, text: str) -> None:
    file.write_text(text)


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def asked(count: int) -> list[Request]:
    suit = Suit((Garment(HOODIE),))
    return [TryOnRequest((suit,), LibraryModel(f"M{number}")) for number in range(count)]


def follower(backend: Scripted, folder: Path) -> tuple[Follower, io.StringIO, io.StringIO]:
    out, err, words = io.StringIO(), io.StringIO(), Words("en")
    return (
        Follower(backend, *kept_in(folder.parent / f"{folder.name}-notes"), Lines(out, err, words), words),
        out,
        err,
    )


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (job(1, JobState.SUCCEEDED, 2), Exit.DONE),
        (job(1, JobState.SUCCEEDED, 1, failed_pictures=1), Exit.INCOMPLETE),
        (job(1, JobState.FAILED), Exit.FAILED),
        (job(1, JobState.EXPIRED), Exit.FAILED),
        (job(1, JobState.UNCERTAIN), Exit.UNCLEAR),
        (job(1, JobState.OVERDUE), Exit.UNCLEAR),
    ],
    ids=lambda value: value.name if isinstance(value, Exit) else value.state,
)
async def test_an_exit_code_says_how_a_job_ended(end: SeenJob, code: Exit, tmp_path: Path) -> None:
    run, _, _ = follower(Scripted([[job(1), end]]), tmp_path)
    assert await run.begin(asked(1), tmp_path / "out", vendor="", again=False) is code is exit_of(end)


async def test_of_several_jobs_the_worst_decides_and_each_has_its_line(tmp_path: Path) -> None:
    ways: list[list[SeenJob] | Refused] = [
        [job(1), job(1, JobState.UNCERTAIN, message="No answer came.", charged="Not known")],
        [job(2), job(2, JobState.SUCCEEDED, 2)],
    ]
    run, out, _ = follower(Scripted(ways), tmp_path)
    assert await run.begin(asked(2), tmp_path, vendor="", again=False) is Exit.UNCLEAR
    first, second = sorted(out.getvalue().splitlines())
    assert first.startswith(
        "Not certain after 0:12  Job 1  0 of 2  000000000000  No answer came.  Charged: not known."
    )
    assert second.endswith(f"{tmp_path / 'job-1.png'} {tmp_path / 'job-2.png'}")


async def test_what_is_refused_begins_no_more_and_leaves_what_was_begun(tmp_path: Path) -> None:
    ways: list[list[SeenJob] | Refused] = [
        [job(1), job(1, JobState.SUCCEEDED, 2)],
        Refused("Too many today."),
    ]
    run, out, err = follower(Scripted(ways), tmp_path)
    assert await run.begin(asked(3), tmp_path, vendor="", again=False) is Exit.REFUSED
    assert err.getvalue() == "Not sent. Too many today.\n" and out.getvalue().startswith("Saved in 0:12")


async def test_pictures_are_delivered_as_they_come_and_the_rest_after_an_interruption(tmp_path: Path) -> None:
    out = tmp_path / "out"
    begun = Scripted([[job(1), job(1, JobState.RUNNING, 1)]])
    run, _, _ = follower(begun, tmp_path)
    work = asyncio.create_task(run.begin(asked(1), out, vendor="", again=False))
    await begun.fetched.wait()
    work.cancel()
    await asyncio.wait([work])
    assert list(run.open) == [job(1).id]

    ended = job(1, JobState.SUCCEEDED, 2)
    later, _, _ = follower(Scripted([[ended]]), tmp_path)
    assert later.is_owed(ended)
    assert await later.follow_all([ended], tmp_path / "elsewhere") is Exit.DONE
    assert sorted(contents(out)) == ["job-1.png", "job-2.png"]
    assert not later.is_owed(ended) and not (tmp_path / "elsewhere").exists()


async def test_a_file_of_the_same_name_is_never_overwritten(tmp_path: Path) -> None:
    write(tmp_path / "job-1.png", "mine")

    async def fetch(target: Path) -> None:
        write(target, "theirs")

    first = await deliver(job(7).short_id, "job-1.png", tmp_path, fetch)
    again = await deliver(job(7).short_id, "job-1.png", tmp_path, fetch)
    assert first == again == tmp_path / "job-1-000000000000.png"
    assert contents(tmp_path) == {"job-1.png": "mine", first.name: "theirs"}


async def test_a_picture_that_does_not_arrive_whole_is_not_there(tmp_path: Path) -> None:
    async def broken(target: Path) -> None:
        write(target, "half")
        raise OSError("the line broke")

    with pytest.raises(OSError, match="broke"):
        await deliver(job(1).short_id, "job-1.png", tmp_path, broken)
    assert contents(tmp_path) == {}


async def test_what_is_exported_is_shown_in_a_terminal_line_by_line(tmp_path: Path) -> None:
    screen, words = io.StringIO(), Words("en")
    console = Console(file=screen, force_terminal=True, width=200)
    with Bars(console, words) as bars:
        run = Follower(Scripted([[job(1, JobState.SUCCEEDED, 1)]]), *kept_in(tmp_path / "notes"), bars, words)
        wanted = Wanted([job(1).short_id], ["autumn"], Packed("{n}", labelled=False))
        assert await export(run, wanted, tmp_path / "out") is Exit.DONE
    assert contents(tmp_path / "out").keys() == {"job.zip", "autumn.zip"}
    assert str(tmp_path / "out" / "job.zip") in screen.getvalue() and "Autumn  " in screen.getvalue()


def test_that_there_are_no_jobs_is_said_in_a_terminal() -> None:
    screen = io.StringIO()
    with Bars(Console(file=screen, width=200), Words("en")) as bars:
        bars.listed([])
    assert screen.getvalue().strip() == "There are no jobs here yet."


async def test_a_title_steers_no_terminal(tmp_path: Path) -> None:
    way = [job(1, JobState.SUCCEEDED, 2, title="Hoodie\n\x1b[31m on you")]
    run, out, _ = follower(Scripted([way]), tmp_path)
    await run.begin(asked(1), tmp_path, vendor="", again=False)
    assert "\x1b" not in out.getvalue() and out.getvalue().count("\n") == 1
