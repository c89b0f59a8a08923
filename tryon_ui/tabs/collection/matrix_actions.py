"""What can be done in the matrix: stars, notes and names at once; what may cost money after it was asked."""

from __future__ import annotations

from typing import Any

import gradio as gr

from tryon_core import ConfirmationNeeded, Problem
from tryon_ui import visitor
from tryon_ui.collection import sharing
from tryon_ui.collection.asking import ask_html
from tryon_ui.collection.clicks import board_click, done
from tryon_ui.collection.stream import board_shown, patched
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH, PAGE
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.collection.components import BoardParts
from tryon_ui.texts import say


def connect(context: PageContext, board: BoardParts, who: gr.BrowserState) -> None:
    """Connects the parts, inside `gr.Blocks`."""
    _connect_marks(context, board, who)
    _connect_spending(context, board, who)
    _connect_sharing(context, board, who)


def _connect_marks(context: PageContext, board: BoardParts, who: gr.BrowserState) -> None:
    async def mark(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        click, name = board_click(event), visitor.of_page(stored, request)
        found = await attempt(done(context, click, visitor=name))
        if isinstance(found, Problem):
            return _warned(found)
        if isinstance(found, ConfirmationNeeded):
            return gr.skip()
        return await patched(context, found, click.cell, visitor=name)

    async def rename(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        found = await attempt(done(context, board_click(event), visitor=visitor.of_page(stored, request)))
        if isinstance(found, Problem):
            return _warned(found)
        return gr.skip() if isinstance(found, ConfirmationNeeded) else board_shown(found)

    gr.on([board.whole.like, board.whole.submit], mark, who, board.patch, **EACH)
    board.whole.edit(rename, who, board.shown, **EACH)


def _connect_spending(context: PageContext, board: BoardParts, who: gr.BrowserState) -> None:
    async def act(request: gr.Request, event: gr.EventData, stored: str) -> tuple[Any, Any]:
        click = board_click(event)
        found = await attempt(done(context, click, visitor=visitor.of_page(stored, request)))
        if isinstance(found, Problem):
            return _warned(found), ""
        if isinstance(found, ConfirmationNeeded):
            return gr.skip(), ask_html(click, found)
        return board_shown(found, known=True), ""

    gr.on([board.whole.retry, board.whole.stop], act, who, [board.shown, board.ask], **EACH)
    board.ask.submit(act, who, [board.shown, board.ask], **EACH)
    board.ask.clear(lambda: "", None, board.ask, **PAGE)


def _connect_sharing(context: PageContext, board: BoardParts, who: gr.BrowserState) -> None:
    async def shown(collection_id: str, name: str, refused: str = "") -> Any:
        found = await attempt(sharing.panel(context, collection_id, visitor=name, refused=refused))
        return _warned(found) if isinstance(found, Problem) else found

    async def opened(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        return await shown(board_click(event).collection_id, visitor.of_page(stored, request))

    async def make(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, collection_id = visitor.of_page(stored, request), board_click(event).collection_id
        made = await attempt(sharing.make(context, collection_id, event, visitor=name))
        if isinstance(made, Problem):  # in the panel: it goes with the next link that is made
            return await shown(collection_id, name, sentence(made))
        return await shown(collection_id, name, say("links.changed") if made is None else "")

    async def revoke(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, click = visitor.of_page(stored, request), board_click(event)
        closed = await attempt(context.studio.collections.shares.revoke(click.text, visitor=name))
        return _warned(closed) if isinstance(closed, Problem) else await shown(click.collection_id, name)

    board.whole.expand(opened, who, board.share, **EACH)
    board.share.submit(make, who, board.share, **EACH)
    board.share.delete(revoke, who, board.share, **EACH)
    board.share.clear(lambda: "", None, board.share, **PAGE)
    board.shown.change(lambda: "", None, board.share, **EACH)


def _warned(problem: Problem) -> Any:
    gr.Warning(sentence(problem))
    return gr.skip()
