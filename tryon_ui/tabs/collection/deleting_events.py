"""What deletes a collection, from its matrix and from its stack in My jobs, and has it back."""

from __future__ import annotations

from typing import Any

import gradio as gr

from tryon_core import Problem
from tryon_ui import parts, visitor
from tryon_ui.actions import click_of
from tryon_ui.card_watchers import Pane
from tryon_ui.collection.clicks import board_click
from tryon_ui.collection.deleting import WITH_JOBS, ask_html, deleted, had_back, offer
from tryon_ui.collection.stream import BoardShown, board_shown
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH, PAGE, untouched
from tryon_ui.gallery.listing import Filter, around, listed
from tryon_ui.job_stream import Shown
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.collection.components import BoardParts
from tryon_ui.tabs.jobs_tab import JobsTab
from tryon_ui.tabs.tryon_tab import TryOnTab

_Values = tuple[Any, ...]


def connect(context: PageContext, tryon: TryOnTab, jobs: JobsTab, who: gr.BrowserState) -> gr.HTML:
    """Lays out the place of what is offered back and connects it, inside `gr.Blocks`; that place."""
    offered = parts.html(elem_id="boardundo", script="boardUndo")
    _connect_question(context, tryon.board, jobs, who)
    _connect_answer(context, tryon.board, jobs, who, offered)
    _connect_undo(context, tryon, jobs, who, offered)
    return offered


def _connect_question(context: PageContext, board: BoardParts, jobs: JobsTab, who: gr.BrowserState) -> None:
    collections = context.studio.collections

    async def ask(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, collection_id = visitor.of_page(stored, request), board_click(event).collection_id
        found = await attempt(collections.get(collection_id, visitor=name))
        return _warned(found) if isinstance(found, Problem) else ask_html(found)

    async def ask_at(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, address = visitor.of_page(stored, request), click_of(event).address
        found = await attempt(collections.at(address, visitor=name))
        return _warned(found) if isinstance(found, Problem) else ask_html(found)

    board.whole.delete(ask, who, board.ask, **EACH)
    jobs.rows.collapse(ask_at, who, jobs.ask, **EACH)
    jobs.ask.clear(lambda: "", None, jobs.ask, **PAGE)


def _connect_answer(
    context: PageContext, board: BoardParts, jobs: JobsTab, who: gr.BrowserState, offered: gr.HTML
) -> None:
    async def delete(
        request: gr.Request, event: gr.EventData, stored: str, there: BoardShown, *chosen: Any
    ) -> _Values:
        name, click = visitor.of_page(stored, request), board_click(event)
        found = await attempt(deleted(context, click, visitor=name))
        if isinstance(found, Problem):
            return _warned(found), "", "", gr.skip(), *_stays(jobs)
        shown = _no_board(context, request) if there.collection_id == found.id else gr.skip()
        rows = await _after(context, name, Filter(*chosen), gone=click.text == WITH_JOBS)
        return shown, "", "", await offer(context, visitor=name), *rows

    answers, asked = [board.ask.delete, jobs.ask.delete], [who, board.shown, *jobs.filters]
    gr.on(answers, delete, asked, [board.shown, board.ask, jobs.ask, offered, *jobs.list], **EACH)


def _connect_undo(
    context: PageContext, tryon: TryOnTab, jobs: JobsTab, who: gr.BrowserState, offered: gr.HTML
) -> None:
    shown = tryon.board.shown

    async def undo(request: gr.Request, stored: str, there: BoardShown, job: Shown, *chosen: Any) -> _Values:
        name = visitor.of_page(stored, request)
        found = await attempt(had_back(context, visitor=name))
        if isinstance(found, Problem):
            return _warned(found), "", *_stays(jobs)
        back = board_shown(found) if there.is_free and job.is_free else gr.skip()
        return back, "", *await listed(context, name, Filter(*chosen))

    def dismiss(request: gr.Request, event: gr.EventData, stored: str) -> str:
        name, click = visitor.of_page(stored, request), click_of(event)
        context.dismissed_collections.dismiss(name, click.until, context.now())
        return ""

    asked = [who, shown, tryon.shown, *jobs.filters]
    offered.undo(undo, asked, [shown, offered, *jobs.list], **EACH)
    offered.clear(dismiss, who, offered, **PAGE)


def _no_board(context: PageContext, request: gr.Request) -> BoardShown:
    """Nothing in the place of the collection, which is no longer watched."""
    context.watchers.stop(request.session_hash or "", Pane.TRYON)
    return BoardShown()


async def _after(context: PageContext, name: str, chosen: Filter, *, gone: bool) -> _Values:
    """My jobs then. Where the jobs have `gone` too the page's script takes the stack away; else they stand in
    its place."""
    if not gone:
        return await listed(context, name, chosen)
    head, states, undo = await around(context, name, chosen)
    return head, states, gr.skip(), gr.skip(), undo


def _stays(jobs: JobsTab) -> _Values:
    return untouched(jobs.list)


def _warned(problem: Problem) -> Any:
    gr.Warning(sentence(problem))
    return gr.skip()
