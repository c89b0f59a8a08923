"""Uploads become garments with a verdict each; a file that is none says why."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import CollectionOptions, DescribedModel, GarmentType, Gender
from tryon_ui.collection.draft import Draft, Made, Person, Row, Verdict
from tryon_ui.collection.draft_list import garments_html
from tryon_ui.collection.taking_in import looked_at, taken_in
from tryon_ui.files import new_folder
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load
from tryon_ui.tabs.collection.form import begun, first_models, with_dropped, without_sample
from tryon_ui.tabs.collection.own_models import left_out, with_model
from tryon_ui.tabs.tryon_form import Form


@pytest.fixture
def context(studio: FakeStudio, assets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageContext:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    return PageContext(studio, load(assets))  # type: ignore[arg-type]


def upload(name: str, size: tuple[int, int] = (768, 1024)) -> str:
    return str(draw(new_folder() / name, name, size))


@pytest.mark.anyio
async def test_each_file_gets_its_verdict_and_a_bad_one_sinks_nothing(context: PageContext) -> None:
    bad = new_folder() / "notes.txt"
    bad.write_text("no picture")

    tiny = upload("tiny.jpg", (149, 400))
    taken = await taken_in(context, Draft(), [upload("4711_striped-shirt.jpg"), str(bad), tiny])

    good, other, small = taken.draft.rows
    assert (good.name, good.article) == ("Striped shirt", "4711") and good.usable and good.thumbs
    assert (other.name, other.verdict) == ("notes.txt", Verdict.BAD) and "not a picture" in other.says
    assert small.verdict is Verdict.BAD and small.says.endswith("Allowed: sides of at least 150 pixels.")


@pytest.mark.anyio
async def test_what_ships_with_the_app_is_good_and_shown_by_its_tile(
    context: PageContext, assets: Path
) -> None:
    sample = context.samples.garments[0]
    copy = new_folder() / sample.path.name
    copy.write_bytes(sample.path.read_bytes())

    (row,) = (await taken_in(context, Draft(), [str(copy)])).draft.rows

    assert row.verdict is Verdict.GOOD and row.thumbs == (sample.tile,)
    assert (row.looks, row.kind) == (sample.kind, GarmentType.AUTO)  # shown, and left to the vendor
    assert f'<option value="{sample.kind}" selected>' in garments_html(Draft((row,)))


@pytest.mark.anyio
async def test_a_draft_begins_with_the_visitors_own_garment_and_model(context: PageContext) -> None:
    sample, own = str(context.samples.garments[0].path), upload("coat.jpg")

    assert (await begun(context, Draft(), Form(garment=sample), own_only=True)).rows == ()
    assert len((await begun(context, Draft(), Form(garment=sample), own_only=False)).rows) == 1
    (row,) = (await begun(context, Draft(), Form(garment=own), own_only=True)).rows
    assert row.name == "Coat"
    there = Draft((Row("/a.jpg"),))
    assert await begun(context, there, Form(garment=own), own_only=False) is there
    assert first_models(Form(garment=own)) == ["James"]


@pytest.mark.anyio
async def test_a_draft_begins_with_all_that_the_form_for_one_job_has_worn(context: PageContext) -> None:
    sample, own, link = (
        str(context.samples.garments[0].path),
        upload("jeans.jpg"),
        "https://shop.example/a.jpg",
    )

    (below,) = (await begun(context, Draft(), Form(garment=None, bottom=own), own_only=True)).rows
    assert (below.place, below.kind, below.bottom) == (own, GarmentType.BOTTOMS, "")
    (linked,) = (await begun(context, Draft(), Form(garment=sample, link=f" {link} "), own_only=True)).rows
    assert (linked.place, linked.verdict) == (link, Verdict.LINK)
    for typed in ("/etc/passwd", "", own):  # what was typed is the path of no file
        assert not (await begun(context, Draft(), Form(garment=None, link=typed), own_only=False)).rows


@pytest.mark.anyio
async def test_a_sample_that_nobody_chose_for_a_list_makes_room_for_own_garments(
    context: PageContext,
) -> None:
    hoodie, shirt = (str(context.samples.garments[at].path) for at in (0, 1))
    form = Form(garment=hoodie)
    carried = await begun(context, Draft(), form, own_only=False)
    assert without_sample(context, carried, form).rows == ()
    chosen = carried.with_rows([Row(shirt)])
    assert without_sample(context, chosen, form) is chosen
    own = Draft((Row(upload("coat.jpg")),))
    assert without_sample(context, own, form) is own
    for said in ({"name": "Winter"}, {"article": "4711"}, {"kind": "dresses"}):
        told = carried.renamed(carried.rows[0].key, said)
        assert without_sample(context, told, form) is told
    picked = await begun(context, Draft(), Form(garment=shirt), own_only=False)  # in the form for one job
    assert without_sample(context, picked, Form(garment=shirt)) is picked
    outfit = await begun(context, Draft(), Form(garment=hoodie, bottom=upload("own.jpg")), own_only=False)
    assert without_sample(context, outfit, form) is outfit
    made = replace(carried, made=Made("one", frozenset(), frozenset(), CollectionOptions()))
    assert without_sample(context, made, form) is made


@pytest.mark.anyio
async def test_a_drop_that_brings_no_garment_takes_none_away(context: PageContext) -> None:
    sample, own, listed = str(context.samples.garments[0].path), upload("coat.jpg"), new_folder() / "list.csv"
    listed.write_text("article,picture\n4711,gone.jpg\n")
    (bad := new_folder() / "notes.txt").write_text("no picture")
    form = Form(garment=sample)
    carried = await begun(context, Draft(), form, own_only=False)

    nothing = await with_dropped(context, carried, form, [str(listed)])
    unfit = await with_dropped(context, carried, form, [str(bad)])
    alone = await with_dropped(context, Draft(), Form(garment=own), [str(listed)])
    beside = await with_dropped(context, Draft(), Form(garment=own), [str(bad)])
    came = await with_dropped(context, carried, form, [own])

    assert nothing.draft == carried and "gone.jpg" in nothing.said[0]
    assert [row.name for row in unfit.draft.rows] == ["Hoodie", "notes.txt"]
    assert alone.draft == Draft() and alone.said == nothing.said
    assert [row.name for row in beside.draft.rows] == ["Coat", "notes.txt"]
    assert [row.name for row in came.draft.rows] == ["Coat"]
    assert came.said == ()  # nobody chose it, and nobody misses it


def test_a_draft_begins_with_the_model_of_the_form() -> None:
    own = "/coat.jpg"
    assert first_models(Form(garment=own)) == ["James"]
    assert first_models(Form(garment=own, mode="describe")) == []


@pytest.mark.anyio
async def test_an_outfit_is_named_and_shown_by_both_its_parts(context: PageContext) -> None:
    samples = {sample.name: sample for sample in context.samples.garments}
    hoodie, jeans = samples["Hoodie"], samples["Jeans"]
    own = upload("wide-trousers.jpg")

    (row,) = (
        await begun(context, Draft(), Form(garment=str(hoodie.path), bottom=str(jeans.path)), own_only=False)
    ).rows
    (other,) = await looked_at(context, [Row(str(hoodie.path), bottom=own)])
    (named,) = await looked_at(context, [Row(str(hoodie.path), "Winter", bottom=own)])
    (mine,) = await looked_at(context, [Row(upload("4711_rain-coat.jpg"), bottom=own)])

    assert (row.name, row.thumbs) == ("Hoodie and jeans", (hoodie.tile, jeans.tile))
    assert other.name == "Hoodie and wide trousers" and len(other.thumbs) == 2
    assert named.name == "Winter"
    assert (mine.name, mine.article) == ("Rain coat and wide trousers", "4711")
    assert garments_html(Draft((row,))).count("<img") == 2


@pytest.mark.anyio
async def test_described_models_and_own_photos_are_models_of_their_own(context: PageContext) -> None:
    one, _ = await with_model(context, Draft(), Form(garment=None, mode="describe", gender="male"))
    photo = upload("me.jpg")
    both, said = await with_model(context, one, Form(garment=None, mode="photos", photos=(photo,)))

    described, own = both.people
    assert described.described and described.described.gender is Gender.MALE
    assert own.photos == (photo,) and own.thumb and (own.name, said) == ("My model 1", "")
    assert await with_model(context, both, Form(garment=None, mode="photos")) == (both, "")


@pytest.mark.anyio
async def test_what_is_a_model_already_is_refused_and_a_name_is_given_once(context: PageContext) -> None:
    of_photos = Form(garment=None, mode="photos", photos=(upload("me.jpg"),))
    again = shutil.copyfile(of_photos.photos[0], new_folder() / "again.jpg")
    same = replace(of_photos, photos=(upload("her.jpg"), str(again)))
    described = Form(garment=None, mode="describe")
    draft = Draft()
    for form in (of_photos, described):
        draft, _ = await with_model(context, draft, form)

    assert await with_model(context, draft, same) == (draft, "again.jpg is a model already: My model 1.")
    assert await with_model(context, draft, described) == (draft, "This is a model already: Described 1.")
    other, _ = await with_model(context, draft, replace(of_photos, photos=(upload("him.jpg"),)))
    one_less = other.without(draft.people[0].key)
    more, _ = await with_model(context, one_less, of_photos)
    assert [one.name for one in more.people] == ["Described 1", "My model 2", "My model 1"]


@pytest.mark.anyio
async def test_a_model_that_is_in_sight_and_was_not_added_is_not_gone_without_in_silence() -> None:
    photos = Form(garment=None, mode="photos", photos=(upload("me.jpg"),))
    same = replace(photos, photos=(str(shutil.copyfile(photos.photos[0], new_folder() / "again.jpg")),))
    two = replace(photos, photos=(*photos.photos, upload("her.jpg")))
    described = Form(garment=None, mode="describe")
    mine, his = Draft(people=(Person("My model 1", photos=photos.photos),)), DescribedModel(Gender.MALE)

    assert (await left_out(Draft(), photos)).startswith("What lies under “My photos” is not added")
    assert await left_out(mine, photos) == await left_out(mine, same) == ""
    assert await left_out(mine, two) and await left_out(mine, described)
    assert await left_out(Draft(people=(Person("Described 1", his),)), described) == ""
    assert await left_out(Draft(), Form(garment=None)) == ""
    assert await left_out(Draft(), replace(photos, photos=())) == ""
