"""The studio with its real engine and ledger on a file of its own, and a vendor that answers by a script."""

from __future__ import annotations

import asyncio
import json
import threading
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import anyio
import httpx
import pytest
import sqlalchemy as sa
from dbos._sys_db import OperationResultInternal, SystemDatabase

from tests.core import fakes, started_before
from tests.core.fakes import TASK, JumpingClock, ScriptedVendors, finished, running
from tests.core.submitting import delete, submit
from tryon_core import (
    Catalogue,
    Charged,
    DescribedModel,
    Garment,
    GarmentType,
    Gender,
    InvalidRequest,
    Job,
    JobNotFound,
    JobState,
    LibraryModel,
    LinkPicture,
    Mode,
    NewCollection,
    NewGarment,
    NewModel,
    NoPublicAddress,
    OwnPhotos,
    PersonGender,
    Studio,
    Suit,
    TryOnRequest,
    pictures_of,
)
from tryon_core.clock import Clock
from tryon_core.errors import NoAnswer, Problem, VendorRefused
from tryon_core.jobs import workflow

pytestmark = pytest.mark.anyio
ANN, BEN = "visitor-ann", "visitor-ben"
PATIENCE_S = 20.0


@asynccontextmanager
async def open_house(
    folder: Path, vendors: ScriptedVendors, clock: Clock | None = None, /, **env: str
) -> AsyncIterator[Studio]:
    await started_before.lay(folder, env)
    web, clock = fakes.web(vendors.serve), clock or JumpingClock()
    studio = Studio(fakes.settings(folder, **env), vendors, clock=clock, reread_s=0.2, web=web)
    await studio.start()
    try:
        yield studio
    finally:
        await studio.stop()


async def ended(studio: Studio, job: Job, visitor: str = ANN) -> Job:
    with anyio.fail_after(PATIENCE_S):
        async for seen in studio.watch(job.id, visitor=visitor):
            job = seen
    return job


async def test_a_job_goes_from_the_click_to_saved_pictures(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[running(), running("a.png"), finished("a.png", "b.png")])
    async with open_house(tmp_path, vendors) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        done = await ended(studio, job)
    assert (done.state, done.task_id, done.title) == (JobState.SUCCEEDED, "task-1", "Hoodie on James")
    assert [p.name for p in done.pictures] == ["hoodie-james-1.png", "hoodie-james-2.png"]
    assert done.request_ids == ("submit-id", "query-id") and done.finished_at is not None


async def test_nothing_of_a_job_is_kept_in_memory_once_it_has_ended_however_it_did(tmp_path: Path) -> None:
    no = VendorRefused(Problem("No.", "Other pictures."))
    for answer in (TASK, no, NoAnswer(Problem("Nothing came.", "Look."))):
        vendors = ScriptedVendors(submits=[answer])
        async with open_house(tmp_path, vendors) as studio:
            context = studio._container.context
            job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
            await ended(studio, job)
            assert not context.examined and not context.last and not context.partial_downloads


async def test_a_double_click_is_one_job(tmp_path: Path) -> None:
    hold = asyncio.Event()
    vendors = ScriptedVendors(hold=hold)
    async with open_house(tmp_path, vendors) as studio:
        request = fakes.tryon(tmp_path)
        first, second = await asyncio.gather(*(submit(studio, request, visitor=ANN) for _ in range(2)))
        third = await submit(studio, request, visitor=ANN)
        hold.set()
        await ended(studio, first)
    assert first.id == second.id == third.id and len(vendors.sent) == 1


async def test_the_same_request_after_the_end_is_a_new_job(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors) as studio:
        request = fakes.tryon(tmp_path)
        first = await ended(studio, await submit(studio, request, visitor=ANN))
        second = await ended(studio, await submit(studio, request, visitor=ANN))
        listed = await studio.jobs(visitor=ANN)
    assert first.id != second.id and {job.id for job in listed} == {first.id, second.id}
    assert len(vendors.sent) == 2


