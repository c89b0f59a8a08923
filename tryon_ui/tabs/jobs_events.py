"""What the My jobs tab does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, Final

import gradio as gr

from tryon_core import Job, Problem
from tryon_ui import actions, visitor
from tryon_ui.actions import click_of
from tryon_ui.card_watchers import Pane
from tryon_ui.error_boundary import sentence
from tryon_ui.event_options import EACH, PAGE, on_newest
from tryon_ui.gallery.listing import (
    Filter,
    Listed,
    around,
    card_now,
    left_of,
    listed,
    next_page,
    place_now,
    ticked,
)
from tryon_ui.gallery.pages import place_of
from tryon_ui.job_stream import Shown, pane_of, shown
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.jobs_tab import JobsTab

CLEARED: Final = tuple(asdict(Filter()).values())
Went = tuple[Any, ...]
_STAY: Final = gr.skip(), gr.skip()
_Change = Callable[..., Awaitable[Job | Problem]]


def connect(
    context: PageContext,
    tab: JobsTab,
    who: gr.BrowserState,
    nav: gr.Tabs,
    tryon: gr.State,
    refine: gr.State,
) -> None:
    """Connects the tab's parts. `tryon` and `refine` are what those tabs show."""
    _connect_list(context, tab, who)
    _connect_marks(context, tab, who)
    _connect_deleting(context, tab, who)
    _connect_undo(context, tab, who, tryon, refine)
    _connect_ways_out(context, tab, who, nav, tryon, refine)


def _connect_list(context: PageContext, tab: JobsTab, who: gr.BrowserState) -> None:
    async def refresh(request: gr.Request, stored: str, *chosen: Any) -> Listed:
        return await listed(context, visitor.of_page(stored, request), Filter(*chosen))

    async def page_on(request: gr.Request, event: gr.EventData, stored: str, *chosen: Any) -> str:
        click, name = click_of(event), visitor.of_page(stored, request)
        after = place_of(click.after)
        if after is None:
            return await place_now(context, name, Filter(*chosen), click.job_id)
        return await next_page(context, name, Filter(*chosen), after, click.number)

    async def tick(request: gr.Request, stored: str, *chosen: Any) -> Listed:
        return await ticked(context, visitor.of_page(stored, request), Filter(*chosen))

    asked = [who, *tab.filters]
    changed = [tab.search.change, tab.filter.change, tab.starred.change, tab.vendor.change, tab.days.change]
    on_newest([tab.tab.select, tab.rows.release, *changed], refresh, asked, tab.list)
    on_newest([tab.rows.tick], tick, asked, [tab.running, tab.head, tab.filter, tab.undo])
    tab.rows.expand(page_on, asked, tab.more, **EACH)
    tab.rows.clear(lambda: CLEARED, None, tab.filters, **PAGE)


def _connect_marks(context: PageContext, tab: JobsTab, who: gr.BrowserState) -> None:
    def changing(change: _Change) -> Callable[..., Awaitable[str]]:
        async def handler(request: gr.Request, event: gr.EventData, stored: str) -> str:
            name, click = visitor.of_page(stored, request), click_of(event)
            _warn(await change(context, click, visitor=name))
            return await card_now(context, name, click.job_id)

        return handler

    tab.rows.submit(changing(actions.rename), who, tab.more, **EACH)
    tab.rows.like(changing(actions.pin), who, tab.more, **EACH)


def _connect_deleting(context: PageContext, tab: JobsTab, who: gr.BrowserState) -> None:
    async def delete(request: gr.Request, event: gr.EventData, stored: str, *chosen: Any) -> Listed:
        name, click = visitor.of_page(stored, request), click_of(event)
        filters = Filter(*chosen)
        job = await actions.opened_job(context, click, visitor=name)
        _warn(await actions.delete(context, click, visitor=name))
        left = await left_of(context, name, filters, job, click.job_id)
        return *await around(context, name, filters), left

    asked = [who, *tab.filters]
    tab.rows.delete(delete, asked, [tab.head, tab.filter, tab.undo, tab.more], **EACH)


def _connect_undo(
    context: PageContext, tab: JobsTab, who: gr.BrowserState, tryon: gr.State, refine: gr.State
) -> None:
    async def undo(request: gr.Request, stored: str, there: Shown, *chosen: Any) -> tuple[Any, ...]:
        name = visitor.of_page(stored, request)
        back = await actions.undo(context, visitor=name)
        _warn(back)
        # On a page that sought it by its address it stands where it was said not to be here.
        panes = gone_to(back, *_STAY)[1:] if isinstance(back, Job) and there.sought else _STAY
        return *await listed(context, name, Filter(*chosen)), *panes

    def dismiss(request: gr.Request, event: gr.EventData, stored: str) -> str:
        actions.dismiss(context, click_of(event), visitor=visitor.of_page(stored, request))
        return ""

    tab.undo.undo(undo, [who, tryon, *tab.filters], [*tab.list, tryon, refine], **EACH)
    tab.undo.clear(dismiss, who, tab.undo, **PAGE)


def _connect_ways_out(
    context: PageContext,
    tab: JobsTab,
    who: gr.BrowserState,
    nav: gr.Tabs,
    tryon: gr.State,
    refine: gr.State,
) -> None:
    async def go_to(request: gr.Request, event: gr.EventData, stored: str) -> Went:
        outcome = await actions.start(context, click_of(event), visitor=visitor.of_page(stored, request))
        stays = gr.skip(), gr.skip(), gr.skip()
        return stays if outcome is None else gone_to(outcome, *stays[1:])

    async def pick_up(request: gr.Request, stored: str, vendor: str, task_id: str | None) -> tuple[Any, ...]:
        stored = visitor.known_or_new(stored)
        name = visitor.of_page(stored, request)
        outcome = await actions.pick_up(context, vendor, task_id or "", visitor=name)
        if isinstance(outcome, Problem):
            _warn(outcome)
            return gr.skip(), gr.skip(), gr.skip(), stored, gr.skip()
        return *gone_to(outcome, gr.skip(), gr.skip()), stored, ""

    form = tab.pick_up
    gr.on([tab.rows.retry, tab.running.select], go_to, who, [nav, tryon, refine], **EACH)
    gr.on(
        [form.go.click, form.task_id.submit],
        pick_up,
        [who, form.vendor, form.task_id],
        [nav, tryon, refine, who, form.task_id],
        **PAGE,
    )


def gone_to(outcome: Job | Problem, tryon_now: Any, refine_now: Any, *, sought: bool = False) -> Went:
    """The tab on which a job is shown, and what the two tabs show then; `sought` by its address."""
    if isinstance(outcome, Problem) and sought:
        return gr.Tabs(selected="tryon-tab"), Shown(problem=outcome, sought=True), refine_now
    if isinstance(outcome, Job) and pane_of(outcome) is Pane.REFINE:
        return gr.Tabs(selected="refine-tab"), tryon_now, shown(outcome)
    return gr.Tabs(selected="tryon-tab"), shown(outcome), refine_now


def _warn(outcome: Job | Problem | None) -> None:
    if isinstance(outcome, Problem):
        gr.Warning(sentence(outcome))
