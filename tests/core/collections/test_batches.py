"""Garments of a collection that go out together where the vendor takes few submits, each a job of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.collections.making import done, rail
from tests.core.fakes import ScriptedVendors
from tests.core.test_studio import ANN, open_house
from tryon_core import (
    Cell,
    CellState,
    Charged,
    Collection,
    FilePicture,
    InvalidRequest,
    Job,
    JobState,
    LinkPicture,
    NewCollection,
    Problem,
    Request,
    Studio,
    TryOnRequest,
    Version,
)
from tryon_core.account import Account
from tryon_core.errors import NeverSent, NoAnswer, TryOnError, VendorRefused
from tryon_core.jobs import preparing
from tryon_core.jobs.batch_place import known_by
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.submitting import TRIES
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.spending import paid_pictures
from tryon_core.vendors.download import key_of
from tryon_core.vendors.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PRO = {**fakes.LIVE, "AIDGE_SUITS_PER_REQUEST": "3"}
BAD_PHOTO = VendorRefused(Problem("The garment is too small.", "Another one.", code="703"))
NO_KEY = VendorRefused(Problem("No such key.", "Another one.", code="InvalidAppKey"))
LOST = NoAnswer(Problem("no answer", ""))


@dataclass
class Rail(ScriptedVendors):
    """Takes several suits in a request, and answers with a sub-task for each, the last suit's first."""

    orders: list[tuple[str, ...]] = field(default_factory=list)  # the garments of each submit
    answers: list[TryOnError | None] = field(default_factory=list)  # to the submits, before all is well
    failing: str = ""  # the garment that is never made
    named: bool = True
    on_submit: Callable[[], None] = lambda: None
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answering.set()

    async def submit(self, request: Request, account: Account) -> Receipt:
        assert isinstance(request, TryOnRequest)
        links = [suit.garments[0].picture for suit in request.suits]
        self.orders.append(tuple(link.url for link in links if isinstance(link, LinkPicture)))
        self.on_submit()
        number = len(self.orders) - 1
        await self.answering.wait()
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return Receipt(f"task-{number}")

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        self.asked.append(task_id)
        parts = [self._part(link) for link in self.orders[int(task_id.removeprefix("task-"))][::-1]]
        return Snapshot(TaskStatus.SUCCEEDED, tuple(parts))

    def _part(self, link: str) -> SubTask:
        if link == self.failing:
            return SubTask(TaskStatus.FAILED, code="801")
        image = RemoteImage(f"{fakes.RESULTS}/{known_by(link)}.png", (link,) if self.named else ())
        return SubTask(TaskStatus.SUCCEEDED, (image,))

    @property
    def sizes(self) -> list[int]:
        return [len(order) for order in self.orders]


def pro(folder: Path, garments: int = 3, models: int = 1) -> NewCollection:
    new = rail(folder, garments, models)
    return replace(new, options=replace(new.options, version=Version.PRO))


async def ended(studio: Studio, new: NewCollection) -> Collection:
    return await done(studio, await studio.collections.create(new, visitor=ANN))


def jobs_of(collection: Collection) -> list[Job]:
    return [cell.job for cell in collection.cells if cell.job]


async def rows_of(studio: Studio, collection: Collection) -> list[JobRecord]:
    return [await studio._container.store.record(job.id) for job in jobs_of(collection)]


def garment_of(studio: Studio, job: JobRecord) -> str:
    """What the garment of a job is known by in answers."""
    context = studio._container.context
    (garment,) = context.store.inputs.wire_pictures(job).values()
    return known_by(context.hosting.link(job.account, job.id, garment))


def has_its_own(studio: Studio, job: JobRecord) -> bool:
    """Whether the one picture of a job is that of its garment."""
    (saved,) = job.pictures
    return saved["key"] == key_of(f"{fakes.RESULTS}/{garment_of(studio, job)}.png")


