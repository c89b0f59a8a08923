"""One star for each picture, notes, and the starred ones refined at one price."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.collections.making import done, rail
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, BEN, open_house
from tryon_core import (
    AllowanceSpent,
    Catalogue,
    CellState,
    Collection,
    CollectionNotFound,
    ConfirmationNeeded,
    Cover,
    FilePicture,
    Garment,
    GarmentType,
    InvalidRequest,
    NewGarment,
    NewModel,
    NewShare,
    OwnPhotos,
    PersonGender,
    PictureChoice,
    Problem,
    RefineRequest,
    Studio,
    Suit,
    TryOnRequest,
    Which,
    has_top,
)
from tryon_core.collections.export.of_collection import export_of
from tryon_core.errors import VendorRefused
from tryon_core.vendors.task import Receipt

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
MEN = Catalogue({"Model 1": PersonGender.MAN, "Model 2": PersonGender.WOMAN})
NO = VendorRefused(Problem("No.", "Other pictures."))


def two_pictures(**changes: object) -> ScriptedVendors:
    return ScriptedVendors(**{"queries": [finished("a.png", "b.png")], **changes})  # type: ignore[arg-type]


def jobs(collection: Collection) -> list[str]:
    return [cell.job.id for cell in collection.cells if cell.job]


async def made(studio: Studio, folder: Path, garments: int = 1, models: int = 2) -> Collection:
    new = rail(folder, garments, models, count=2)
    return await done(studio, await studio.collections.create(new, visitor=ANN))


async def chosen(studio: Studio, collection: Collection, *pictures: tuple[int, int]) -> None:
    """Stars pictures, each by its cell's place and its number."""
    for place, number in pictures:
        job_id = jobs(collection)[place]
        await studio.collections.choose(collection.id, job_id, number, chosen=True, visitor=ANN)


