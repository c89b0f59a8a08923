"""What Create adds to a collection that is there is let in as a whole, whatever it is made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import gradio as gr
import httpx
import pytest

from tests.core import fakes
from tests.core.collections.making import done
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, open_house
from tryon_core import (
    AllowanceSpent,
    CellState,
    Collection,
    ConfirmationNeeded,
    DescribedModel,
    GarmentType,
    Gender,
    LibraryModel,
    NewModel,
    Problem,
    Style,
)
from tryon_ui.collection.draft import Draft, Person, Row
from tryon_ui.collection.draft_list import garments_html
from tryon_ui.collection.draft_memory import kept_of, recalled
from tryon_ui.error_boundary import sentence
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load
from tryon_ui.tabs.collection import create_events
from tryon_ui.tabs.collection.form import (
    NotTaken,
    addition_of,
    ask_html,
    created,
    made_already,
    made_before,
    options_of,
    planned,
    whereto_html,
)
from tryon_ui.tabs.tryon_form import Form

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ASSETS = Path(__file__).parents[3] / "assets"
LIVE = {**fakes.LIVE, "TRYON_AUTH": ""}
FORM = Form(garment=None, garment_type=GarmentType.TOPS.value, count=1)
DESCRIBED = DescribedModel(Gender.FEMALE, next(iter(Style)))
FIRST, LATER = ["Model 1"], ["Model 1", "Model 2"]


def rows(folder: Path, *names: str) -> list[Row]:
    return [
        Row(str(fakes.file(folder, f"{name}.png", fakes.picture(seed=seed)).path), name=name)
        for seed, name in enumerate(names)
    ]


async def agreed(context: PageContext, draft: Draft, models: Sequence[str], at_most: int = 9) -> Collection:
    """What is created after a question about that many pictures."""
    found = await created(context, draft, models, FORM, at_most=at_most, visitor=ANN)
    assert isinstance(found, Collection)
    return found


async def grown(context: PageContext, folder: Path) -> tuple[Draft, str]:
    """A draft with a garment and a model more than the collection that was made of it, and that one's id."""
    first, second, third = rows(folder, "Shirt", "Hoodie", "Coat")
    draft = Draft((first, second))
    made = await done(context.studio, await agreed(context, draft, FIRST))
    return draft.made_into(made.id, FIRST, options_of(FORM)).with_rows([third]), made.id


async def test_a_garment_and_a_model_that_do_not_both_fit_the_day_are_neither_begun_nor_kept(
    tmp_path: Path, assets: Path
) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors, **LIVE, TRYON_DAILY_PICTURES="4") as studio:
        draft, made = await grown(context := PageContext(studio, load(assets)), tmp_path)
        before = await studio.collections.get(made, visitor=ANN)
        files = sorted((tmp_path / "data" / "collections" / made).iterdir())
        plan, _ = await planned(context, draft, LATER, FORM, visitor=ANN)
        with pytest.raises(AllowanceSpent):
            await agreed(context, draft, LATER)
        assert await studio.collections.get(made, visitor=ANN) == before
        assert len(await studio.collections.list(visitor=ANN)) == 1
        assert (await studio.allowance(visitor=ANN)).left == 2
        assert sorted((tmp_path / "data" / "collections" / made).iterdir()) == files
    assert plan.jobs == plan.pictures == 4 and not plan.fits and len(vendors.sent) == 2


async def test_a_garment_and_a_model_that_fit_the_day_fill_the_matrix(tmp_path: Path, assets: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors, **LIVE, TRYON_DAILY_PICTURES="6") as studio:
        draft, made = await grown(context := PageContext(studio, load(assets)), tmp_path)
        wide = await done(studio, await agreed(context, draft, LATER))
        assert (await studio.allowance(visitor=ANN)).left == 0
    assert wide.id == made and [cell.state for cell in wide.cells] == [CellState.SUCCEEDED] * 6
    assert (len(wide.garments), len(wide.models), len(vendors.sent)) == (3, 2, 6)


async def test_what_is_made_already_is_counted_where_nothing_can_be_added(tmp_path: Path) -> None:
    draft, models = Draft(tuple(rows(tmp_path, "Shirt", "Hoodie"))), ["James", "Ariel"]
    made = draft.made_into("c" * 40, models, options_of(FORM))
    *_, new = rows(tmp_path, "Shirt", "Hoodie", "Extra")

    assert made_before(made.with_rows([new]), ["James"], FORM) == 2
    assert made_before(made, ["James", "Zuri"], FORM) == 2
    assert made_before(made, models, FORM) == made_before(draft, models, FORM) == 0  # added to, or made first
    assert made_before(made, ["James"], replace(FORM, count=7)) == 0


def test_a_described_model_that_is_taken_out_makes_it_another_collection_too(tmp_path: Path) -> None:
    first, other = (Person(name, DESCRIBED) for name in ("Described 1", "Described 2"))
    *both, new = rows(tmp_path, "Shirt", "Hoodie", "Extra")
    made = Draft(tuple(both), (first, other)).made_into("c" * 40, FIRST, options_of(FORM))
    one_less = made.with_rows([new]).without(other.key)

    assert addition_of(made.with_rows([new]), FIRST, FORM) is not None
    assert addition_of(one_less, FIRST, FORM) is None and made_before(one_less, FIRST, FORM) == 4
    assert addition_of(made.without(new.key), FIRST, FORM) is not None