async def test_seven_garments_on_one_model_are_three_submits_and_each_has_its_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := Rail(), **PRO) as studio:
        made = await ended(studio, pro(tmp_path, 7))
        rows = await rows_of(studio, made)
        assert all(has_its_own(studio, job) for job in rows)
    assert vendors.sizes == [3, 3, 1] and made.totals.succeeded == 7
    assert len({link for order in vendors.orders for link in order}) == 7
    assert {job.charged for job in rows} == {Charged.YES} and {len(job.pictures) for job in rows} == {1}


async def test_only_garments_of_one_model_go_together(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := Rail(), **PRO) as studio:
        made = await ended(studio, pro(tmp_path, 3, 2))
        rows = await rows_of(studio, made)
    assert sorted(vendors.sizes) == [3, 3] and made.totals.succeeded == 6
    for batch in {job.batch for job in rows}:
        models = {cell.model_id for cell, job in zip(made.cells, rows, strict=True) if job.batch == batch}
        assert len(models) == 1


@pytest.mark.parametrize(
    ("env", "version"),
    [
        (PRO, Version.STANDARD),
        (fakes.LIVE, Version.PRO),
        ({**PRO, "AIDGE_SUBMITS_PER_MINUTE": "0"}, Version.PRO),
    ],
    ids=["the vendor takes any number", "one suit a request", "any number was granted"],
)
async def test_else_each_goes_alone(tmp_path: Path, env: dict[str, str], version: Version) -> None:
    new = pro(tmp_path)
    async with open_house(tmp_path, vendors := Rail(), **env) as studio:
        made = await ended(studio, replace(new, options=replace(new.options, version=version)))
        rows = await rows_of(studio, made)
    assert vendors.sizes == [1, 1, 1] and {job.batch for job in rows} == {None}


