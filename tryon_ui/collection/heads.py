"""The heads of the matrix: what a row and a column are called, and what moves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from tryon_core import CollectionGarment, CollectionModel, CollectionTotals
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.collection.board import Board
from tryon_ui.collection.moving import COLUMNS, ROWS, Line, move_buttons
from tryon_ui.texts import say


def row_head(board: Board, garment: CollectionGarment) -> Markup:
    """The head of a garment's row."""
    return Markup('<div class="rh" role="rowheader" data-line="{}">{}{}<small>{}</small>{}</div>').format(
        garment.id,
        _image(board, garment.id, "rph", NOTHING),
        _name(garment),
        garment.article,
        move_buttons(board.collection, ROWS, garment),
    )


def column_heads(board: Board, parts: Mapping[str, Markup]) -> Markup:
    """The row of the models' heads, with the `saved_part` of each, which is drawn already."""
    return Markup(
        '<div class="mrow mhead" role="row"><div role="columnheader"><span>{}</span></div>{}</div>'
    ).format(say("form.garment"), joined(_column_heads(board, parts)))


def _column_heads(board: Board, parts: Mapping[str, Markup]) -> Iterator[Markup]:
    for model in board.collection.models:
        yield Markup('<div class="mcol" role="columnheader" data-line="{}">{}{}{}{}</div>').format(
            model.id,
            _image(board, model.id, "mph", icons.PERSON),
            _name(model),
            parts[f"col:{model.id}"],
            move_buttons(board.collection, COLUMNS, model),
        )


def saved_part(board: Board, model: CollectionModel) -> Markup:
    """How many pictures of a model's column are here, counted as those of the whole are above it."""
    of = CollectionTotals.of([cell for cell in board.collection.cells if cell.model_id == model.id])
    return Markup('<span data-part="col:{}">{}</span>').format(
        model.id, say("collection.pictures", n=of.pictures, m=of.expected)
    )


def _name(line: Line) -> Markup:
    return Markup(
        '<b><button type="button" data-board="describe" tabindex="-1" title="{}">{}</button></b>'
    ).format(whole_name(line.name), line.name)


def whole_name(name: str) -> str:
    """What is told where the pointer rests on a name: all of it, as it may be cut off, and what a press
    does."""
    return f"{name}\n{say('do.rename')}"


def _image(board: Board, identity: str, look: str, instead: Markup) -> Markup:
    links = board.thumbs.get(identity, ())
    images = joined(Markup('<img src="{}" alt="" loading="lazy">').format(link) for link in links)
    return Markup('<span class="{}">{}</span>').format(look, images or instead)
