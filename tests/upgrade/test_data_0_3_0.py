"""The data folder that a killed 0.3.0 left, opened by today's version: nothing is lost or bought twice."""

from __future__ import annotations

import asyncio
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import app_server
from tests.core.submitting import earlier
from tests.fork_server import started
from tests.upgrade.told import Told, told
from tests.upgrade.upgraded import (
    PATIENCE_S,
    Stored,
    Upgraded,
    columns_of,
    columns_read,
    digest,
    files_of,
    known,
    rows_of,
    still_told,
    upgraded,
)
from tests.upgrade.vendors import OWN_KEY, settings_of
from tryon_core import (
    Garment,
    JobNotFound,
    JobState,
    Key,
    LibraryModel,
    LinkPicture,
    PickedUp,
    Secret,
    Studio,
    Suit,
    TryOnRequest,
)

pytestmark = pytest.mark.slow

STORED = Stored(Path(__file__).parent / "data-0.3.0")
JOBS = STORED.jobs
LEFT: dict[str, Told] = {name: job["job"] for name, job in JOBS.items()}
GOING_ON = ("running", "submitting", "sent, unanswered", "sent with an own key")
ENDED = tuple(name for name in JOBS if name not in GOING_ON)
FINISHED = tuple(name for name in ENDED if LEFT[name]["state"] == "succeeded")
ANN, BEN = "visitor-ann", "visitor-ben"
OTHER = {ANN: BEN, BEN: ANN}
OWN = {who: {LEFT[name]["id"] for name in JOBS if JOBS[name]["visitor"] == who} for who in (ANN, BEN)}
LINKED = TryOnRequest(
    (Suit((Garment(LinkPicture("https://shop.example/summer/skirt.jpg?Signature=made-up")),)),),
    LibraryModel("James"),
    count=2,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Upgraded]:
    with upgraded(STORED, tmp_path) as found:
        yield found


@dataclass(frozen=True)
class Seen:
    """What visitors see who only look."""

    told: dict[str, Told]
    listed: dict[str, set[str]]  # by visitor
    strangers: list[str]  # the jobs that somebody else could look at
    offered: dict[str, str]  # by job, the one that an equal request of the same visitor finds
    linked: dict[str, str]  # the same by visitor, for the request by link
    packed: dict[str, dict[str, str]]  # by job, the digests of the files in its zip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    with upgraded(STORED, tmp_path_factory.mktemp("looking")) as house:
        return asyncio.run(look(house))


async def look(house: Upgraded) -> Seen:
    async with house.studio() as studio:
        return Seen(
            await house.all_told(studio),
            {who: {job.id for job in await studio.jobs(visitor=who)} for who in (*OTHER, "visitor-cat")},
            [name for name, job in JOBS.items() if await is_open_to(OTHER[job["visitor"]], studio, name)],
            {name: await offered(house, studio, name) for name in FINISHED},
            {who: found.id for who in OTHER if (found := await earlier(studio, LINKED, visitor=who))},
            {name: await packed(studio, name) for name in FINISHED},
        )


async def is_open_to(visitor: str, studio: Studio, name: str) -> bool:
    try:
        await studio.job(LEFT[name]["id"], visitor=visitor)
    except JobNotFound:
        return False
    return True


async def offered(house: Upgraded, studio: Studio, name: str) -> str:
    request = (await house.job(studio, name)).request
    if isinstance(request, PickedUp):
        return ""
    found = await earlier(studio, request, visitor=JOBS[name]["visitor"])
    return found.id if found else ""


async def packed(studio: Studio, name: str) -> dict[str, str]:
    path = await studio.archive(LEFT[name]["id"], visitor=JOBS[name]["visitor"])
    with zipfile.ZipFile(path) as archive:
        return {file: digest(archive.read(file)) for file in archive.namelist() if file != "manifest.json"}


def test_the_stored_jobs_are_in_every_state() -> None:
    # QUEUED is the one of the own key: its process was killed before it had asked.
    assert {job["state"] for job in LEFT.values()} == {*map(str, JobState)}
    assert LEFT["pinned"]["pinned"] and LEFT["renamed, one picture failed"]["title"] == "Mum’s summer dress"
    assert {job["charged"] for job in LEFT.values()} == {"Yes", "No", "Not known"}


def test_every_column_that_the_old_version_wrote_is_read(tmp_path: Path) -> None:
    written = columns_of(STORED.unpack(tmp_path))
    assert ("tryon_jobs", "likeness") in written and written - columns_read() == set()