async def test_stars_and_notes_are_kept_by_picture_in_the_order_of_the_cells(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        left, right = jobs(shown)
        await chosen(studio, shown, (1, 2), (0, 1), (0, 1))
        await studio.collections.note(shown.id, left, 1, " The collar\x00 sits well. ", visitor=ANN)
        await studio.collections.note(shown.id, right, 1, "Too dark", visitor=ANN)
        now = await studio.collections.get(shown.id, visitor=ANN)
    assert now.choices == (
        PictureChoice(left, 1, True, "The collar sits well."),
        PictureChoice(right, 1, False, "Too dark"),
        PictureChoice(right, 2, True),
    )
    assert [(one.job_id, one.number) for one in now.chosen] == [(left, 1), (right, 2)]


async def test_nothing_is_left_of_a_star_and_a_note_that_are_taken_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        await chosen(studio, shown, (0, 1))
        await studio.collections.note(shown.id, jobs(shown)[0], 1, "Good", visitor=ANN)
        await studio.collections.choose(shown.id, jobs(shown)[0], 1, chosen=False, visitor=ANN)
        noted = await studio.collections.get(shown.id, visitor=ANN)
        assert noted.choices == (PictureChoice(jobs(shown)[0], 1, False, "Good"),) and noted.chosen == ()
        await studio.collections.note(shown.id, jobs(shown)[0], 1, "  ", visitor=ANN)
        assert (await studio.collections.get(shown.id, visitor=ANN)).choices == ()


async def test_only_a_picture_of_the_collection_has_a_star_and_only_from_its_owner(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        other = await done(studio, await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN))
        for job_id, number in ((jobs(shown)[0], 3), (jobs(other)[0], 1), ("nobody", 1)):
            with pytest.raises(InvalidRequest):
                await studio.collections.choose(shown.id, job_id, number, chosen=True, visitor=ANN)
        with pytest.raises(CollectionNotFound):
            await studio.collections.choose(shown.id, jobs(shown)[0], 1, chosen=True, visitor=BEN)


async def test_a_star_stays_with_its_picture_when_the_cell_is_had_again(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path, 1, 1)
        await chosen(studio, shown, (0, 1))
        again = await studio.collections.again(shown.id, [shown.cells[0].id], visitor=ANN)
        assert [one.job_id for one in (await done(studio, again)).chosen] == jobs(shown)


async def test_a_starred_picture_is_handed_over_and_shared_also_when_the_cell_is_had_again(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path, 1, 1)
        await chosen(studio, shown, (0, 2))
        starred = shown.pictures[1][1]
        earlier = await studio.collections.shares.create(shown.id, NewShare(), visitor=ANN)
        again = await studio.collections.again(shown.id, [shown.cells[0].id], visitor=ANN)
        now = await done(studio, again)
        handed = [list(export_of(now, which, Cover(), 0.0).pictures) for which in (Which.CHOSEN, Which.ALL)]
        new = NewShare(((jobs(shown)[0], starred.name),))
        share = await studio.collections.shares.create(now.id, new, visitor=ANN)
        pages = [await studio.collections.shares.page(link.token) for link in (share, earlier)]
    assert [picture.path for picture in handed[0]] == [starred.path]
    assert handed[1][0].path == starred.path and len(handed[1]) == 3
    assert [len(page.pictures) for page in pages] == [1, 2]


async def test_the_starred_are_refined_in_one_step_with_one_price(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        await chosen(studio, shown, (0, 2), (1, 1))
        with pytest.raises(ConfirmationNeeded) as asked:
            await studio.collections.refine_chosen(shown.id, known=MEN, at_most=1, visitor=ANN)
        plan = asked.value.plan
        assert (plan.jobs, plan.pictures, plan.unit, plan.amount) == (2, 2, "credit", 50)
        begun = await studio.collections.refine_chosen(shown.id, known=MEN, at_most=2, visitor=ANN)
        assert [one.state for one in begun.refinements] == [CellState.WAITING] * 2 and not begun.ended
        refined = await done(studio, begun)
        sent = [request for request in vendors.sent if isinstance(request, RefineRequest)]
    left, right = jobs(shown)
    assert [(one.of_job, one.number, one.state) for one in refined.refinements] == [
        (left, 2, CellState.SUCCEEDED),
        (right, 1, CellState.SUCCEEDED),
    ]
    assert sorted(request.gender for request in sent) == [PersonGender.MAN, PersonGender.WOMAN]
    found = refined.refinement(left, 2)
    assert found and found.job and found.job.pictures and found.job.collection_id == shown.id
    assert found.job.title == "Shirt on Model 1, refined"
    assert refined.totals == shown.totals


async def test_what_is_refined_already_is_not_bought_again(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        await chosen(studio, shown, (0, 1))
        await done(studio, await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN))
        with pytest.raises(InvalidRequest, match="not refined yet"):
            await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN)
        await chosen(studio, shown, (1, 1))
        await done(studio, await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN))
    assert sum(isinstance(request, RefineRequest) for request in vendors.sent) == 2