def test_a_form_with_none_of_its_garments_makes_another_collection(tmp_path: Path) -> None:
    shirt, hoodie, coat = rows(tmp_path, "Shirt", "Hoodie", "Coat")
    made = Draft((shirt, hoodie)).made_into("c" * 40, FIRST, options_of(FORM))
    other, one_left = made.emptied().with_rows([coat]), made.without(hoodie.key).with_rows([coat])

    assert addition_of(made.emptied(), LATER, FORM) is None  # a model more would be made on garments unseen
    assert addition_of(other, FIRST, FORM) is None and made_before(other, FIRST, FORM) == 0
    assert addition_of(made.emptied().had_back(), FIRST, FORM) is not None
    assert addition_of(one_left, FIRST, FORM) is not None
    assert addition_of(one_left, LATER, FORM) is None and made_before(one_left, LATER, FORM) == 1
    as_dress = made.renamed(shirt.key, {"kind": "dresses"})
    assert addition_of(as_dress, LATER, FORM) is not None


def test_who_asks_for_it_has_another_collection_made_though_something_could_be_added(tmp_path: Path) -> None:
    shirt, hoodie, coat = rows(tmp_path, "Shirt", "Hoodie", "Coat")
    made = Draft((shirt, hoodie)).made_into("c" * 40, FIRST, options_of(FORM))
    apart = replace(made.with_rows([coat]), apart=True)

    assert addition_of(apart, FIRST, FORM) is None and made_before(apart, FIRST, FORM) == 2
    again = json.loads(json.dumps(kept_of(apart, FIRST, load(ASSETS))))
    assert recalled(again, load(ASSETS)).apart
    assert not apart.made_into("d" * 40, FIRST, options_of(FORM)).apart
    shown = whereto_html("Autumn & more", apart=False)
    assert "Adds to “Autumn &amp; more”." in shown and 'data-draft="apart"' in shown
    assert 'data-draft="together"' in whereto_html("Autumn", apart=True)


async def test_what_is_made_already_is_said_before_it_is_made_again(tmp_path: Path, assets: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors) as studio:
        draft, _ = await grown(context := PageContext(studio, load(assets)), tmp_path)
        made, less = draft.without(draft.rows[-1].key), draft.without(draft.rows[0].key)
        said = []
        for one, models in ((made, FIRST), (less, ["Model 2"]), (draft, FIRST), (made, ["Model 1"])):
            plan, added = await planned(context, one, models, FORM, visitor=ANN)
            said.append(ask_html(plan, made_already(plan, added, one, models, FORM)))
    of_all, *others, again = said
    assert "All of this is made already" in of_all and again == of_all
    assert 'class="btn "' in of_all and not any("already" in one for one in others)


async def test_a_page_that_has_not_heard_of_its_collection_shows_it_until_it_is_asked_to_make_it_anew(
    tmp_path: Path, assets: Path
) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors) as studio:
        context, draft = PageContext(studio, load(assets)), Draft(tuple(rows(tmp_path, "Shirt", "Hoodie")))
        made = await done(studio, await agreed(context, draft, FIRST))
        assert await agreed(context, draft, FIRST) == made
        knows = draft.made_into(made.id, FIRST, options_of(FORM))
        anew = await done(studio, await agreed(context, knows, FIRST))
    assert anew.id != made.id and len(vendors.sent) == 4


async def test_what_has_become_more_than_was_asked_about_is_asked_anew(tmp_path: Path, assets: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors) as studio:
        draft, made = await grown(context := PageContext(studio, load(assets)), tmp_path)
        plan, _ = await planned(context, draft, FIRST, FORM, visitor=ANN)
        column = NewModel(LibraryModel("Zuri"))  # added in another window
        await studio.collections.add(made, models=[column], visitor=ANN)
        found = await created(context, draft, FIRST, FORM, at_most=plan.pictures, visitor=ANN)
        assert isinstance(found, ConfirmationNeeded)
        assert (plan.pictures, found.plan.pictures) == (1, 2)
        assert len((await studio.collections.get(made, visitor=ANN)).garments) == 2


async def test_of_garments_that_cannot_be_had_each_is_named_and_known_by_its_row(
    tmp_path: Path, assets: Path
) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if "shop.test" in str(request.url) else fakes.serve_any(request)

    async with open_house(tmp_path, ScriptedVendors(queries=[finished("a.png")], serve=serve)) as studio:
        context = PageContext(studio, load(assets))
        draft, collection_id = await grown(context, tmp_path)
        bad = [Row(f"https://shop.test/{n}.jpg", name=f"Link {n}") for n in (1, 2)]
        more = draft.with_rows(bad)

        refused = await created(context, more, FIRST, FORM, at_most=9, visitor=ANN)

        assert isinstance(refused, NotTaken) and list(refused.rows) == [row.key for row in bad]
        assert all(f"Link {n}: the picture could not be fetched" in sentence(refused.problem) for n in (1, 2))
        there = await studio.collections.get(collection_id, visitor=ANN)
    assert len(there.garments) == 2 and "Garment" not in refused.problem.what
    assert sentence(refused.problem).count("Open the link in a browser") == 1  # holds for both
    listed = garments_html(more.marked(refused.rows))
    assert listed.count("Not taken") == 2 and listed.count("its host answered 404") == 2
    assert "Not taken" not in garments_html(more.marked(refused.rows).marked({}))


def test_a_collection_that_could_not_be_added_to_stays_in_view() -> None:
    problem = Problem("No.", "Another picture.")
    made = Draft((Row("/a.jpg"),)).made_into("c" * 40, FIRST, options_of(FORM))

    with pytest.warns(UserWarning, match=r"No\. Another picture\."):
        assert create_events._refused(made, problem) == gr.skip()
    assert create_events._refused(Draft((Row("/a.jpg"),)), problem) != gr.skip()