async def test_another_picture_with_the_same_name_is_another_job(tmp_path: Path) -> None:
    vendors = ScriptedVendors(hold=asyncio.Event())
    async with open_house(tmp_path, vendors) as studio:
        first = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        (tmp_path / "hoodie.png").write_bytes(fakes.picture(400, 500))
        second = await submit(studio, fakes.tryon(tmp_path / "."), visitor=BEN)
    assert first.id != second.id


async def test_a_stop_waits_until_what_is_done_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, gate, noted = threading.Event(), threading.Event(), list[str]()
    write_down = SystemDatabase.record_operation_result

    def slowly(database: SystemDatabase, result: OperationResultInternal) -> None:
        if result["function_name"] == "keep":
            asked.set()
            gate.wait(PATIENCE_S)
        write_down(database, result)
        noted.append(result["function_name"])

    monkeypatch.setattr(SystemDatabase, "record_operation_result", slowly)
    monkeypatch.setattr(workflow, "SETTLE_S", PATIENCE_S)
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await asyncio.to_thread(asked.wait, PATIENCE_S)
        stop = asyncio.create_task(studio._container.engine.stop())
        stopped_before, _ = await asyncio.wait({stop}, timeout=0.2)
        gate.set()
        await stop
        assert not stopped_before and noted == ["prepare", "submit", "follow", "keep"]


async def test_a_job_that_was_running_at_the_stop_goes_on_at_the_start(tmp_path: Path) -> None:
    before = ScriptedVendors(hold=asyncio.Event())
    async with open_house(tmp_path, before) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await before.was_asked.wait()
    for _ in range(2):
        between = ScriptedVendors(hold=asyncio.Event())
        async with open_house(tmp_path, between):
            await between.was_asked.wait()
    after = ScriptedVendors()
    async with open_house(tmp_path, after) as studio:
        done = await ended(studio, job)
    assert done.state is JobState.SUCCEEDED and len(done.pictures) == 2
    assert len(before.sent) == 1 and not between.sent and not after.sent


async def test_a_job_whose_run_was_lost_is_taken_up(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(hold=asyncio.Event())) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
    engine = sa.create_engine(fakes.settings(tmp_path).database)
    runs = "dbos.workflow_status" if engine.dialect.name == "postgresql" else "workflow_status"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {runs} SET status = 'ERROR'")
    engine.dispose()
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        done = await ended(studio, job)
    assert done.state is JobState.SUCCEEDED


async def test_an_unanswered_submit_is_uncertain_and_never_sent_again(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[NoAnswer(Problem("no answer", ""))])
    async with open_house(tmp_path, vendors, **fakes.LIVE) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    async with open_house(tmp_path, vendors, **fakes.LIVE) as studio:
        again = await studio.job(job.id, visitor=ANN)
    assert again.state is JobState.UNCERTAIN and again.charged is Charged.UNKNOWN
    assert again.problem is not None and len(vendors.sent) == 1


async def test_an_adopted_task_id_is_followed_to_its_pictures(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[NoAnswer(Problem("no answer", ""))])
    async with open_house(tmp_path, vendors) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        done = await ended(studio, await studio.adopt_task(job.id, " found-it ", visitor=ANN))
    assert (done.state, done.task_id, done.id) == (JobState.SUCCEEDED, "found-it", job.id)
    assert set(vendors.asked) == {"found-it"} and len(vendors.sent) == 1


async def test_an_overdue_job_can_be_asked_about_again(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[running()])
    async with open_house(tmp_path, vendors) as studio:
        late = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        vendors.queries = [finished("a.png", "b.png")]
        done = await ended(studio, await studio.poll_again(late.id, visitor=ANN))
    assert (late.state, done.state) == (JobState.OVERDUE, JobState.SUCCEEDED)
    assert done.problem is None and len(vendors.sent) == 1


async def test_asking_again_makes_no_sense_for_a_finished_job(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        done = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        with pytest.raises(InvalidRequest):
            await studio.poll_again(done.id, visitor=ANN)
        with pytest.raises(InvalidRequest):
            await studio.adopt_task(done.id, "task-2", visitor=ANN)


async def test_sending_again_is_a_new_job_with_the_same_name(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[NoAnswer(Problem("no answer", "")), fakes.TASK])
    async with open_house(tmp_path, vendors) as studio:
        lost = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN, title="Mine"))
        sent = await ended(studio, await studio.send_again(lost.id, visitor=ANN))
        assert await studio.send_again(lost.id, visitor=ANN) == sent
    assert len(vendors.sent) == 2
    assert sent.id != lost.id and sent.title == "Mine" and sent.state is JobState.SUCCEEDED
    assert sent.pictures[0].name == "hoodie-james-1.png"


