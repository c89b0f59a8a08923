"""What shows a collection as a matrix, and what takes its place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import gradio as gr

from tryon_core import Job, Problem
from tryon_ui import visitor
from tryon_ui.actions import click_of
from tryon_ui.card_watchers import Pane
from tryon_ui.collection.clicks import board_click
from tryon_ui.collection.stream import BoardShown, board_shown, boards, come_back_to, heard_since, patched
from tryon_ui.error_boundary import attempt
from tryon_ui.event_options import EACH, PAGE, on_newest
from tryon_ui.job_stream import Shown
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.collection.components import BoardParts
from tryon_ui.tabs.tryon_tab import TryOnTab


async def to_come_back_to(
    context: PageContext, request: gr.Request, newest: Job | Problem | None, *, visitor: str
) -> BoardShown | None:
    """The collection that a page's own address names, else that of the job that the visitor comes back to."""
    address = "" if request.query_params.get("tab") else str(request.query_params.get("collection", ""))
    if address:
        found = await attempt(context.studio.collections.at(address, visitor=visitor))
        return board_shown(found, sought=True)
    if request.query_params.get("job") or not isinstance(newest, Job) or not newest.collection_id:
        return None
    return BoardShown(newest.collection_id)


def connect(context: PageContext, board: BoardParts, who: gr.BrowserState) -> None:
    """Connects the parts, inside `gr.Blocks`."""

    async def watch(request: gr.Request, what: BoardShown, stored: str) -> AsyncIterator[tuple[Any, Any]]:
        name = visitor.of_page(stored, request)
        async for whole, patch in boards(context, what, visitor=name, session=request.session_hash or ""):
            yield gr.skip() if whole is None else whole, gr.skip() if patch is None else patch

    async def missed(request: gr.Request, what: BoardShown, stored: str) -> Any:
        name = visitor.of_page(stored, request)
        found = await attempt(context.studio.collections.get(what.collection_id, visitor=name))
        return gr.skip() if isinstance(found, Problem) else await patched(context, found, visitor=name)

    async def listen(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, click = visitor.of_page(stored, request), board_click(event)
        found = await attempt(heard_since(context, click.collection_id, click.text, visitor=name))
        return gr.skip() if found is None or isinstance(found, Problem) else found

    async def back(
        request: gr.Request, event: gr.EventData, stored: str, there: BoardShown
    ) -> tuple[Any, Any]:
        name, click = visitor.of_page(stored, request), board_click(event)
        if there.collection_id != click.collection_id:  # another was opened meanwhile
            return gr.skip(), gr.skip()
        found = await attempt(come_back_to(context, click.collection_id, click.text, visitor=name))
        anew, patch = (None, None) if isinstance(found, Problem) else found
        return anew or gr.skip(), patch or gr.skip()

    board.shown.change(watch, [board.shown, who], [board.whole, board.patch], **EACH)
    on_newest([board.whole.release], missed, [board.shown, who], board.patch)
    board.whole.tick(listen, who, board.patch, **EACH)
    board.whole.focus(back, [who, board.shown], [board.shown, board.patch], **EACH)


def connect_places(
    context: PageContext,
    tab: TryOnTab,
    who: gr.BrowserState,
    nav: gr.Tabs,
    openings: Sequence[Any],
    leave: Any,
) -> None:
    """Connects what takes a collection's place on the tab, `leave` among it, and `openings`, which bring it
    back there by its address."""
    board = tab.board

    async def at(request: gr.Request, event: gr.EventData, stored: str) -> tuple[Any, BoardShown]:
        name, address = visitor.of_page(stored, request), click_of(event).address
        found = await attempt(context.studio.collections.at(address, visitor=name))
        return gr.Tabs(selected="tryon-tab"), board_shown(found, sought=True)

    def give_way(what: Shown, there: BoardShown) -> Any:
        # Nothing shown is not shown anew: each change is two more requests of the page.
        return gr.skip() if what.empty or there.empty else BoardShown()

    def left(request: gr.Request) -> BoardShown:
        context.watchers.stop(request.session_hash or "", Pane.TRYON)
        return BoardShown()

    gr.on(list(openings), at, who, [nav, board.shown], **EACH)
    leave(left, None, board.shown, **PAGE)
    tab.shown.change(give_way, [tab.shown, board.shown], board.shown, **EACH)
