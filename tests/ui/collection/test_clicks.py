"""What the matrix reports comes from outside, and what may cost money is asked before."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from tests.ui.collection.boards import collection
from tests.ui.collection.test_board_stream import ME, context_of
from tests.ui.fake_studio import FakeStudio
from tryon_core import (
    Allowance,
    CollectionOptions,
    CollectionPlan,
    ConfirmationNeeded,
    GarmentType,
    LibraryModel,
    PersonGender,
    View,
)
from tryon_ui.collection.asking import ask_html
from tryon_ui.collection.clicks import BoardAct, BoardClick, board_click
from tryon_ui.collection.draft import Draft, Row
from tryon_ui.tabs.collection.form import addition_of, planned
from tryon_ui.tabs.tryon_form import Form

CLICK = BoardClick(BoardAct.REFINE, "c" * 40)


def told(data: object) -> gr.EventData:
    return SimpleNamespace(_data=data)  # type: ignore[return-value]


def needed(**facts: Any) -> ConfirmationNeeded:
    return ConfirmationNeeded(plan(**facts))


def plan(**facts: Any) -> CollectionPlan:
    plain = {
        "jobs": 3,
        "pictures": 3,
        "unit": "credit",
        "amount": 75.0,
        "vendor": "ailab",
        "live": True,
        "own_key": False,
        "left": Allowance(None, None),
        "asks": False,
    }
    return CollectionPlan(**{**plain, **facts})


@pytest.mark.parametrize(
    "data", [None, "x", {}, {"act": "drop table", "n": "1", "chosen": "yes", "text": None}]
)
def test_whatever_a_page_reports_is_read_or_left_out(data: object) -> None:
    assert board_click(told(data)) == BoardClick(BoardAct.NONE, "")


def test_a_click_is_read_and_no_text_is_endless() -> None:
    click = board_click(told({"act": "note", "collection": "a", "job": "b", "n": 3, "text": "x" * 9000}))

    assert (click.act, click.job_id, click.number, len(click.text)) == (BoardAct.NOTE, "b", 3, 2000)


def test_refining_asks_with_its_price() -> None:
    live, sandbox = ask_html(CLICK, needed()), ask_html(CLICK, needed(live=False))

    assert "Refine 3 pictures?" in live and "worn" not in live
    assert "Live: AILab charges 75 credits." in live and 'data-act="refine"' in live
    assert "Sandbox: nothing is charged." in sandbox


def test_what_refining_leaves_out_is_named_in_the_question() -> None:
    asked = ask_html(CLICK, needed(left_out=("Jeans on Ariel", "Skirt on Kofi")))

    assert "Left out, as they show nothing but a bottom: Jeans on Ariel, Skirt on Kofi." in asked
    assert "Left out" not in ask_html(CLICK, needed())


def test_of_a_garment_that_nothing_tells_of_it_is_asked_what_it_is_and_nothing_is_chosen_beforehand() -> None:
    asked = ask_html(CLICK, needed(unknown={"row-1": "IMG 2045"}))

    assert "What is IMG 2045?" in asked and "checked" not in asked
    assert 'data-told="kinds" data-of="row-1"' in asked
    assert [asked.count(f'value="{kind}"') for kind in ("tops", "bottoms", "dresses", "auto")] == [1, 1, 1, 0]


def test_of_each_model_of_whom_nothing_tells_who_that_is_it_is_asked_and_nobody_is_chosen_beforehand() -> (
    None
):
    asked = ask_html(CLICK, needed(unknown_models={"m1": "My model 1", "m2": "My <model> 2"}))

    assert "Who is My model 1?" in asked and "Who is My &lt;model&gt; 2?" in asked
    assert [asked.count(f'data-told="genders" data-of="{column}"') for column in ("m1", "m2")] == [1, 1]
    assert [asked.count(f'value="{one}"') for one in ("woman", "man")] == [2, 2] and "checked" not in asked


def test_whom_a_model_is_said_to_show_is_read_and_nothing_else() -> None:
    click = board_click(told({"act": "refine", "genders": {"m1": "man", "m2": "drop table", "m3": ["man"]}}))

    assert click.genders == {"m1": PersonGender.MAN}
    assert board_click(told({"genders": ["man"]})).genders == {}


def test_what_a_garment_is_said_to_be_is_read_and_nothing_else() -> None:
    click = board_click(
        told({"act": "refine", "kinds": {"row-1": "bottoms", "row-2": "drop table", "row-3": 1}})
    )

    assert click.kinds == {"row-1": GarmentType.BOTTOMS}
    assert board_click(told({"kinds": "x"})).kinds == {}


def test_a_lot_is_asked_once_more() -> None:
    asked = ask_html(BoardClick(BoardAct.RETRY_ALL, "c" * 40), needed(jobs=40, pictures=80, live=False))

    assert "40 jobs with 80 pictures" in asked


def test_a_question_about_jobs_of_two_vendors_names_what_each_charges() -> None:
    both = ConfirmationNeeded(plan(), plan(vendor="aidge", unit="picture", jobs=2, pictures=8, amount=8.0))

    asked = ask_html(BoardClick(BoardAct.RETRY_ALL, "c" * 40), both)

    assert "5 jobs with 11 pictures" in asked and 'data-agreed="11"' in asked
    assert "AILab charges 75 credits" in asked and "Aidge charges for 8 pictures" in asked


def test_a_draft_that_was_created_adds_only_what_is_new() -> None:
    first, later = Row("/a.jpg"), Row("/b.jpg")
    form = Form(garment="/a.jpg", count=2)
    made = Draft((first,)).made_into("c" * 40, ["James"], CollectionOptions(count=2))

    nothing = addition_of(made, ["James"], form)
    more = addition_of(made.with_rows([later]), ["James", "Ariel"], form)

    assert nothing is not None and nothing.empty
    assert more is not None and len(more.garments) == 1
    assert [one.model for one in more.models] == [LibraryModel("Ariel")]


def test_with_other_options_it_is_another_collection() -> None:
    made = Draft((Row("/a.jpg"),)).made_into("c" * 40, ["James"], CollectionOptions(count=2))

    assert addition_of(made, ["James"], Form(garment=None, count=4)) is None
    assert addition_of(made, ["James"], Form(garment=None, count=2, view=View.HALF_BODY.value)) is None
    assert addition_of(made, ["Ariel"], Form(garment=None, count=2)) is None  # James would get it, too
    assert addition_of(Draft((Row("/a.jpg"),)), ["James"], Form(garment=None, count=2)) is None


@pytest.mark.anyio
async def test_what_was_deleted_and_had_back_is_known_as_made(studio: FakeStudio, assets: Path) -> None:
    there, context = collection(1, 1), context_of(studio, assets)
    form = Form(garment="/a.jpg", count=2)
    draft = Draft((Row("/a.jpg"),)).made_into(there.id, ["James"], CollectionOptions(count=2))

    _, gone = await planned(context, draft, ["James"], form, visitor=ME)
    studio.collections.owner, studio.collections.kept = ME, (there,)
    _, back = await planned(context, draft, ["James"], form, visitor=ME)

    assert gone is None and back is not None and back.empty