async def test_without_the_gender_of_one_none_is_refined(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        await chosen(studio, shown, (0, 1), (1, 1))
        with pytest.raises(InvalidRequest, match="Model 2"):
            await studio.collections.refine_chosen(
                shown.id, known=Catalogue({"Model 1": PersonGender.MAN}), visitor=ANN
            )
        assert len(vendors.sent) == 2
        for_all = await studio.collections.refine_chosen(shown.id, gender=PersonGender.WOMAN, visitor=ANN)
        assert (await done(studio, for_all)).refinements[1].state is CellState.SUCCEEDED


async def test_what_is_known_as_a_bottom_is_not_refined_as_a_top(tmp_path: Path) -> None:
    photo = fakes.file(tmp_path, "jeans.png", fakes.picture(seed=1))
    new = replace(rail(tmp_path, 1, 1, count=2), garments=(NewGarment(Suit((Garment(photo),))),))
    known = replace(MEN, kind_of=lambda _photo: GarmentType.BOTTOMS)
    async with open_house(tmp_path, vendors := two_pictures()) as studio:
        shown = await done(studio, await studio.collections.create(new, visitor=ANN))
        await chosen(studio, shown, (0, 1))
        with pytest.raises(InvalidRequest, match="nothing but a bottom"):
            await studio.collections.refine_chosen(shown.id, known=known, visitor=ANN)
    assert len(vendors.sent) == 1
    row = shown.garments[0]
    assert not has_top(row.suit, row.name, known) and has_top(row.suit, "Linen", MEN)


async def test_what_cannot_be_refined_is_left_out_and_named_before(tmp_path: Path) -> None:
    photos = [fakes.file(tmp_path, f"{seed}.png", fakes.picture(seed=seed)) for seed in (1, 2)]
    garments = tuple(NewGarment(Suit((Garment(photo),))) for photo in photos)
    new = replace(rail(tmp_path, 1, 1, count=2), garments=garments)
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await done(studio, await studio.collections.create(new, visitor=ANN))
        await chosen(studio, shown, (0, 1), (0, 2), (1, 1))
        trousers, shirt = [cell.job for cell in shown.cells if cell.job]
        assert isinstance(trousers.request, TryOnRequest)
        (worn,) = trousers.request.suits[0].garments
        bottom = worn.picture

        def kind_of(photo: Path) -> GarmentType:
            return GarmentType.BOTTOMS if FilePicture(photo) == bottom else GarmentType.TOPS

        known = replace(MEN, kind_of=kind_of)
        with pytest.raises(ConfirmationNeeded) as asked:
            await studio.collections.refine_chosen(shown.id, known=known, at_most=0, visitor=ANN)
        assert (asked.value.plan.left_out, asked.value.plan.pictures) == ((trousers.title,), 1)
        begun = await studio.collections.refine_chosen(shown.id, known=known, at_most=1, visitor=ANN)
        assert [one.of_job for one in begun.refinements] == [shirt.id]


async def test_a_garment_of_which_nothing_tells_what_it_is_is_asked_about_before_it_is_refined(
    tmp_path: Path,
) -> None:
    photos = [fakes.file(tmp_path, f"IMG_{seed}.png", fakes.picture(seed=seed)) for seed in (1, 2)]
    new = replace(
        rail(tmp_path, 1, 1, count=2), garments=tuple(NewGarment(Suit((Garment(one),))) for one in photos)
    )
    async with open_house(tmp_path, vendors := two_pictures()) as studio:
        shown = await done(studio, await studio.collections.create(new, visitor=ANN))
        await chosen(studio, shown, (0, 1), (1, 1))
        first, second = (row.id for row in shown.garments)
        with pytest.raises(ConfirmationNeeded) as asked:
            await studio.collections.refine_chosen(shown.id, known=MEN, at_most=0, visitor=ANN)
        assert list(asked.value.plan.unknown) == [first, second]
        with pytest.raises(InvalidRequest, match="a top, a bottom or a dress"):
            await studio.collections.refine_chosen(
                shown.id, known=MEN, kinds={first: GarmentType.TOPS}, at_most=2, visitor=ANN
            )
        kinds = {first: GarmentType.BOTTOMS, second: GarmentType.DRESSES}
        begun = await studio.collections.refine_chosen(
            shown.id, known=MEN, kinds=kinds, at_most=2, visitor=ANN
        )
        refined = await done(studio, begun)
    worn = refined.cells[1].job
    assert worn and [one.of_job for one in refined.refinements] == [worn.id]
    assert [type(request) for request in vendors.sent].count(RefineRequest) == 1


async def test_each_model_of_whom_nothing_tells_who_that_is_is_asked_about_before_it_is_refined(
    tmp_path: Path,
) -> None:
    photos = [fakes.file(tmp_path, f"{seed}.png", fakes.picture(seed=seed)) for seed in (7, 8)]
    new = rail(tmp_path, 2, 1, count=1)
    new = replace(new, models=(*new.models, *(NewModel(OwnPhotos((one,)), one.path.stem) for one in photos)))
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors) as studio:
        shown = await done(studio, await studio.collections.create(new, visitor=ANN))
        await chosen(studio, shown, (0, 1), (1, 1), (2, 1), (4, 1))
        _, first, second = (column.id for column in shown.models)
        with pytest.raises(ConfirmationNeeded) as asked:
            await studio.collections.refine_chosen(shown.id, known=MEN, at_most=0, visitor=ANN)
        assert asked.value.plan.unknown_models == {first: "7", second: "8"} and asked.value.plan.pictures == 4
        with pytest.raises(InvalidRequest, match=r"not known of 8\. Allowed: whether each is a woman"):
            await studio.collections.refine_chosen(
                shown.id, known=MEN, genders={first: PersonGender.MAN}, at_most=4, visitor=ANN
            )
        genders = {first: PersonGender.MAN, second: PersonGender.WOMAN}
        begun = await studio.collections.refine_chosen(
            shown.id, known=MEN, genders=genders, at_most=4, visitor=ANN
        )
        refined = await done(studio, begun)
    assert [one.state for one in refined.refinements] == [CellState.SUCCEEDED] * 4
    sent = [request.gender for request in vendors.sent if isinstance(request, RefineRequest)]
    assert sorted(sent) == [PersonGender.MAN] * 3 + [PersonGender.WOMAN]