async def test_nobody_sees_or_touches_another_visitors_job(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        assert await studio.jobs(visitor=BEN) == ()
        for attempt in (
            studio.job,
            studio.poll_again,
            studio.send_again,
            studio.gallery.delete,
            studio.archive,
        ):
            with pytest.raises(JobNotFound):
                await attempt(job.id, visitor=BEN)
        with pytest.raises(JobNotFound):
            await anext(studio.watch(job.id, visitor=BEN))
        with pytest.raises(JobNotFound):
            await studio.job("no-such-job", visitor=ANN)


async def test_many_may_watch_and_a_closed_watcher_harms_nothing(tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with open_house(tmp_path, ScriptedVendors(hold=hold)) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        watchers = [asyncio.create_task(ended(studio, job)) for _ in range(5)]
        closed = asyncio.create_task(ended(studio, job))
        await anyio.sleep(0.05)
        closed.cancel()
        hold.set()
        seen = await asyncio.gather(*watchers)
    assert {job.state for job in seen} == {JobState.SUCCEEDED}


async def test_deleting_takes_the_row_and_the_files(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        await delete(studio, job.id, visitor=ANN)
        assert await studio.jobs(visitor=ANN) == ()
    assert not job.pictures[0].path.exists() and not list((tmp_path / "data" / "jobs").iterdir())


async def test_a_running_job_cannot_be_deleted(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(hold=asyncio.Event())) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        with pytest.raises(InvalidRequest):
            await delete(studio, job.id, visitor=ANN)


async def test_files_are_found_by_their_names_and_nothing_else_is(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        found = studio.picture_path(job.id, "hoodie-james-1.png")
        given = studio.picture_path(job.id, "garment-1-1.png")
        strays = [("..", "x"), (job.id, "../input/garment-1-1.png"), (job.id, ".."), ("0" * 40, "a.png")]
        assert [studio.picture_path(*stray) for stray in strays] == [None] * 4
        view = await studio.view(job.id, "hoodie-james-1.png", 120)
        assert await studio.view(job.id, "nothing.png", 120) is None
    assert found == job.pictures[0].path and given is not None and given.read_bytes() == fakes.picture()
    assert view is not None and view.suffix == ".webp" and view.stat().st_size < found.stat().st_size


async def test_a_picture_of_which_no_copy_can_be_made_is_shown_itself(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        picture = job.pictures[0]
        picture.path.write_bytes(picture.path.read_bytes()[:-40])
        assert await studio.view(job.id, picture.name, 120) == picture.path


async def test_the_usual_time_is_known_after_three_jobs(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        for number in range(3):
            visitor = f"visitor-{number}"
            job = await submit(studio, fakes.tryon(tmp_path), visitor=visitor)
            assert job.usual is None
            await ended(studio, job, visitor)
        low, high = (await submit(studio, fakes.tryon(tmp_path), visitor=ANN)).usual or (0.0, 0.0)
        assert (await submit(studio, fakes.tryon(tmp_path, count=3), visitor=ANN)).usual is None
    assert 0 < low <= high


async def test_a_vendor_without_a_key_is_the_sandbox_and_costs_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), AILAB_API_KEY="a-key") as studio:
        modes = studio.key_source("aidge").mode, studio.key_source("ailab").mode
        played = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        paid = await ended(studio, await submit(studio, fakes.refine(tmp_path), visitor=ANN))
    assert modes == (Mode.SANDBOX, Mode.LIVE)
    assert (played.charged, paid.charged) == (Charged.NO, Charged.YES)


async def test_a_draft_for_the_refiner_is_filled_in(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        draft = await studio.refine_draft(job.id, 2, visitor=ANN)
        with pytest.raises(InvalidRequest):
            await studio.refine_draft(job.id, 3, visitor=ANN)
    assert draft.coarse == job.pictures[1].path == draft.person
    assert draft.top is not None and draft.top.read_bytes() == fakes.picture()
    assert draft.bottom is None and draft.gender is None and len(draft.notes) == 2


async def test_the_archive_holds_every_picture_and_its_hash(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        path = await studio.archive(job.id, visitor=ANN)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        same = archive.read("hoodie-james-1.png") == job.pictures[0].path.read_bytes()
    assert names == ["manifest.json", "hoodie-james-1.png", "hoodie-james-2.png"] and same


async def test_a_bad_picture_is_refused_before_anything_is_kept(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    (tmp_path / "small").mkdir()
    async with open_house(tmp_path, vendors) as studio:
        request = fakes.tryon(tmp_path / "small")
        (tmp_path / "small" / "hoodie.png").write_bytes(fakes.picture(120, 400))
        with pytest.raises(InvalidRequest, match=r"Garment: found 120 × 400 pixels.*150"):
            await submit(studio, request, visitor=ANN)
        assert await studio.jobs(visitor=ANN) == ()
    assert vendors.sent == []


async def test_a_fault_of_the_app_ends_the_job_and_keeps_the_task_id(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[RuntimeError("a bug")])
    async with open_house(tmp_path, vendors) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    assert job.state is JobState.OVERDUE and job.task_id == "task-1"


def everything_stored(folder: Path) -> bytes:
    """All that is in the database: its files, or of a server the rows of every table."""
    engine = sa.create_engine(fakes.settings(folder).database)
    if engine.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in (folder / "data").glob("studio.sqlite*"))
    with engine.connect() as connection:
        tables = [
            f"{schema}.{name}"
            for schema in ("dbos", "public")
            for name in sa.inspect(connection).get_table_names(schema)
        ]
        rows = [
            row for table in tables for row in connection.exec_driver_sql(f"SELECT t::text FROM {table} t")
        ]
    engine.dispose()
    assert len(rows) > 4
    return "\n".join(row[0] for row in rows).encode()


async def test_what_the_engine_stores_holds_no_secret_and_no_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), **fakes.LIVE) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    stored = everything_stored(tmp_path)
    assert not [word for word in (b"Signature=", b"ailab-key", b"a-secret", b"visitor-ann") if word in stored]


async def test_an_upload_is_hosted_for_aidge_while_its_job_runs_and_no_longer(tmp_path: Path) -> None:
    hold = asyncio.Event()
    vendors = ScriptedVendors(hold=hold)
    async with open_house(tmp_path, vendors, **fakes.LIVE) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await vendors.was_asked.wait()
        ((_, sent),) = pictures_of(vendors.sent[0])
        assert isinstance(sent, LinkPicture)
        token = sent.url.split("/")[-2]
        during, bytes_ = studio.hosted(token, "garment-1-1.png"), await studio.fetch(sent.url)
        hold.set()
        await ended(studio, job)
        after = studio.hosted(token, "garment-1-1.png")
    assert during is not None and bytes_ == fakes.picture() and after is None


async def test_live_aidge_without_a_public_address_keeps_and_sends_nothing(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, **{**fakes.LIVE, "TRYON_PUBLIC_URL": ""}) as studio:
        with pytest.raises(NoPublicAddress):
            await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        linked = TryOnRequest((Suit((Garment(LinkPicture("https://shop.test/a.png")),)),), count=2)
        done = await ended(studio, await submit(studio, linked, visitor=ANN))
        assert len(await studio.jobs(visitor=ANN)) == 1
    assert done.state is JobState.SUCCEEDED and vendors.sent == [linked]


async def test_what_a_script_gets_of_a_job_is_plain_json(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        done = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    told = json.loads(json.dumps(done.as_json()))
    assert set(told) == {
        "id",
        "title",
        "vendor",
        "live",
        "state",
        "task_id",
        "request_id",
        "message",
        "charged",
        "submitted_at",
        "finished_at",
        "pictures",
        "expected",
        "failed_pictures",
        "notes",
        "usual",
        "collection",
    }
    assert (told["expected"], told["failed_pictures"], told["notes"]) == (2, 0, [])
    assert told["pictures"] == ["hoodie-james-1.png", "hoodie-james-2.png"] and told["charged"] == "No"


async def test_own_photos_of_the_pictures_size_are_the_person_image(tmp_path: Path) -> None:
    photos = tuple(
        fakes.file(tmp_path, name, fakes.picture(*size))
        for name, size in (("wide.png", (300, 200)), ("fits.png", (160, 200)))
    )
    dress = Suit((Garment(fakes.file(tmp_path, "dress.png"), GarmentType.DRESSES),))
    trousers = Suit((Garment(fakes.file(tmp_path, "jeans.png"), GarmentType.BOTTOMS),))
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        drafts = []
        for suit, model in ((dress, OwnPhotos(photos)), (trousers, DescribedModel(Gender.FEMALE))):
            job = await submit(studio, TryOnRequest((suit,), model, count=2), visitor=ANN)
            await ended(studio, job)
            drafts.append(await studio.refine_draft(job.id, 1, visitor=ANN))
    own, described = drafts
    assert own.person is not None and own.person.read_bytes() == photos[1].path.read_bytes()
    assert own.top is not None and own.gender is None
    assert described.top is None and described.bottom is not None
    assert described.gender is PersonGender.WOMAN and len(described.notes) == 2


@pytest.mark.parametrize(
    ("file", "place"), [("jeans.png", "bottom"), ("blue_shirt.png", "top"), ("IMG_2045.png", "unknown")]
)
async def test_a_garment_of_which_nobody_said_what_it_is_is_what_its_name_says_and_never_guessed_at(
    tmp_path: Path, file: str, place: str
) -> None:
    garment = Garment(fakes.file(tmp_path, file))
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path, garment=garment), visitor=ANN))
        draft = await studio.refine_draft(job.id, 1, visitor=ANN)
    assert {one for one in ("top", "bottom", "unknown") if getattr(draft, one)} == {place}


async def test_a_model_whose_name_is_a_garments_says_nothing_of_the_garment(tmp_path: Path) -> None:
    asks = replace(
        fakes.tryon(tmp_path, garment=Garment(fakes.file(tmp_path, "7.png"))), model=LibraryModel("Jean")
    )
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, asks, visitor=ANN))
        assert (await studio.refine_draft(job.id, 1, visitor=ANN)).unknown is not None