async def test_one_that_fails_leaves_the_others_whole(tmp_path: Path) -> None:
    vendors = Rail()
    vendors.on_submit = lambda: setattr(vendors, "failing", vendors.orders[0][1])
    async with open_house(tmp_path, vendors, **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
        rows = await rows_of(studio, made)
        (bad,) = (job for job in rows if garment_of(studio, job) == known_by(vendors.failing))
        assert all(has_its_own(studio, job) for job in rows if job is not bad)
        again = await done(studio, await studio.collections.retry(made.id, visitor=ANN))
    failed = [cell for cell in made.cells if cell.state is CellState.FAILED]
    assert [job_id_of(cell) for cell in failed] == [bad.id] and made.totals.succeeded == 2
    assert failed[0].problem and failed[0].problem.code == "801"
    assert vendors.sizes == [3, 1] and again.totals.succeeded == 3


async def test_pictures_that_cannot_be_told_apart_are_given_to_nobody_and_that_is_said(
    tmp_path: Path,
) -> None:
    vendors = Rail(named=False)
    vendors.on_submit = lambda: vendors.orders.__setitem__(0, vendors.orders[0][:2])  # one is left out
    async with open_house(tmp_path, vendors, **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
    for job in jobs_of(made):
        assert job.state is JobState.OVERDUE and job.problem and job.problem.code == "mixed"
        assert not job.pictures and job.task_id == "task-0" and job.charged is Charged.YES
        assert "does not say which" in job.problem.what


async def test_a_lost_answer_leaves_all_of_them_in_doubt_and_none_is_sent_again(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := Rail(answers=[LOST]), **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
        assert {job.state for job in jobs_of(made)} == {JobState.UNCERTAIN} and vendors.sizes == [3]
        for cell in made.cells:  # the visitor finds it in the console: it is the task of all three
            await studio.adopt_task(job_id_of(cell), "task-0", visitor=ANN)
        found = await done(studio, made)
        assert all(has_its_own(studio, job) for job in await rows_of(studio, found))
    assert found.totals.succeeded == 3 and vendors.sizes == [3]


def job_id_of(cell: Cell) -> str:
    assert cell.job
    return cell.job.id


async def test_what_never_left_is_sent_again_together_and_counted_once(tmp_path: Path) -> None:
    never = NeverSent(Problem("not sent", ""))
    async with open_house(tmp_path, vendors := Rail(answers=[never, never]), **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
        ledger, now = studio._container.store.ledger, studio._container.clock.now()
        with ledger.engine.connect() as connection:
            spent = paid_pictures(connection, now)
    assert vendors.sizes == [3, 3, 3] and made.totals.succeeded == 3 and spent == 3


async def test_what_never_leaves_however_often_it_is_tried_fails_and_costs_nothing(tmp_path: Path) -> None:
    never = NeverSent(Problem("not sent", ""))
    async with open_house(tmp_path, vendors := Rail(answers=[never] * TRIES), **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
        rows = await rows_of(studio, made)
    assert vendors.sizes == [3] * TRIES and {job.state for job in rows} == {JobState.FAILED}
    assert {(job.charged, job.counted_on, job.sending_since) for job in rows} == {(Charged.NO, None, None)}


async def test_one_that_cannot_be_made_fit_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = preparing.made_ready

    async def made_ready(context: JobContext, record: JobRecord) -> tuple[str, ...]:
        if record.batch is not None and record.id == (await companions_of(context, record))[0]:
            raise InvalidRequest("garment", "a picture that cannot be mended", "one that can")
        return await true(context, record)

    monkeypatch.setattr(preparing, "made_ready", made_ready)
    async with open_house(tmp_path, vendors := Rail(), **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
    assert vendors.sizes == [2] and made.totals.succeeded == 2 and made.totals.failed == 1


async def companions_of(context: JobContext, record: JobRecord) -> list[str]:
    rows = await asyncio.to_thread(context.store.ledger.all)
    return sorted(row.id for row in rows if row.batch == record.batch and row.id != row.batch)


async def test_of_a_request_that_is_refused_each_goes_alone_and_only_the_bad_one_fails(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    vendors = Rail(answers=[BAD_PHOTO, None, BAD_PHOTO])
    async with open_house(tmp_path, vendors, **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
        rows = await rows_of(studio, made)
    assert vendors.sizes == [3, 1, 1, 1] and "a request of 3 suits was refused (703)" in caplog.text
    assert sorted(cell.state for cell in made.cells) == ["failed", "succeeded", "succeeded"]
    assert not any(job.batch or job.batch_place for job in rows)


async def test_trouble_with_the_account_fails_all_of_them_at_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := Rail(answers=[NO_KEY]), **PRO) as studio:
        made = await ended(studio, pro(tmp_path))
    assert vendors.sizes == [3] and {cell.state for cell in made.cells} == {CellState.FAILED}
    assert {cell.problem.code for cell in made.cells if cell.problem} == {"InvalidAppKey"}


async def test_a_garment_whose_picture_is_bad_fails_before_and_the_others_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, vendors := Rail(), **PRO) as studio:
        cells = studio._container.cells
        with monkeypatch.context() as patch:
            patch.setattr(cells, "put", lambda _cells: None)
            made = await studio.collections.create(pro(tmp_path), visitor=ANN)
        picture = made.garments[1].suit.garments[0].picture
        assert isinstance(picture, FilePicture)
        await asyncio.to_thread(picture.path.write_bytes, b"no picture")
        await cells.start()
        made = await done(studio, made)
    assert vendors.sizes == [2]
    assert [cell.state for cell in made.cells] == [CellState.SUCCEEDED, CellState.FAILED, CellState.SUCCEEDED]


async def test_a_stop_takes_out_what_has_no_job_and_what_left_together_goes_on(tmp_path: Path) -> None:
    vendors, left = Rail(), asyncio.Event()
    vendors.on_submit = left.set
    vendors.answering.clear()
    async with open_house(tmp_path, vendors, **PRO) as studio:
        made = await studio.collections.create(pro(tmp_path, 20), visitor=ANN)
        await left.wait()
        stopped = await studio.collections.stop(made.id, visitor=ANN)
        vendors.answering.set()
        made = await done(studio, stopped)
    going = [cell for cell in made.cells if cell.job]
    assert sum(vendors.sizes) == len(going) < 20 and made.totals.succeeded == len(going)
    assert vendors.sizes[0] == 3
    assert {cell.state for cell in made.cells if not cell.job} == {CellState.STOPPED}