async def test_refining_is_refused_whole_and_asks_like_a_creation(tmp_path: Path) -> None:
    env = {**fakes.LIVE, "TRYON_AUTH": "", "TRYON_DAILY_PICTURES": "5", "TRYON_COLLECTION_ASK_OVER": "2"}
    async with open_house(tmp_path, vendors := two_pictures(), **env) as studio:
        shown = await made(studio, tmp_path)
        await chosen(studio, shown, (0, 1), (1, 1))
        with pytest.raises(AllowanceSpent):
            await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN)
        await chosen(studio, shown, (0, 2))
        with pytest.raises(ConfirmationNeeded):
            await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN)
    assert len(vendors.sent) == 2


async def test_a_refinement_that_failed_is_tried_again_by_its_id(tmp_path: Path) -> None:
    answers = [Receipt("task-1"), NO, Receipt("task-2")]
    async with open_house(tmp_path, two_pictures(submits=answers)) as studio:
        shown = await made(studio, tmp_path, 1, 1)
        await chosen(studio, shown, (0, 1))
        ended = await done(studio, await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN))
        (failed,) = ended.refinements
        assert failed.state is CellState.FAILED and failed.problem and failed.problem.what == "No."
        with pytest.raises(InvalidRequest):
            await studio.collections.retry(shown.id, visitor=ANN)
        retried = await studio.collections.retry(shown.id, [failed.id], visitor=ANN)
        assert [one.state for one in (await done(studio, retried)).refinements] == [CellState.SUCCEEDED]


async def test_cells_and_refinements_that_are_wanted_again_are_admitted_together_or_not_at_all(
    tmp_path: Path,
) -> None:
    live = {**fakes.LIVE, "TRYON_AUTH": ""}
    async with open_house(tmp_path, vendors := two_pictures(), **live, TRYON_DAILY_PICTURES="5") as studio:
        shown = await made(studio, tmp_path, 1, 1)
        await chosen(studio, shown, (0, 1))
        begun = await studio.collections.refine_chosen(shown.id, known=MEN, visitor=ANN)
        before, sent = await done(studio, begun), len(vendors.sent)
        both = [before.cells[0].id, before.refinements[0].id]
        with pytest.raises(AllowanceSpent):
            await studio.collections.again(shown.id, both, visitor=ANN)
        with pytest.raises(ConfirmationNeeded) as asked:
            await studio.collections.again(shown.id, both, at_most=2, visitor=ANN)
        assert [plan.pictures for plan in asked.value.plans] == [2, 1]
        after = await studio.collections.get(shown.id, visitor=ANN)
    assert len(vendors.sent) == sent and (after.cells, after.refinements) == (
        before.cells,
        before.refinements,
    )