@pytest.mark.parametrize("name", ENDED)
def test_a_job_that_had_ended_is_told_as_the_old_version_told_it(seen: Seen, name: str) -> None:
    assert known(LEFT[name], seen.told[name]) == still_told(LEFT[name])


def test_visitors_find_all_of_their_jobs_and_none_of_anybody_else(seen: Seen) -> None:
    assert seen.listed == {**OWN, "visitor-cat": set()} and seen.strangers == []


def test_an_equal_request_is_offered_the_pictures_that_are_there(seen: Seen) -> None:
    unknown = {"picked up": "", "given as a link": ""}  # what was asked for, and by which address
    assert seen.offered == {name: LEFT[name]["id"] for name in FINISHED} | unknown
    assert seen.linked == {ANN: LEFT["given as a link"]["id"]}


@pytest.mark.parametrize("name", FINISHED)
def test_finished_pictures_are_taken_along_to_the_byte(seen: Seen, name: str) -> None:
    assert seen.packed[name] == {picture["name"]: picture["sha256"] for picture in LEFT[name]["pictures"]}


@pytest.mark.anyio
async def test_what_was_going_on_comes_to_its_end_once_and_stays_there(house: Upgraded) -> None:
    files = files_of(house.data)
    async with house.studio() as studio:
        running, waiting, unanswered = [await house.ended(studio, name) for name in GOING_ON[:3]]
        ends = await house.all_told(studio)
    assert (running.state, running.task_id) == (JobState.SUCCEEDED, LEFT["running"]["task_id"])
    assert len(running.pictures) == 2 and told(running)["pictures"][:1] == LEFT["running"]["pictures"]
    assert waiting.state is JobState.SUCCEEDED and len(waiting.pictures) == 2
    assert unanswered.state is JobState.UNCERTAIN
    assert await house.submits() == {waiting.task_id: 1}
    made = files_of(house.data)
    assert made.items() > files.items()
    assert {digest(picture.path.read_bytes()) for picture in (*running.pictures, *waiting.pictures)} == {
        picture.sha256 for picture in (*running.pictures, *waiting.pictures)
    }

    async with house.studio() as studio:
        assert await house.all_told(studio) == ends
    assert files_of(house.data) == made and await house.submits() == {waiting.task_id: 1}


@pytest.mark.anyio
async def test_what_waits_for_its_visitor_goes_on_when_the_visitor_comes_back(house: Upgraded) -> None:
    lost = JOBS["uncertain"]["lost_task"]
    async with house.studio() as studio:
        alone = await house.job(studio, "sent with an own key")
        studio.use_key(Key("ailab", {"api_key": Secret(OWN_KEY)}), visitor=BEN)
        await studio.adopt_task(LEFT["uncertain"]["id"], lost, visitor=ANN)
        for name in ("overdue", "expired"):
            await studio.poll_again(LEFT[name]["id"], visitor=ANN)
        names = ("sent with an own key", "uncertain", "overdue", "expired")
        own, found, late, gone = [await house.ended(studio, name) for name in names]
    assert alone.waits_for_key and not alone.state.ended
    assert (own.state, own.task_id) == (JobState.SUCCEEDED, LEFT["sent with an own key"]["task_id"])
    assert (found.state, found.task_id) == (JobState.SUCCEEDED, lost)
    assert (late.state, late.task_id) == (JobState.SUCCEEDED, LEFT["overdue"]["task_id"])
    assert (gone.state, gone.task_id) == (JobState.EXPIRED, LEFT["expired"]["task_id"])
    assert not {own.task_id, lost, late.task_id, gone.task_id} & set(await house.submits())


def test_the_app_as_a_user_starts_it_takes_the_folder_up(house: Upgraded, tmp_path: Path) -> None:
    running, waiting = LEFT["running"]["id"], LEFT["submitting"]["id"]
    app = app_server(tmp_path)
    app.launch = started
    app.env.update(settings_of(house.data, house.port))
    app.start()
    try:
        end = time.monotonic() + PATIENCE_S
        while (
            rows_of(house.data, "finished_at")[running] is None or not rows_of(house.data, "task_id")[waiting]
        ):
            assert time.monotonic() < end, "it took too long"
            time.sleep(0.05)
    finally:
        app.kill()
    states = rows_of(house.data, "state")
    assert states.keys() == {job["id"] for job in LEFT.values()}
    # The app's own sandbox keeps a task for a day: of this one, the picture that was here is all there is.
    assert (states[running], rows_of(house.data, "failed_pictures")[running]) == ("succeeded", 1)
    assert {LEFT[name]["id"]: LEFT[name]["state"] for name in ENDED}.items() <= states.items()
