"""Garments change their places in the matrix, and a collection is deleted as its visitor says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.collection.boards import collection
from tryon_core import CellState
from tryon_ui.collection.deleting import ask_html, undo_html
from tryon_ui.collection.moving import move_buttons, moved


@pytest.mark.parametrize(
    ("row", "way", "order"),
    [
        ("g1", -1, "g1 g0 g2"),
        ("g1", 1, "g0 g2 g1"),
        ("g0", -1, "g0 g1 g2"),
        ("g2", 9, "g0 g1 g2"),
        ("x", 1, "g0 g1 g2"),
    ],
)
def test_a_garment_goes_one_place_and_never_past_the_ends(row: str, way: int, order: str) -> None:
    assert moved(collection(3, 1), row, way) == order.split()


def test_a_garment_at_an_end_cannot_go_further_and_one_that_is_alone_goes_nowhere() -> None:
    told = collection(2, 1)
    first, last = (str(move_buttons(told, garment)) for garment in told.garments)
    assert first.index("disabled") < first.index("Move Shirt 0 down")
    assert last.index("disabled") > last.index("Move Shirt 1 down")
    assert move_buttons(collection(1, 1), told.garments[0]) == ""


def test_jobs_can_go_along_only_when_none_of_them_runs() -> None:
    made = collection(1, 1, {0: CellState.SUCCEEDED})
    runs = replace(collection(1, 1, {0: CellState.RUNNING}), name="<Autumn>")
    assert 'data-answer="with-jobs"' in ask_html(made) and 'data-answer="alone"' in ask_html(made)
    assert "with-jobs" not in ask_html(runs) and "&lt;Autumn&gt;" in ask_html(runs)
    assert "&lt;Autumn&gt; deleted." in undo_html(runs)
