"""A collection that is opened fills the form with what it was made of, and can be added to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.collections.making import done
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, open_house
from tests.ui.collection.test_growing import agreed, rows
from tryon_core import Collection, CollectionOptions, DescribedModel, Gender, OwnPhotos, Style
from tryon_ui.collection.draft import Draft, Person, Row, Verdict
from tryon_ui.collection.draft_memory import kept_of, recalled
from tryon_ui.collection.draft_of import form_of_collection, form_of_kept, recognized
from tryon_ui.files import new_folder
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load
from tryon_ui.tabs.collection.form import addition_of, planned
from tryon_ui.tabs.collection.reopening_events import filled_with, present, with_settings
from tryon_ui.tabs.tryon_form import Form

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ONE_PICTURE = Form(None, count=1)
DESCRIBED = DescribedModel(Gender.FEMALE, next(iter(Style)))


@asynccontextmanager
async def with_older(folder: Path, assets: Path) -> AsyncIterator[tuple[PageContext, Collection]]:
    """A page's studio that has a collection of a coat and a shirt on three kinds of models."""
    shirt, coat = rows(folder, "Shirt", "Coat")
    photo = fakes.file(folder, "me.png", fakes.picture(600, 900, seed=9)).path
    people = (Person("Described 1", DESCRIBED), Person("My model 1", photos=(str(photo),)))
    draft = Draft((coat, shirt), people).renamed(coat.key, {"kind": "dresses", "article": "4711"})
    async with open_house(folder, ScriptedVendors(queries=[finished("a.png")])) as studio:
        context = PageContext(studio, load(assets))
        yield context, await done(studio, await agreed(context, draft, ["Model 1"]))


async def test_an_older_collection_is_added_to_after_it_was_opened(tmp_path: Path, assets: Path) -> None:
    async with with_older(tmp_path, assets) as (context, told):
        found = await form_of_collection(context, told)
        draft, filled = found.draft, await filled_with(context, told)
        form = with_settings(Form(None), filled.settings)

        assert [(row.name, row.article, row.kind) for row in draft.rows] == [
            ("Coat", "4711", "dresses"),
            ("Shirt", "", "tops"),
        ]
        assert [(one.name, one.described, len(one.photos)) for one in draft.people] == [
            ("Described 1", DESCRIBED, 0),
            ("My model 1", None, 1),
        ]
        assert found.library == ("Model 1",) and not draft.is_unsaved
        again = addition_of(draft, found.library, form)
        assert again is not None and again.empty
        *_, new = rows(tmp_path, "Shirt", "Coat", "Extra")
        more = draft.with_rows([new])
        plan, added = await planned(context, more, found.library, form, visitor=ANN)
        assert plan.jobs == 3 and added is not None and added.collection_id == told.id
        wide = await agreed(context, more, found.library)
    assert wide.id == told.id and [one.name for one in wide.garments] == ["Coat", "Shirt", "Extra"]


async def test_a_garment_whose_photo_is_gone_is_named_and_the_others_come_back(
    tmp_path: Path, assets: Path
) -> None:
    async with with_older(tmp_path, assets) as (context, told):
        told.garments[0].suit.garments[0].picture.path.unlink()  # type: ignore[union-attr]
        found = await form_of_collection(context, told)
    assert [row.name for row in found.draft.rows] == ["Shirt"] and found.missing == ("Coat",)


def clear_away(draft: Draft) -> None:
    """Takes its photos away, as the page does after two hours."""
    for place in (*(row.place for row in draft.rows), *draft.people[1].photos):
        Path(place).unlink()


async def test_what_was_kept_and_is_cleared_away_is_taken_from_its_collection(
    tmp_path: Path, assets: Path
) -> None:
    async with with_older(tmp_path, assets) as (context, told):
        draft = (await form_of_collection(context, told)).draft
        *_, new = rows(new_folder(), "Shirt", "Coat", "Extra")
        kept = kept_of(draft.with_rows([new]), ["Model 1"], context.samples)
        clear_away(draft)
        found = await form_of_kept(context, recalled(kept, context.samples), visitor=ANN)
        again = found.draft
        plan, added = await planned(
            context, again, found.library, replace(ONE_PICTURE, garment_type="tops"), visitor=ANN
        )

        assert [row.name for row in again.rows] == ["Coat", "Shirt", "Extra"] and not found.missing
        assert [one.name for one in again.people] == ["Described 1", "My model 1"] and again.people[1].thumb
        assert added is not None and plan.jobs == 3 == len(found.library) + len(again.people)


