"""What creates a collection, shows it as a matrix, and acts on its cells."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import gradio as gr

from tryon_core import Capability, CollectionPlan, ConfirmationNeeded, Job, Problem, is_link, vendors_for
from tryon_ui import visitor
from tryon_ui.actions import click_of
from tryon_ui.card_watchers import Pane
from tryon_ui.collection.clicks import board_click
from tryon_ui.collection.draft import Draft
from tryon_ui.collection.stream import BoardShown, board_shown, boards, patched
from tryon_ui.error_boundary import attempt
from tryon_ui.event_options import EACH, PAGE, Changing, on_newest
from tryon_ui.job_stream import Shown
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.collection.components import Many
from tryon_ui.tabs.collection.form import (
    Addition,
    ask_html,
    created,
    options_of,
    planned,
    trouble_line,
)
from tryon_ui.tabs.hints import hints_html
from tryon_ui.tabs.spending import line_html, of_visitor
from tryon_ui.tabs.tryon_form import form_of
from tryon_ui.tabs.tryon_tab import TryOnTab
from tryon_ui.texts import say

Inputs = list[Any]
FROM_VIEW: Final = 9  # the place in the form behind what is worn and by whom


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


def connect(
    context: PageContext, many: Many, form: Inputs, who: gr.BrowserState, topbar: gr.HTML
) -> Changing:
    """Connects the parts, inside `gr.Blocks`; the events after which less may be left."""
    _connect_words(context, many, form, who, topbar)
    _connect_board(context, many, who)
    return _connect_go(context, many, form, who)


def _connect_words(
    context: PageContext, many: Many, form: Inputs, who: gr.BrowserState, topbar: gr.HTML
) -> None:
    draft, library, foot = many.garments.draft, many.models.library, many.foot

    async def words(
        request: gr.Request, stored: str, put: Draft, names: list[str], *values: Any
    ) -> tuple[Any, Any, Any]:
        if not put.rows:
            return gr.skip(), gr.skip(), ""
        asked, name = form_of(values), visitor.of_page(stored, request)
        found = await attempt(planned(context, put, names, asked, visitor=name))
        if isinstance(found, Problem):
            return gr.Button(say("collection.create_none")), trouble_line(found), ""
        plan, added = found
        able = vendors_for(Capability.TRY_ON)
        vendor = next((spec for spec in able if spec.id == plan.vendor), able[0])
        has = await of_visitor(context.studio, vendor, visitor=name)
        whom = say("collection.calls", n=plan.jobs, vendor=vendor.name)
        line = line_html(has, plan.pictures, trial=asked.trial, whom=whom)
        return gr.Button(_label(plan, added)), line, ""

    changes = [part.change for part in (draft, library, *form[FROM_VIEW:], topbar)]
    on_newest(changes, words, [who, draft, library, *form], [foot.go, foot.willdo, foot.ask])


def _label(plan: CollectionPlan, added: Addition | None) -> str:
    if added is None:
        return say("collection.create", jobs=plan.jobs, n=plan.pictures)
    key = "collection.create_again" if added.empty else "collection.add"
    return say(key, jobs=plan.jobs, n=plan.pictures)


def _connect_go(context: PageContext, many: Many, form: Inputs, who: gr.BrowserState) -> Changing:
    draft, library, foot, shown = many.garments.draft, many.models.library, many.foot, many.board.shown

    async def create(
        request: gr.Request, stored: str, put: Draft, names: list[str], *values: Any
    ) -> AsyncIterator[tuple[Any, Any, str, str]]:
        stored = visitor.known_or_new(stored)
        name = visitor.of_page(stored, request)
        found = await attempt(planned(context, put, names, form_of(values), visitor=name))
        if isinstance(found, Problem):
            yield board_shown(found), gr.skip(), "", stored
            return
        plan, added = found
        if plan.asks or (added is not None and added.empty):
            yield gr.skip(), gr.skip(), ask_html(plan), stored
            return
        if said := fetching(put):
            yield gr.skip(), gr.skip(), said, stored
        yield *await made(name, put, names, values, plan.pictures), stored

    async def confirmed(
        request: gr.Request, event: gr.EventData, stored: str, put: Draft, names: list[str], *values: Any
    ) -> AsyncIterator[tuple[Any, Any, str]]:
        if said := fetching(put):
            yield gr.skip(), gr.skip(), said
        agreed = board_click(event).agreed or 0
        yield await made(visitor.of_page(stored, request), put, names, values, agreed)

    async def made(
        name: str, put: Draft, names: list[str], values: Sequence[Any], at_most: int
    ) -> tuple[Any, Any, str]:
        form = form_of(values)
        found = await attempt(created(context, put, names, form, at_most=at_most, visitor=name))
        if isinstance(found, ConfirmationNeeded):
            return gr.skip(), gr.skip(), ask_html(found.plan)
        if isinstance(found, Problem):
            return board_shown(found), gr.skip(), ""
        return board_shown(found), put.made_into(found.id, names, options_of(form)), ""

    asked = [who, draft, library, *form]
    sent = foot.go.click(create, asked, [shown, draft, foot.ask, who], **PAGE)
    sure = foot.ask.submit(confirmed, asked, [shown, draft, foot.ask], **PAGE)
    foot.ask.clear(lambda: "", None, foot.ask, **PAGE)
    return sent, sure


def fetching(put: Draft) -> str:
    """What is said while pictures are fetched by their links, which may take a minute: all or none begin."""
    links = sum(is_link(place) for row in put.usable for place in (row.place, row.bottom))
    return hints_html((say("collection.fetching", n=links),)) if links else ""


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


def _connect_board(context: PageContext, many: Many, who: gr.BrowserState) -> None:
    board = many.board

    async def watch(request: gr.Request, what: BoardShown, stored: str) -> AsyncIterator[tuple[Any, Any]]:
        name = visitor.of_page(stored, request)
        async for whole, patch in boards(context, what, visitor=name, session=request.session_hash or ""):
            yield gr.skip() if whole is None else whole, gr.skip() if patch is None else patch

    async def missed(request: gr.Request, what: BoardShown, stored: str) -> Any:
        name = visitor.of_page(stored, request)
        found = await attempt(context.studio.collections.get(what.collection_id, visitor=name))
        return gr.skip() if isinstance(found, Problem) else await patched(context, found, visitor=name)

    board.shown.change(watch, [board.shown, who], [board.whole, board.patch], **EACH)
    on_newest([board.whole.release], missed, [board.shown, who], board.patch)
