"""Garments and models change their places in the matrix."""

from __future__ import annotations

import pytest

from tests.ui.collection.boards import collection
from tryon_core import Collection
from tryon_ui.collection.board import Board
from tryon_ui.collection.matrix import board_html
from tryon_ui.collection.moving import COLUMNS, ROWS, Axis, move_buttons, moved


@pytest.mark.parametrize(
    ("line", "step", "order"),
    [
        ("g1", -1, {"garments": "g1 g0 g2"}),
        ("g1", 1, {"garments": "g0 g2 g1"}),
        ("g0", -1, {"garments": "g0 g1 g2"}),
        ("g2", 9, {"garments": "g0 g1 g2"}),
        ("m1", -1, {"models": "m1 m0"}),
        ("m1", 1, {"models": "m0 m1"}),
        ("x", 1, {}),
    ],
)
def test_a_garment_or_a_model_goes_one_place_and_never_past_the_ends(
    line: str, step: int, order: dict[str, str]
) -> None:
    assert moved(collection(3, 2), line, step) == {named: ids.split() for named, ids in order.items()}


@pytest.mark.parametrize(
    ("axis", "alone", "back", "on"),
    [
        (ROWS, collection(1, 2), "Move Shirt 1 up", "Move Shirt 0 down"),
        (COLUMNS, collection(2, 1), "Move Model 1 left", "Move Model 0 right"),
    ],
)
def test_what_is_at_an_end_cannot_go_further_and_what_is_alone_goes_nowhere(
    axis: Axis, alone: Collection, back: str, on: str
) -> None:
    told = collection(2, 2)
    first, last = (str(move_buttons(told, axis, line)) for line in axis.lines(told))
    assert first.index("disabled") < first.index(on) and first.count("disabled") == 1
    assert last.index("disabled") > last.index(back) and last.count("disabled") == 1
    assert move_buttons(alone, axis, axis.lines(alone)[0]) == ""


def test_the_heads_of_rows_and_columns_offer_another_name_and_another_place() -> None:
    html = board_html(Board(collection(2, 2), {}), 1, 0.0)
    for line in ("g0", "g1", "m0", "m1"):
        head = html.split(f'data-line="{line}"')[1].split("</div>")[0]
        assert head.count('data-board="describe"') == 1 and head.count('data-board="move"') == 2