async def test_nothing_is_added_to_a_collection_of_a_model_that_cannot_be_shown(
    tmp_path: Path, assets: Path
) -> None:
    async with with_older(tmp_path, assets) as (context, told):
        own = next(one.model for one in told.models if isinstance(one.model, OwnPhotos))
        own.pictures[0].path.unlink()  # type: ignore[union-attr]
        found = await form_of_collection(context, told)
        assert found.missing == ("My model 1",) and len(found.draft.people) == 1
        assert addition_of(found.draft, found.library, ONE_PICTURE) is None


def test_what_a_page_that_is_just_opening_will_hold_is_not_overwritten(assets: Path) -> None:
    context = PageContext(None, load(assets))  # type: ignore[arg-type]
    here = new_folder() / "shirt.jpg"
    here.write_bytes(b"picture")
    draft = Draft((Row(str(here), "Shirt"),))
    kept = kept_of(draft, ["James"], context.samples)

    assert present(context, Draft(), kept).is_unsaved and not present(context, Draft(), None).is_unsaved
    made = draft.made_into("c" * 40, ["James"], CollectionOptions())
    assert not present(context, made, kept).is_unsaved
    assert made.with_rows(draft.rows[:0]).is_unsaved is False
    assert made.with_rows([Row("/a.jpg")]).is_unsaved
    assert not Draft((Row("/b.txt", verdict=Verdict.BAD),)).is_unsaved


async def test_what_was_kept_before_its_collection_was_heard_of_is_known_to_be_that(
    tmp_path: Path, assets: Path
) -> None:
    async with with_older(tmp_path, assets) as (context, told):
        draft = (await form_of_collection(context, told)).draft
        unheard = replace(draft, made=None)
        kept = recalled(kept_of(unheard, ["Model 1"], context.samples), context.samples)
        other_models = replace(kept, models=("Model 2",))
        fewer = replace(kept, rows=kept.rows[:1])
        renamed = replace(kept, rows=(replace(kept.rows[0], name="Cloak"), *kept.rows[1:]))
        photo = fakes.file(tmp_path, "other.png", fakes.picture(600, 900, seed=10)).path
        another = replace(kept, rows=(replace(kept.rows[0], place=str(photo)), *kept.rows[1:]))

        assert kept.draft.is_unsaved
        found = await recognized(context, kept, told.id, visitor=ANN)
        assert not found.draft.is_unsaved and found.made and found.made.collection_id == told.id
        again = addition_of(
            found.draft, found.models, with_settings(Form(None), (await filled_with(context, told)).settings)
        )
        assert again is not None and again.empty
        for one in (other_models, fewer, renamed, another):
            assert await recognized(context, one, told.id, visitor=ANN) is one


async def test_a_list_that_one_garment_took_the_place_of_is_kept_whole(tmp_path: Path, assets: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        context = PageContext(studio, load(assets))
        folder = new_folder()
        photo = fakes.file(folder, "me.png", fakes.picture(600, 900, seed=9)).path
        people = (Person("Described 1", DESCRIBED), Person("My model 1", photos=(str(photo),)))
        draft = Draft(tuple(rows(folder, "Shirt", "Coat")), people)
        kept = kept_of(draft.for_one(), ["Model 1", "Model 2"], context.samples)
        form = await form_of_kept(context, recalled(kept, context.samples), visitor=ANN)
        back = form.draft.had_back()

        assert not form.draft.many and form.library == ("Model 1", "Model 2")
        assert [row.key for row in back.rows] == [row.key for row in draft.rows] and back.rows[0].thumbs
        assert [one.name for one in back.people] == ["Described 1", "My model 1"] and back.people[1].thumb
        assert "before" not in kept_of(draft, [], context.samples)
