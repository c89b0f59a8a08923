"""What can be done to a collection that is there: more of it, stopped, tried again, deleted and had back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.collections.making import done, garment, rail
from tests.core.fakes import JumpingClock, ScriptedVendors, finished
from tests.core.test_studio import ANN, BEN, open_house
from tests.core.test_studio import ended as ended_job
from tryon_core import (
    UNDO_S,
    AllowanceSpent,
    Cell,
    CellState,
    Collection,
    CollectionNotFound,
    ConfirmationNeeded,
    InvalidRequest,
    JobNotFound,
    JobQuery,
    LibraryModel,
    NewCollection,
    NewGarment,
    NewModel,
    OwnPhotos,
    Problem,
    Studio,
    TryOnRequest,
    usual_name,
)
from tryon_core.collections.sending import CELLS_AT_ONCE
from tryon_core.errors import NoAnswer, VendorRefused
from tryon_core.vendors.task import Receipt

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
NO = VendorRefused(Problem("No.", "Other pictures."))
LIVE = {**fakes.LIVE, "TRYON_AUTH": ""}


def one_picture(**changes: object) -> ScriptedVendors:
    return ScriptedVendors(**{"queries": [finished("a.png")], **changes})  # type: ignore[arg-type]


async def held(studio: Studio, made: Collection) -> Collection:
    """The collection once as many cells are on their way as can be."""
    async for seen in studio.collections.watch(made.id, visitor=ANN):
        made = seen
        if seen.totals.running == CELLS_AT_ONCE and all(c.job and c.job.task_id for c in seen.cells if c.job):
            break
    return made


async def sent(studio: Studio, made: Collection) -> Collection:
    """The collection once each cell has its job."""
    async for seen in studio.collections.watch(made.id, visitor=ANN):
        made = seen
        if all(cell.job for cell in seen.cells):
            break
    return made


def states(collection: Collection) -> list[CellState]:
    return [cell.state for cell in collection.cells]


def job_of(cell: Cell) -> str:
    assert cell.job
    return cell.job.id


async def test_a_plan_says_what_it_would_use_and_begins_nothing(tmp_path: Path) -> None:
    new = rail(tmp_path, 5, 2, count=4)
    photos = NewModel(OwnPhotos((fakes.file(tmp_path, "me.png"),)))
    async with open_house(tmp_path, vendors := one_picture(), **LIVE, TRYON_DAILY_PICTURES="100") as studio:
        plan = await studio.collections.plan(
            NewCollection(new.garments, (*new.models, photos), new.options), visitor=ANN
        )
        assert await studio.collections.list(visitor=ANN) == () and vendors.sent == []
    assert (plan.jobs, plan.pictures, plan.unit, plan.amount) == (15, 45, "picture", 45)
    assert plan.live and plan.left.left == 100 and plan.fits and not plan.asks


async def test_the_whole_is_refused_when_not_all_of_it_fits_the_day(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := one_picture(), **LIVE, TRYON_DAILY_PICTURES="5") as studio:
        with pytest.raises(AllowanceSpent):
            await studio.collections.create(rail(tmp_path, 3, 2), visitor=ANN)
        assert await studio.collections.list(visitor=ANN) == () and vendors.sent == []
        fitting = await studio.collections.create(rail(tmp_path, 5, 1), visitor=ANN)
        ended = await done(studio, fitting)
    assert ended.totals.succeeded == 5


async def test_cells_that_wait_are_of_what_is_left(tmp_path: Path) -> None:
    vendors = one_picture(hold=asyncio.Event())
    async with open_house(tmp_path, vendors, **LIVE, TRYON_DAILY_PICTURES="20") as studio:
        await held(studio, await studio.collections.create(rail(tmp_path, 7, 2), visitor=ANN))
        left = await studio.allowance(visitor=ANN)
        assert left.left == 6
        with pytest.raises(AllowanceSpent):
            await studio.collections.create(rail(tmp_path, 7, 1), visitor=ANN)


async def test_more_jobs_than_the_operator_lets_pass_have_to_be_confirmed(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture(), TRYON_COLLECTION_ASK_OVER="3") as studio:
        with pytest.raises(ConfirmationNeeded) as needed:
            await studio.collections.create(rail(tmp_path, 2, 2), visitor=ANN)
        assert needed.value.plan.jobs == 4 and await studio.collections.list(visitor=ANN) == ()
        made = await studio.collections.create(rail(tmp_path, 2, 2), visitor=ANN, confirmed=True)
        await done(studio, made)


async def test_a_new_row_or_column_makes_the_new_cells_only(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 2, 2), visitor=ANN))
        before = {job_of(cell) for cell in made.cells}
        row = garment(tmp_path, "48_coat", seed=9)
        plan = await studio.collections.plan_more(made.id, garments=[row], visitor=ANN)
        assert plan.jobs == 2
        await done(studio, await studio.collections.add(made.id, garments=[row], visitor=ANN))
        column = NewModel(LibraryModel("Ariel"))
        wide = await done(studio, await studio.collections.add(made.id, models=[column], visitor=ANN))
    assert len(vendors.sent) == 9 and before < {job_of(cell) for cell in wide.cells}
    assert [row.name for row in wide.garments] == ["Shirt", "Shirt", "Coat"]
    assert [column.name for column in wide.models] == ["Model 1", "Model 2", "Ariel"]
    assert [(c.garment_id, c.model_id) for c in wide.cells] == [
        (row.id, column.id) for row in wide.garments for column in wide.models
    ]


async def test_a_row_and_a_column_at_once_are_let_in_together(tmp_path: Path) -> None:
    vendors, ask_over = one_picture(), "3"  # more than the cells of either alone
    rows, columns = [garment(tmp_path, "48_coat", seed=9)], [NewModel(LibraryModel("Ariel"))]
    async with open_house(tmp_path, vendors, TRYON_COLLECTION_ASK_OVER=ask_over) as studio:
        add = studio.collections.add
        made = await done(studio, await studio.collections.create(rail(tmp_path, 2, 1), visitor=ANN))
        with pytest.raises(ConfirmationNeeded) as needed:
            await add(made.id, garments=rows, models=columns, visitor=ANN)
        assert needed.value.plan.jobs == 4
        assert await studio.collections.get(made.id, visitor=ANN) == made
        wide = await add(made.id, garments=rows, models=columns, visitor=ANN, confirmed=True)
        assert (len(wide.garments), len(wide.models), len(wide.cells)) == (3, 2, 6)
        await done(studio, wide)
    assert len(vendors.sent) == 6


async def test_a_row_that_is_added_by_a_double_click_is_one(tmp_path: Path) -> None:
    vendors = one_picture(hold=asyncio.Event())
    async with open_house(tmp_path, vendors) as studio:
        made = await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN)
        row = garment(tmp_path, "48_coat", seed=9)
        await studio.collections.add(made.id, garments=[row], visitor=ANN)
        twice = await studio.collections.add(made.id, garments=[row], visitor=ANN)
        files = [path.name for path in (tmp_path / "data" / "collections" / made.id).iterdir()]
    assert len(twice.garments) == 2 and sorted(name.split("-")[0] for name in files) == sorted(
        row.id for row in twice.garments
    )


async def test_a_collection_that_has_ended_is_made_anew_only_if_that_is_asked_for(tmp_path: Path) -> None:
    vendors = one_picture()
    async with open_house(tmp_path, vendors) as studio:
        create = partial(studio.collections.create, rail(tmp_path, 2, 1), visitor=ANN)
        made = await done(studio, await create())
        assert await create() == made and len(vendors.sent) == 2
        anew = await done(studio, await create(again=True))
        assert anew.id != made.id and len(vendors.sent) == 4
        assert (await create()).id == anew.id  # the newest
        await studio.collections.delete(anew.id, with_jobs=False, visitor=ANN)
        assert (await create()).id == made.id and len(vendors.sent) == 4


async def test_a_row_whose_answer_was_lost_is_not_bought_twice_when_it_is_added_again(tmp_path: Path) -> None:
    vendors = one_picture()
    async with open_house(tmp_path, vendors) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        row, column = garment(tmp_path, "48_coat", seed=9), NewModel(LibraryModel("Ariel"))
        more = partial(studio.collections.add, made.id, garments=[row], models=[column], visitor=ANN)
        once = await done(studio, await more())
        assert (await more()).cells == once.cells
    assert len(vendors.sent) == 4


async def test_stopping_takes_back_what_waits_and_lets_the_rest_come_to_its_end(tmp_path: Path) -> None:
    vendors = one_picture(hold=(hold := asyncio.Event()))
    async with open_house(tmp_path, vendors) as studio:
        made = await held(studio, await studio.collections.create(rail(tmp_path, 4, 2), visitor=ANN))
        stopped = await studio.collections.stop(made.id, visitor=ANN)
        assert stopped.totals.running == CELLS_AT_ONCE and stopped.totals.stopped == 8 - CELLS_AT_ONCE
        hold.set()
        ended = await done(studio, stopped)
        assert ended.totals.succeeded == CELLS_AT_ONCE == len(vendors.sent)
        again = await done(studio, await studio.collections.retry(made.id, visitor=ANN))
    assert again.totals.succeeded == 8 == len(vendors.sent)


async def test_a_cell_that_fails_says_why_sinks_nothing_and_is_tried_again_alone(tmp_path: Path) -> None:
    vendors = one_picture(submits=[NO, Receipt("task-1")])
    async with open_house(tmp_path, vendors) as studio:
        ended = await done(studio, await studio.collections.create(rail(tmp_path, 2, 2), visitor=ANN))
        (failed,) = [cell for cell in ended.cells if cell.state is CellState.FAILED]
        assert failed.problem and failed.problem.what == "No." and ended.totals.succeeded == 3
        tried = await done(
            studio, await studio.collections.retry(made_id := ended.id, [failed.id], visitor=ANN)
        )
        with pytest.raises(InvalidRequest):
            await studio.collections.retry(made_id, visitor=ANN)
    assert tried.totals.succeeded == 4 and len(vendors.sent) == 5
    cell = next(cell for cell in tried.cells if cell.id == failed.id)
    assert cell.earlier_jobs == (job_of(failed),) != (job_of(cell),)


async def test_what_may_be_charged_is_not_retried_but_can_be_had_again(tmp_path: Path) -> None:
    vendors = one_picture(submits=[NoAnswer(Problem("Nothing came.", "Look.")), Receipt("task-1")])
    async with open_house(tmp_path, vendors) as studio:
        ended = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        assert states(ended) == [CellState.UNCLEAR]
        with pytest.raises(InvalidRequest):
            await studio.collections.retry(ended.id, visitor=ANN)
        again = await studio.collections.again(ended.id, [ended.cells[0].id], visitor=ANN)
        assert states(await done(studio, again)) == [CellState.SUCCEEDED]


@pytest.mark.parametrize("went_wrong", [NoAnswer(Problem("Nothing came.", "Look.")), NO])
async def test_a_job_that_came_to_nothing_and_is_sent_again_by_itself_is_its_cells(
    tmp_path: Path, went_wrong: Exception
) -> None:
    vendors = one_picture(submits=[went_wrong, Receipt("task-1")])
    async with open_house(tmp_path, vendors) as studio:
        ended = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        lost = job_of(ended.cells[0])
        both = await asyncio.gather(*(studio.send_again(lost, visitor=ANN) for _ in range(2)))
        (sent,) = {job.id for job in both}
        now = await done(studio, await studio.collections.get(ended.id, visitor=ANN))
        (cell,) = now.cells
        assert (cell.state, job_of(cell), cell.earlier_jobs) == (CellState.SUCCEEDED, sent, (lost,))
        assert len(vendors.sent) == 2
        assert (await studio.send_again(lost, visitor=ANN)).id == sent and len(vendors.sent) == 2
        other = await studio.send_again(sent, visitor=ANN)  # it has its pictures: these are more
        await ended_job(studio, other)
        assert other.collection_id is None and other.id not in (lost, sent)
        same = await studio.collections.get(ended.id, visitor=ANN)
        assert [job_of(one) for one in same.cells] == [sent]


async def test_what_was_sent_in_place_of_a_cells_job_before_is_found_and_is_the_cells(tmp_path: Path) -> None:
    vendors = one_picture(submits=[NoAnswer(Problem("Nothing came.", "Look.")), Receipt("task-1")])
    async with open_house(tmp_path, vendors) as studio:
        ended = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        lost = await studio.job(job_of(ended.cells[0]), visitor=ANN)
        assert isinstance(lost.request, TryOnRequest)
        apart = await studio.submit_or_offer(lost.request, visitor=ANN, offer=False)
        await ended_job(studio, await studio.job(apart.job_id, visitor=ANN))
        found = await studio.send_again(lost.id, visitor=ANN)
        now = await studio.collections.get(ended.id, visitor=ANN)
    assert found.id == apart.job_id and len(vendors.sent) == 2
    assert (states(now), now.cells[0].earlier_jobs) == ([CellState.SUCCEEDED], (lost.id,))


async def test_the_same_again_keeps_the_earlier_job(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        ended = await done(studio, await studio.collections.create(rail(tmp_path, 1, 2), visitor=ANN))
        first = ended.cells[0]
        again = await done(studio, await studio.collections.again(ended.id, [first.id], visitor=ANN))
        assert (await studio.job(job_of(first), visitor=ANN)).pictures
    assert len(vendors.sent) == 3 and again.cells[0].earlier_jobs == (job_of(first),)
    assert again.cells[1] == ended.cells[1]


async def test_rows_and_columns_have_other_names_and_another_order(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 3, 2), visitor=ANN))
        one, two, three = (row.id for row in made.garments)
        await studio.collections.rename(made.id, "  Spring\n2027 ", visitor=ANN)
        await studio.collections.describe(made.id, three, name="Coat", article="C 1", visitor=ANN)
        await studio.collections.describe(made.id, made.models[1].id, name="Sam", visitor=ANN)
        now = await studio.collections.reorder(made.id, garments=[three, two], visitor=ANN)
        with pytest.raises(CollectionNotFound):
            await studio.collections.describe(made.id, "nobody", name="Coat", visitor=ANN)
    assert now.name == "Spring 2027" and now.models[1].name == "Sam"
    assert [row.id for row in now.garments] == [three, two, one]
    assert (now.garments[0].name, now.garments[0].article) == ("Coat", "C 1")
    assert {job_of(c): c.garment_id for c in now.cells} == {job_of(c): c.garment_id for c in made.cells}


async def test_jobs_are_called_by_the_names_that_their_row_and_column_have_now(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 2, 2), visitor=ANN))
        first, second, _, fourth = made.cells
        again = await studio.collections.again(made.id, [first.id], visitor=ANN)
        made = await done(studio, again)
        await studio.rename(job_of(second), "My best", visitor=ANN)
        before = (await studio.job(job_of(fourth), visitor=ANN)).title
        await studio.collections.describe(made.id, made.garments[0].id, name="Red coat", visitor=ANN)
        now = await studio.collections.describe(made.id, made.models[0].id, name="Sam", visitor=ANN)

        jobs = [now.cells[0].earlier_jobs[0], *map(job_of, now.cells)]
        titles = [(await studio.job(job_id, visitor=ANN)).title for job_id in jobs]
        found = await studio.gallery.page(JobQuery("red coat sam"), visitor=ANN)
    other = made.garments[1].name
    assert titles == ["Red coat on Sam", "Red coat on Sam", "My best", f"{other} on Sam", before]
    assert {job.id for job in found.jobs} == set(jobs[:2])


async def test_a_collection_that_is_called_by_what_is_in_it_goes_with_a_garments_name(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        for count, name in enumerate(("", "Spring"), 1):
            new = replace(rail(tmp_path, 1, 1, count), name=name)
            made = await done(studio, await studio.collections.create(new, visitor=ANN))
            row = made.garments[0].id
            now = await studio.collections.describe(made.id, row, name="Red coat", visitor=ANN)
            assert made.name == (name or made.garments[0].name) and now.name == (name or "Red coat")


async def test_a_collection_that_is_called_by_what_is_in_it_is_called_by_what_was_added_too(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        for count, name in enumerate(("", "Spring"), 1):
            new = replace(rail(tmp_path, 1, 1, count), name=name)
            made = await done(studio, await studio.collections.create(new, visitor=ANN))
            more = [NewGarment(one.suit, name="Red coat") for one in rail(tmp_path, 2, 1, count).garments[1:]]
            now = await studio.collections.add(made.id, garments=more, visitor=ANN)
            both = usual_name([made.garments[0].name, "Red coat"])
            assert str(now.name) == (name or str(both)) and len(now.garments) == 2
            await done(studio, now)


async def test_a_name_that_is_emptied_stays_while_the_article_number_changes(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(queries=[finished("a.png")])) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        row, column = made.garments[0], made.models[0]
        for row_id in (row.id, column.id):
            made = await studio.collections.describe(made.id, row_id, name=" ", article="48", visitor=ANN)

    assert (made.garments[0].name, made.garments[0].article) == (row.name, "48")
    assert made.models[0].name == column.name


async def test_a_deleted_collection_can_be_had_back_with_its_jobs(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture(), HeldClock()) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 1, 2), visitor=ANN))
        await studio.collections.delete(made.id, with_jobs=True, visitor=ANN)
        assert await studio.jobs(visitor=ANN) == () == await studio.collections.list(visitor=ANN)
        with pytest.raises(CollectionNotFound):
            await studio.collections.get(made.id, visitor=ANN)
        back = await studio.collections.undo(made.id, visitor=ANN)
        assert back.cells == made.cells and len(await studio.jobs(visitor=ANN)) == 2


async def test_a_job_that_two_collections_have_stays_until_the_last_of_them_goes(tmp_path: Path) -> None:
    vendors = one_picture(hold=asyncio.Event())
    async with open_house(tmp_path, vendors, HeldClock()) as studio:
        first = await sent(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        second = await sent(studio, await studio.collections.create(rail(tmp_path, 2, 1), visitor=ANN))
        assert vendors.hold is not None
        vendors.hold.set()
        first, second = [await done(studio, one) for one in (first, second)]
        both = job_of(first.cells[0])
        assert both in [job_of(cell) for cell in second.cells]
        await studio.collections.delete(second.id, with_jobs=True, visitor=ANN)
        assert [job.id for job in await studio.jobs(visitor=ANN)] == [both]
        await studio.collections.undo(second.id, visitor=ANN)
        await studio.collections.delete(first.id, with_jobs=True, visitor=ANN)
        kept = await studio.collections.get(second.id, visitor=ANN)
        assert kept.totals.succeeded == 2


async def test_a_job_that_was_deleted_by_itself_does_not_come_back_with_its_collection(
    tmp_path: Path,
) -> None:
    clock = HeldClock()
    async with open_house(tmp_path, one_picture(), clock) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 1, 2), visitor=ANN))
        await studio.collections.delete(made.id, with_jobs=False, visitor=ANN)
        clock.time += 1
        goes, stays = (cell.job.id for cell in made.cells if cell.job)
        await studio.gallery.delete(goes, visitor=ANN)
        await studio.collections.undo(made.id, visitor=ANN)
        assert [job.id for job in await studio.jobs(visitor=ANN)] == [stays]
        assert [job.id for job, _ in await studio.gallery.deleted(visitor=ANN)] == [goes]


async def test_what_was_deleted_is_told_to_its_owner_alone_for_as_long_as_it_can_be_had_back(
    tmp_path: Path,
) -> None:
    clock = HeldClock()
    async with open_house(tmp_path, one_picture(), clock) as studio:
        made = [
            await done(studio, await studio.collections.create(rail(tmp_path, n, 1), visitor=ANN))
            for n in (1, 2)
        ]
        first, second = (one.id for one in made)
        times = {}
        for one in (first, second):
            times[one] = clock.now()
            await studio.collections.delete(one, with_jobs=False, visitor=ANN)
            await clock.held.acquire()  # by a later time they would have waited less
            clock.time += 10
        told = [(one.id, at) for one, at in await studio.collections.deleted(visitor=ANN)]
        assert told == [(second, times[second]), (first, times[first])]
        assert await studio.collections.deleted(visitor=BEN) == ()
        clock.time = times[first] + UNDO_S
        ((left, _),) = await studio.collections.deleted(visitor=ANN)
        assert left.id == second
        await studio.collections.undo(second, visitor=ANN)
        assert await studio.collections.deleted(visitor=ANN) == ()


async def test_after_its_time_a_deleted_collection_is_gone_and_its_jobs_stay_unless_told(
    tmp_path: Path,
) -> None:
    clock = HeldClock()
    async with open_house(tmp_path, one_picture(), clock) as studio:
        stays = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        goes = await done(studio, await studio.collections.create(rail(tmp_path, 2, 1), visitor=ANN))
        await studio.collections.delete(stays.id, with_jobs=False, visitor=ANN)
        await studio.collections.delete(goes.id, with_jobs=True, visitor=ANN)
        clock.let_go(UNDO_S + 1)
        await studio._container.removing.taking_away.over()
        await studio._container.deletion.taking_away.over()
        (job,) = await studio.jobs(visitor=ANN)
        assert job.id == job_of(stays.cells[0]) and job.collection_id is None
        with pytest.raises(CollectionNotFound):
            await studio.collections.undo(goes.id, visitor=ANN)
        with pytest.raises(JobNotFound):
            await studio.job(job_of(goes.cells[0]), visitor=ANN)
    assert not list((tmp_path / "data" / "collections").glob("*"))


async def test_a_collection_deleted_before_the_clock_was_set_back_goes_all_the_same(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_house(tmp_path, one_picture(), clock) as studio:
        goes = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        clock.time += 86_400.0
        await studio.collections.delete(goes.id, with_jobs=True, visitor=ANN)
        clock.let_go(-86_400.0)
        await studio._container.removing.taking_away.over()
        await studio._container.deletion.taking_away.over()
        assert await studio.jobs(visitor=ANN) == ()
        assert await studio.collections.deleted(visitor=ANN) == ()
    assert not list((tmp_path / "data" / "collections").glob("*"))


async def test_a_collection_whose_jobs_run_is_deleted_without_them_only(tmp_path: Path) -> None:
    vendors = one_picture(hold=asyncio.Event())
    async with open_house(tmp_path, vendors) as studio:
        made = await held(studio, await studio.collections.create(rail(tmp_path, 5, 1), visitor=ANN))
        with pytest.raises(InvalidRequest, match="still runs"):
            await studio.collections.delete(made.id, with_jobs=True, visitor=ANN)
        apart = JobQuery(apart=True)
        assert (await studio.gallery.page(apart, visitor=ANN)).jobs == ()
        await studio.collections.delete(made.id, with_jobs=False, visitor=ANN)
        assert len(await studio.jobs(visitor=ANN)) == CELLS_AT_ONCE
        assert len((await studio.gallery.page(apart, visitor=ANN)).jobs) == CELLS_AT_ONCE


async def test_a_cell_whose_job_was_deleted_says_so_and_can_be_had_anew(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture(), HeldClock()) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        await studio.gallery.delete(job_of(made.cells[0]), visitor=ANN)
        assert states(await studio.collections.get(made.id, visitor=ANN)) == [CellState.DELETED]
        anew = await done(studio, await studio.collections.retry(made.id, visitor=ANN))
    assert states(anew) == [CellState.SUCCEEDED]


class HeldClock(JumpingClock):
    """One whose long sleeps last until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self._free = asyncio.Event()
        self.held = asyncio.Semaphore(0)  # one for each long sleep that has begun

    async def sleep(self, seconds: float) -> None:
        if seconds < UNDO_S / 2:
            await super().sleep(seconds)
        else:
            self.held.release()
            await self._free.wait()
            await asyncio.sleep(0)

    def let_go(self, seconds: float) -> None:
        self.time += seconds
        self._free.set()
