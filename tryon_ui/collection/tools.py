"""What is shown of a matrix and done with it: the line above it, and on a phone the line at its foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from tryon_core import Capability, Collection, vendors_for
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.collection.board import Board
from tryon_ui.collection.shots import WRONG
from tryon_ui.texts import phrases, say

FEWEST: Final = 2  # pictures that are compared side by side
MOST: Final = 4


def tools_html(board: Board) -> Markup:
    """The line above the matrix: what is shown, and what is done with the chosen."""
    told = board.collection
    wrong = sum(cell.state in WRONG or board.names[cell.id].not_refined is not None for cell in told.cells)
    shown = (("all", len(told.cells), ""), ("chosen", len(told.chosen), ""), ("failed", wrong, "bad"))
    filters = joined(
        Markup(
            '<button type="button" class="{}" data-filter="{}" aria-pressed="{}">{} <b>{}</b></button>'
        ).format(look if count else "", name, str(name == "all").lower(), say(f"show.{name}"), count)
        for name, count, look in shown
    )
    return Markup(
        '<div class="btools{}" data-part="tools"><div class="bseg" role="group" aria-label="{}">{}</div>'
        '<span class="bsp"></span>{}</div>'
    ).format(" priced" if board.priced else "", say("gallery.show"), filters, joined(_acts(board)))


def choice_html(board: Board) -> Markup:
    """On a phone, what is done with the chosen, within reach of a thumb."""
    return Markup('<div class="bchoice" data-part="choice" role="toolbar" aria-label="{}">{}{}</div>').format(
        say("show.chosen"), _compare(board.collection, ""), _refine(board, "")
    )


def _acts(board: Board) -> Iterator[Markup]:
    told = board.collection
    if retried := sum(cell.state.can_be_retried for cell in told.cells):
        yield _act("retry-all", say("collection.retry_all", n=retried), icons.RETRY, "desk")
    if not told.ended:
        yield _act("stop", say("collection.stop"), icons.STOP, "quiet")
    yield _compare(told, " desk")
    yield _refine(board, " desk")
    yield Markup('<i class="bdiv"></i>')
    yield _act("share", say("links.head"), icons.SHARE, "quiet", off=not told.pictures)
    yield _act("export", say("export.head"), icons.DOWN, "quiet", off=not told.pictures)
    yield _act("present", say("script.lightboxPresent"), icons.SCREEN, "quiet", off=not told.pictures)
    yield _act("delete", say("do.delete"), icons.BIN, "quiet bin")


def _compare(told: Collection, look: str) -> Markup:
    n = len(told.chosen)
    label = say("collection.compare", n=n) if n else say("do.compare")
    off = not FEWEST <= n <= MOST
    return _act(
        "compare", label, icons.PANES, look, off=off, title=say("collection.compare_few") if off else ""
    )


def _refine(board: Board, look: str) -> Markup:
    """The one blue button, where something can be refined. Where bottoms alone are left, a press says so."""
    n = len(board.to_refine)
    if not n:
        return _act("refine", say("do.refine"), icons.SLIDERS, look, off=not board.unrefined)
    label = _priced(n) if board.priced else say("collection.refine_free", n=n)
    return _act("refine", label, icons.SLIDERS, f"primary{look}")


def _priced(n: int) -> str:
    price = vendors_for(Capability.REFINE)[0].price
    return say("collection.refine", n=n, price=phrases.price(price.unit, n * price.per_picture))


def _act(name: str, label: str, icon: Markup, look: str, *, off: bool = False, title: str = "") -> Markup:
    state = Markup(' aria-disabled="true"') if off else NOTHING
    shown = title or (label if look else "")  # where there is little room its word is left away
    tip = Markup(' title="{}"').format(shown) if shown else NOTHING
    return Markup(
        '<button type="button" class="btn {}" data-board="{}"{}{}>{}<span>{}</span></button>'
    ).format(look, name, state, tip, icon, label)
