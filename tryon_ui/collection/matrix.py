"""The matrix of a collection as HTML: garments down, models across, and what is said and done above them.

It is made of parts by name, each drawn in the page under its `data-part`: a watcher sends those that changed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from tryon_core import Cell, CellState, Collection, CollectionGarment
from tryon_ui.card.elements import joined
from tryon_ui.collection.board import Board
from tryon_ui.collection.cells import cell_html
from tryon_ui.collection.heads import column_heads, row_head, saved_part, whole_name
from tryon_ui.collection.shots import NOT_REFINED
from tryon_ui.collection.tools import choice_html, tools_html
from tryon_ui.texts import phrases, say

MOST_PIECES: Final = 40  # of the bar; above, one for all
MOST_ON_CARDS: Final = 2  # pictures of each garment; more fill a row of their own
_PIECES: Final = {
    CellState.SUCCEEDED: "ok",
    CellState.RUNNING: "run",
    CellState.FAILED: "bad",
    CellState.UNCLEAR: "warn",
}
_GOING: Final = (CellState.RUNNING, CellState.WAITING, CellState.STOPPED)

Parts = Mapping[str, Markup]


def board_html(board: Board, seq: int, now: float) -> str:
    """The whole of it, at `now` (Unix seconds); `seq` counts what is sent of it."""
    told, parts = board.collection, all_parts(board)
    return str(
        Markup(
            '<section class="board" data-collection="{}" data-at="{}" data-seq="{}" data-now="{:.6f}"'
            ' data-ended="{}" data-news="{}" data-shape="{}" aria-label="{}">{}'
            '<p id="boardsays" role="status"></p><header class="bhead">'
            '<div class="bttl"><h2><button type="button" data-board="rename" title="{}">{}</button></h2>'
            "<p>{}</p></div>{}{}</header>{}"
            '<div class="matrix{}" role="grid" aria-label="{}" aria-rowcount="{}" aria-colcount="{}"'
            ' style="--n:{};--each:{}" data-models="{}">{}{}</div>{}</section>'
        ).format(
            told.id,
            told.address,
            seq,
            now,
            str(told.ended).lower(),
            board.news,
            shape_of(told),
            told.name,
            _wayback(board),
            whole_name(told.name),
            told.name,
            _facts(told),
            parts["total"],
            parts["bar"],
            parts["tools"],
            " cards" if len(told.models) == 1 and _most_each(told) <= MOST_ON_CARDS else "",
            say("collection.grid"),
            len(told.garments) + 1,
            len(told.models) + 1,
            len(told.models),
            _most_each(told),
            len(told.models),
            column_heads(board, parts),
            _rows(board, parts),
            parts["choice"],
        )
    )


def patch_html(board: Board, parts: Parts, covers: int, seq: int, now: float) -> str:
    """What has changed since `covers` was sent, as parts that take the places of those in the page."""
    told = board.collection
    return str(
        Markup(
            '<div data-collection="{}" data-revision="{}" data-covers="{}" data-seq="{}" data-now="{:.6f}"'
            ' data-ended="{}" data-news="{}">{}</div>'
        ).format(
            told.id,
            told.revision,
            covers,
            seq,
            now,
            str(told.ended).lower(),
            board.news,
            joined(parts.values()),
        )
    )


def all_parts(board: Board) -> Parts:
    """Every part by its name."""
    cells = ((f"cell:{cell.id}", _cell(board, cell)) for cell in board.collection.cells)
    return {**head_parts(board), **dict(cells)}


def changed_parts(board: Board, before: Board) -> Parts:
    """The parts that are not as they were."""
    old = {cell.id: (cell, before.names[cell.id]) for cell in before.collection.cells}
    cells = {
        f"cell:{cell.id}": _cell(board, cell)
        for cell in board.collection.cells
        if old.get(cell.id) != (cell, board.names[cell.id])
    }
    was = head_parts(before)
    return {**{name: part for name, part in head_parts(board).items() if was.get(name) != part}, **cells}


def parts_of_cell(board: Board, cell_id: str) -> Parts:
    """What one cell changes: itself, and all that is around the cells."""
    cells = {f"cell:{cell.id}": _cell(board, cell) for cell in board.collection.cells if cell.id == cell_id}
    return {**head_parts(board), **cells}


def same_shape(one: Board, other: Board) -> bool:
    """Whether both have the same rows and columns, so that one can be drawn by changing the other."""
    a, b = one.collection, other.collection
    return (a.id, a.name, a.garments, a.models) == (b.id, b.name, b.garments, b.models)


def shape_of(told: Collection) -> str:
    """What stands for its rows and columns, as a page that has the collection reports it."""
    return hashlib.sha256(repr((told.name, told.garments, told.models)).encode()).hexdigest()[:16]


def head_parts(board: Board) -> Parts:
    """Everything but the cells."""
    columns = {f"col:{model.id}": saved_part(board, model) for model in board.collection.models}
    return {
        "total": _total(board.collection),
        "bar": _bar(board.collection),
        "tools": tools_html(board),
        "choice": choice_html(board),
        **columns,
    }


def _most_each(told: Collection) -> int:
    """How many pictures a cell has at most, known before there is any: what has its size by it keeps that."""
    return max(1, *(cell.expected for cell in told.cells))


def _facts(told: Collection) -> str:
    options = told.options
    return phrases.listed(
        (
            say("collection.size", garments=len(told.garments), models=len(told.models)),
            say(f"framing.{options.view}"),
            say("collection.each", n=options.count),
        )
    )


def _total(told: Collection) -> Markup:
    totals = told.totals
    wrong = (("collection.failed", totals.failed), ("collection.unanswered", totals.unclear))
    failed = joined(
        Markup(' <span class="bwrong">{}</span>').format(say(word, n=n)) for word, n in wrong if n
    )
    made = say("collection.pictures", n=totals.pictures, m=totals.expected)
    if better := sum(len(one.job.pictures) for one in told.refinements if one.job):
        made = say("export.with_refined", pictures=made, n=better)
    return Markup('<div class="btotal" data-part="total"><b>{}</b>{}<p>{}</p></div>').format(
        made, failed, _going(told)
    )


def _going(told: Collection) -> str:
    states, better = (Counter(one.state for one in some) for some in (told.cells, told.refinements))
    counts = {
        **{state.value: states[state] for state in _GOING},
        "refining_n": better[CellState.RUNNING] + better[CellState.WAITING],
        "not_refined_n": sum(better[state] for state in NOT_REFINED),
    }
    going = [say(f"collection.{name}", n=n) for name, n in counts.items() if n]
    return phrases.listed(going) if going else say("collection.all_done")


def _bar(told: Collection) -> Markup:
    return Markup('<div class="bbar" data-part="bar" role="img" aria-label="{}">{}</div>').format(
        phrases.listed(
            (say("collection.pictures", n=told.totals.pictures, m=told.totals.expected), _going(told))
        ),
        joined(_pieces(told)),
    )


def _pieces(told: Collection) -> Iterator[Markup]:
    if len(told.cells) > MOST_PIECES:
        done = 100 * sum(cell.state.ended for cell in told.cells) / len(told.cells)
        yield Markup('<i class="run" style="--v:{:.1f}%"></i>').format(done)
        return
    for cell in told.cells:
        made = len(cell.job.pictures) if cell.job else 0
        share = 100 * made / max(cell.expected, 1)
        yield Markup('<i class="{}" style="--v:{:.0f}%"></i>').format(_PIECES.get(cell.state, "wait"), share)


def _wayback(board: Board) -> Markup:
    """On a phone, the way back to the form."""
    told = board.collection
    first = [told.garments[0].id, told.models[0].id]
    images = joined(
        Markup('<img src="{}" alt="">').format(board.thumbs[one][0]) for one in first if one in board.thumbs
    )
    return Markup(
        '<div class="wayback"><span class="two">{}</span><span><b>{}</b><small>{}</small></span>'
        '<button type="button" class="btn" data-board="change">{}</button></div>'
    ).format(
        images,
        told.name,
        say("collection.size", garments=len(told.garments), models=len(told.models)),
        say("do.change"),
    )


def _rows(board: Board, parts: Parts) -> Markup:
    by_row: dict[str, list[Cell]] = {}
    for cell in board.collection.cells:
        by_row.setdefault(cell.garment_id, []).append(cell)
    return joined(
        _row(board, garment, by_row.get(garment.id, []), parts) for garment in board.collection.garments
    )


def _row(board: Board, garment: CollectionGarment, cells: list[Cell], parts: Parts) -> Markup:
    return Markup('<div class="mrow" role="row" data-garment="{}">{}{}</div>').format(
        garment.id, row_head(board, garment), joined(parts[f"cell:{cell.id}"] for cell in cells)
    )


def _cell(board: Board, cell: Cell) -> Markup:
    return cell_html(cell, board.names[cell.id])