async def test_a_garment_that_a_front_end_knows_is_refined_as_what_it_is(tmp_path: Path) -> None:
    jeans = Garment(fakes.file(tmp_path, "IMG_2045.png"))
    known = Catalogue(kind_of=lambda photo: GarmentType.BOTTOMS if photo.is_file() else GarmentType.AUTO)
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path, garment=jeans), visitor=ANN))
        draft = await studio.refine_draft(job.id, 1, visitor=ANN, known=known)
    assert draft.top is None and draft.bottom is not None and draft.unknown is None
    assert any("add the top" in note for note in draft.notes)


async def test_a_model_that_the_sandbox_does_not_have_is_refused_and_a_live_vendor_is_asked(
    tmp_path: Path,
) -> None:
    asks, vendors = replace(fakes.tryon(tmp_path), model=LibraryModel("Bob")), ScriptedVendors()
    new = NewCollection((NewGarment(asks.suits[0]),), (NewModel(LibraryModel("Bob")),))
    async with open_house(tmp_path, vendors) as studio:
        studio.use_sandbox(httpx.MockTransport(vendors.serve), ("Ariel", "James"))
        with pytest.raises(InvalidRequest, match=r"Model: found Bob\. .*: Ariel, James"):
            await submit(studio, asks, visitor=ANN)
        with pytest.raises(InvalidRequest, match="found Bob"):
            await studio.collections.plan(new, visitor=ANN)
    async with open_house(tmp_path, vendors, **fakes.LIVE) as studio:
        studio.use_sandbox(httpx.MockTransport(vendors.serve), ("Ariel", "James"))
        assert (await studio.collections.plan(new, visitor=ANN)).jobs == 1
