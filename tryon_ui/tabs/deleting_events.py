"""What deletes a collection, and has it back."""

from __future__ import annotations

from typing import Any, Final

import gradio as gr

from tryon_core import Collection, Problem
from tryon_ui import parts, visitor
from tryon_ui.card_watchers import Pane
from tryon_ui.collection.clicks import BoardClick, board_click
from tryon_ui.collection.deleting import WITH_JOBS, ask_html, undo_html
from tryon_ui.collection.stream import BoardShown, board_shown
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH, PAGE
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.many_parts import BoardParts

SCRIPT: Final = "window.TryOn.boardUndo(element, trigger)"


def connect(context: PageContext, board: BoardParts, who: gr.BrowserState) -> None:
    """Lays out the place of what is offered back and connects it, inside `gr.Blocks`."""
    offered = parts.html(elem_id="boardundo", live=True, script=SCRIPT)
    collections = context.studio.collections

    async def ask(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, collection_id = visitor.of_page(stored, request), board_click(event).collection_id
        found = await attempt(collections.get(collection_id, visitor=name))
        return _warned(found) if isinstance(found, Problem) else ask_html(found)

    async def delete(request: gr.Request, event: gr.EventData, stored: str) -> tuple[Any, Any, Any]:
        name = visitor.of_page(stored, request)
        found = await attempt(_deleted(context, board_click(event), visitor=name))
        if isinstance(found, Problem):
            return _warned(found), gr.skip(), gr.skip()
        context.watchers.stop(request.session_hash or "", Pane.TRYON)
        return BoardShown(), "", undo_html(found)

    async def undo(request: gr.Request, event: gr.EventData, stored: str) -> tuple[Any, Any]:
        name, collection_id = visitor.of_page(stored, request), board_click(event).collection_id
        found = await attempt(collections.undo(collection_id, visitor=name))
        return (_warned(found) if isinstance(found, Problem) else board_shown(found)), ""

    board.whole.delete(ask, who, board.ask, **EACH)
    board.ask.delete(delete, who, [board.shown, board.ask, offered], **EACH)
    offered.undo(undo, who, [board.shown, offered], **EACH)
    offered.clear(lambda: "", None, offered, **PAGE)


async def _deleted(context: PageContext, click: BoardClick, *, visitor: str) -> Collection:
    """The collection as it was."""
    collections = context.studio.collections
    told = await collections.get(click.collection_id, visitor=visitor)
    await collections.delete(told.id, with_jobs=click.text == WITH_JOBS, visitor=visitor)
    return told


def _warned(problem: Problem) -> Any:
    gr.Warning(sentence(problem))
    return gr.skip()
