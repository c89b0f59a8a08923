"""What creates a collection: the button, the words beside it, and what is asked before it is a lot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from tryon_core import Capability, CollectionPlan, ConfirmationNeeded, Problem, is_link, vendors_for
from tryon_ui import visitor
from tryon_ui.collection import draft_list
from tryon_ui.collection.clicks import board_click
from tryon_ui.collection.draft import Draft
from tryon_ui.collection.draft_merge import merged
from tryon_ui.collection.stream import board_shown
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH, PAGE, Changing, on_newest, told
from tryon_ui.held_now import held_now
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.collection.components import Many
from tryon_ui.tabs.collection.form import (
    Addition,
    NotTaken,
    addition_of,
    ask_html,
    created,
    made_already,
    options_of,
    planned,
    whereto_html,
)
from tryon_ui.tabs.collection.own_models import left_out
from tryon_ui.tabs.hints import hints_html
from tryon_ui.tabs.spending import line_html, missing_html, of_visitor
from tryon_ui.tabs.tryon_form import FROM_VIEW, Form, form_of
from tryon_ui.texts import say, translated

Inputs = list[Any]
Drawn = tuple[Any, ...]


def connect(
    context: PageContext, many: Many, form: Inputs, who: gr.BrowserState, topbar: gr.HTML
) -> Changing:
    """Connects the parts, inside `gr.Blocks`; the events after which less may be left."""
    _connect_words(context, many, form, who, topbar)
    return _connect_go(context, many, form, who)


def _connect_words(
    context: PageContext, many: Many, form: Inputs, who: gr.BrowserState, topbar: gr.HTML
) -> None:
    draft, library, foot = many.garments.draft, many.models.library, many.foot

    async def words(
        request: gr.Request, stored: str, put: Draft, names: list[str], *values: Any
    ) -> tuple[Any, Any, Any]:
        if not put.many:
            return gr.skip(), gr.skip(), ""
        asked, name = form_of(values), visitor.of_page(stored, request)
        found = await attempt(planned(context, put, names, asked, visitor=name))
        if isinstance(found, Problem):
            return gr.Button(say("collection.create_none"), variant="secondary"), missing_html(found), ""
        plan, added = found
        able = vendors_for(Capability.TRY_ON)
        vendor = next((spec for spec in able if spec.id == plan.vendor), able[0])
        has = await of_visitor(context.studio, vendor, visitor=name)
        whom = say("collection.calls", n=plan.jobs, vendor=vendor.name)
        line = line_html(has, plan.pictures, trial=asked.trial, whom=whom)
        made = made_already(plan, added, put, names, asked)
        where = await _whereto(context, put, names, asked, visitor=name)
        return (
            gr.Button(_label(plan, added), variant="secondary" if made >= plan.jobs else "primary"),
            where + line,
            "",
        )

    async def part(event: gr.EventData, put: Draft) -> Draft:
        return replace(held_now(draft, put), apart=told(event, "act") == "apart")

    # What is shown gives way when it is deleted: then nothing is made again.
    changes = [part.change for part in (draft, library, *form[FROM_VIEW:], topbar, many.board.shown)]
    on_newest(changes, words, [who, draft, library, *form], [foot.go, foot.willdo, foot.ask])
    foot.willdo.select(part, draft, draft, **EACH)


async def _whereto(context: PageContext, put: Draft, names: list[str], asked: Form, *, visitor: str) -> str:
    """Where something can be added to a collection, which one that is, and how another is made instead."""
    added = addition_of(replace(put, apart=False), names, asked)
    if added is None or added.empty:
        return ""
    found = await attempt(context.studio.collections.get(added.collection_id, visitor=visitor))
    return "" if isinstance(found, Problem) else whereto_html(translated(found.name), apart=put.apart)


def _label(plan: CollectionPlan, added: Addition | None) -> str:
    if added is None:
        return say("collection.create", jobs=plan.jobs, n=plan.pictures)
    key = "collection.create_again" if added.empty else "collection.add"
    return say(key, jobs=plan.jobs, n=plan.pictures)


def _connect_go(context: PageContext, many: Many, form: Inputs, who: gr.BrowserState) -> Changing:
    draft, library, foot, shown = many.garments.draft, many.models.library, many.foot, many.board.shown

    def drawn(put: Draft, made: tuple[Any, Any, str]) -> Drawn:
        """What is given of a collection that was made of what was `put` together; it may have taken a minute,
        as links were fetched, in which the list was changed."""
        board, changed, ask = made
        if not isinstance(changed, Draft):
            return board, changed, ask, gr.skip()
        now = merged(put, changed, held_now(draft, put))
        return board, now, ask, draft_list.garments_html(now, context.samples.garments)

    async def create(
        request: gr.Request, stored: str, put: Draft, names: list[str], *values: Any
    ) -> AsyncIterator[Drawn]:
        stored = visitor.known_or_new(stored)
        name = visitor.of_page(stored, request)
        asked = form_of(values)
        found = await attempt(planned(context, put, names, asked, visitor=name))
        if isinstance(found, Problem):
            if not put.rows:  # an emptied list: the line below the button says it as well
                gr.Warning(sentence(found))
            yield board_shown(found) if put.rows else gr.skip(), gr.skip(), "", gr.skip(), stored
            return
        plan, added = found
        made = made_already(plan, added, put, names, asked)
        without = await left_out(put, asked)
        if plan.asks or made or without:
            yield gr.skip(), gr.skip(), ask_html(plan, made, without), gr.skip(), stored
            return
        if said := fetching(put):
            yield gr.skip(), gr.skip(), said, gr.skip(), stored
        yield *drawn(put, await _made(context, name, put, names, values, plan.pictures)), stored

    async def confirmed(
        request: gr.Request, event: gr.EventData, stored: str, put: Draft, names: list[str], *values: Any
    ) -> AsyncIterator[Drawn]:
        if said := fetching(put):
            yield gr.skip(), gr.skip(), said, gr.skip()
        agreed, name = board_click(event).agreed or 0, visitor.of_page(stored, request)
        yield drawn(put, await _made(context, name, put, names, values, agreed))

    asked = [who, draft, library, *form]
    outputs = [shown, draft, foot.ask, many.garments.list]
    sent = foot.go.click(create, asked, [*outputs, who], **PAGE)
    sure = foot.ask.submit(confirmed, asked, outputs, **PAGE)
    foot.ask.clear(lambda: "", None, foot.ask, **PAGE)
    return sent, sure


async def _made(
    context: PageContext, name: str, put: Draft, names: list[str], values: Sequence[Any], at_most: int
) -> tuple[Any, Any, str]:
    """What is shown, the draft, and what is asked after `at_most` pictures were agreed to."""
    form = form_of(values)
    found = await attempt(created(context, put, names, form, at_most=at_most, visitor=name))
    if isinstance(found, ConfirmationNeeded):
        return gr.skip(), gr.skip(), ask_html(found.plan)
    if isinstance(found, NotTaken):
        return _refused(put, found.problem), put.marked(found.rows), ""
    if isinstance(found, Problem):
        return _refused(put, found), gr.skip(), ""
    return board_shown(found), put.marked({}).made_into(found.id, names, options_of(form)), ""


def _refused(put: Draft, found: Problem) -> Any:
    """In the place of a collection why there is none; one that could not be added to stays in view."""
    if put.made is None:
        return board_shown(found)
    gr.Warning(sentence(found))
    return gr.skip()


def fetching(put: Draft) -> str:
    """What is said while pictures are fetched by their links, which may take a minute: all or none begin."""
    links = sum(is_link(place) for row in put.usable for place in (row.place, row.bottom))
    return hints_html((say("collection.fetching", n=links),)) if links else ""
