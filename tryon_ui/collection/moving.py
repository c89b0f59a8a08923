"""What moves a garment of the matrix up or down, and a model left or right: lookbooks and links show them in
this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tryon_core import Collection, CollectionGarment, CollectionModel
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.texts import say

Line = CollectionGarment | CollectionModel
"""A row or a column."""


@dataclass(frozen=True, slots=True)
class Way:
    """One place towards the beginning (-1) or the end (1): how its button is called and drawn."""

    step: int
    name: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Axis:
    """The rows or the columns of a matrix; `named` as those who put them into another order call them."""

    named: str
    lines: Callable[[Collection], Sequence[Line]]
    ways: tuple[Way, Way]


ROWS: Final = Axis(
    "garments",
    lambda told: told.garments,
    (Way(-1, "collection.move_up", icons.UP), Way(1, "collection.move_down", icons.LOWER)),
)
COLUMNS: Final = Axis(
    "models",
    lambda told: told.models,
    (Way(-1, "collection.move_left", icons.LEFT), Way(1, "collection.move_right", icons.RIGHT)),
)


def move_buttons(told: Collection, axis: Axis, line: Line) -> Markup:
    """The two in the head of a row or a column; where one leads nowhere it is off. None for what is alone."""
    lines = axis.lines(told)
    if len(lines) < 2:
        return NOTHING
    ends = {-1: lines[0], 1: lines[-1]}
    buttons = (
        Markup(
            '<button type="button" data-board="move" data-n="{}" tabindex="-1" aria-label="{}"{}>{}</button>'
        ).format(
            way.step,
            say(way.name, name=line.name),
            Markup(' aria-disabled="true"') if ends[way.step].id == line.id else NOTHING,
            way.drawing,
        )
        for way in axis.ways
    )
    return Markup('<span class="rmove">{}</span>').format(joined(buttons))


def moved(told: Collection, line_id: str, step: int) -> Mapping[str, list[str]]:
    """The ids of the rows or the columns in their new order, by what these are called: that one a place back
    (-1) or on (1), if there is one. Nothing for an id that is neither's."""
    for axis in (ROWS, COLUMNS):
        ids = [line.id for line in axis.lines(told)]
        if line_id in ids:
            at = ids.index(line_id)
            ids.insert(min(max(at + (1 if step > 0 else -1), 0), len(ids) - 1), ids.pop(at))
            return {axis.named: ids}
    return {}
