"""The page: header, three tabs, and what connects them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import gradio as gr
from markupsafe import Markup

from tryon_core import Job, Problem, Studio, vendors
from tryon_ui import actions, parts, samples, visitor
from tryon_ui.actions import click_of
from tryon_ui.card_watchers import Pane
from tryon_ui.collection.deleting import offer
from tryon_ui.endpoints.api import publish
from tryon_ui.error_boundary import error_of
from tryon_ui.event_options import EACH, PAGE
from tryon_ui.job_stream import Shown, pane_of, shown, to_come_back_to
from tryon_ui.page_context import PageContext
from tryon_ui.spoken_blocks import SpokenBlocks, in_every_language
from tryon_ui.tabs import form_memory, jobs_events, recall_events, refine_events, tryon_events
from tryon_ui.tabs.collection import (
    create_events,
    deleting_events,
    export_events,
    form_events,
    matrix_actions,
    matrix_events,
    reopening_events,
)
from tryon_ui.tabs.jobs_tab import JobsTab, jobs_tab
from tryon_ui.tabs.refine_tab import RefineTab, refine_states, refine_tab, waiting_card
from tryon_ui.tabs.spending import of_anybody
from tryon_ui.tabs.tryon_tab import TryOnTab, tryon_tab
from tryon_ui.texts import say
from tryon_ui.topbar import keys, visitor_refresh
from tryon_ui.topbar.panels import Panel, languages_html, topbar_html
from tryon_ui.topbar.visitor_refresh import VisitorParts
from tryon_ui.wells import said_html

KEEP_UPLOADS: Final = (
    900,
    7200,
)  # every 15 minutes, what is older than two hours: jobs have their own copies
DRAFTS: Final = "try-on-studio.garments"
# Told by the browser itself and at once: of two clicks while the page opens, both are the same visitor's.
NAMED: Final = "(stored) => window.TryOn.named(stored)"
PRESS_ZIP: Final = "() => setTimeout(() => document.querySelector('#zip a')?.click(), 60)"
_LINK: Final = Markup('<a href="{}" download="{}"></a>')


def build(studio: Studio, *, assets: Path) -> gr.Blocks:
    """The whole page for `studio`, with the samples of the `assets` folder. Nothing is served yet."""
    context = PageContext(studio, samples.load(assets))
    studio.on_job_deleted(context.uploads.forget)
    return in_every_language(lambda: _page(context))


def _page(context: PageContext) -> SpokenBlocks:
    studio = context.studio
    demo = SpokenBlocks(title=say("page.title"), fill_width=True, delete_cache=KEEP_UPLOADS)
    with demo:
        who = visitor.browser_state(studio.state_secret)
        kept = visitor.browser_state(studio.state_secret, form_memory.KEY)
        drafts = visitor.browser_state(studio.state_secret, DRAFTS)
        where = parts.html(elem_id="where", script="addresses")  # the page's own address
        first = topbar_html([Panel(of_anybody(studio, vendor)) for vendor in vendors()])
        topbar = parts.html(first, elem_id="topbar", script="panels")
        kept_of_refine = refine_states(context)
        with gr.Tabs(elem_id="nav") as nav:
            tryon, refine, jobs = tryon_tab(context), refine_tab(context, kept_of_refine), jobs_tab()
        parts.html(str(languages_html()), elem_id="foot")  # for phones, whose head line is full
        saver = parts.html(elem_id="zip")  # for the page's script only, hidden by style
        page = VisitorParts(topbar, tryon, refine.willdo, who, kept)
        changing = (*tryon_events.connect(context, tryon, who), *refine_events.connect(context, refine, who))
        garments = form_events.connect(context, tryon.many, tryon.form, drafts, tryon.tray)
        changing += create_events.connect(context, tryon.many, tryon.form, who, topbar)
        matrix_events.connect(context, tryon.board, who)
        reopening_events.connect(context, tryon.many, tryon.form, who, drafts, kept)
        export_events.connect(context, who)
        offered = deleting_events.connect(context, tryon, jobs, who)
        visitor_refresh.connect(context, page, changing)
        keys.connect(context, page)
        opens = [where.select, tryon.board.whole.select]
        panes = (nav, tryon.shown, refine.shown)
        jobs_events.connect(context, jobs, who, *panes)
        opened = [jobs.rows.select, *opens]
        recall_events.connect(context, demo, tryon, who, kept, opened, panes, garments)
        matrix_actions.connect(context, tryon.board, who)
        matrix_events.connect_places(context, tryon, who, nav, [where.expand, jobs.rows.copy], where.clear)
        _connect_going_back(where, tryon, refine)
        _connect_across(context, tryon, refine, jobs, who, nav, saver)
        # Two for the page's script only, hidden by style.
        again = gr.Button(say("do.watch_anew"), elem_id="rewatch")
        gr.Button(say("do.listen_anew"), elem_id="relisten").click(_heard, **EACH)
        _connect_opening(demo, context, tryon, refine, page, again, nav, offered)
        publish(context)
    return demo


def _heard() -> None:
    """Does nothing: a call makes the page listen to its events again."""


def _connect_across(
    context: PageContext,
    tryon: TryOnTab,
    refine: RefineTab,
    jobs: JobsTab,
    who: gr.BrowserState,
    nav: gr.Tabs,
    saver: gr.HTML,
) -> None:
    async def zipped(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name = visitor.of_page(stored, request)
        path = await actions.zip_of(context, click_of(event), visitor=name)
        if isinstance(path, Problem):
            raise error_of(path)
        return str(_LINK.format(parts.upload_link(path), Path(path).name))

    filled, fill = [nav, *refine.filled, refine.shown, refine.card], refine_events.filled_by(context, refine)
    refines = [tryon.card.edit, jobs.rows.edit, tryon.board.whole.apply]
    gr.on(refines, fill, who, filled, **EACH)
    gr.on(
        refines,
        lambda: (None, said_html(())),
        None,
        [refine.pictures.samples, refine.pictures.said],
        **PAGE,
    )
    gr.on([tryon.card.download, jobs.rows.download], zipped, who, saver, **EACH).success(
        None, None, None, js=PRESS_ZIP
    )
    gr.on([tryon.card.expand, refine.card.expand], lambda: gr.Tabs(selected="jobs-tab"), None, nav, **PAGE)


def _connect_going_back(where: gr.HTML, tryon: TryOnTab, refine: RefineTab) -> None:
    """To an address from before there was a job."""

    def emptied_pane(event: gr.EventData) -> tuple[Any, ...]:
        if click_of(event).address == Pane.REFINE:
            return gr.skip(), gr.skip(), Shown(), waiting_card()
        return Shown(), tryon.card.value, gr.skip(), gr.skip()

    where.clear(emptied_pane, None, [tryon.shown, tryon.card, refine.shown, refine.card], **PAGE)


def _connect_opening(
    demo: gr.Blocks,
    context: PageContext,
    tryon: TryOnTab,
    refine: RefineTab,
    page: VisitorParts,
    again: gr.Button,
    nav: gr.Tabs,
    offered: gr.HTML,
) -> None:
    async def opened(request: gr.Request, stored: str) -> tuple[Any, ...]:
        """Who opens it, and what they come back to or can have back. The page opens on Try-on by itself: a
        tab that was chosen meanwhile stays."""
        stored = visitor.known_or_new(stored)
        name = visitor.of_page(stored, request)
        found = [await to_come_back_to(context, pane, visitor=name) for pane in (Pane.TRYON, Pane.REFINE)]
        came = [shown(one) if one else gr.skip() for one in found]
        asked = await recall_events.asked_for(context, request, visitor=name)
        board = await matrix_events.to_come_back_to(context, request, found[0], visitor=name)
        had = (
            await offer(context, visitor=name),
            *visitor_refresh.has(await visitor_refresh.everything(context, name)),
        )
        if asked is None:
            return stored, *had, gr.skip(), *((gr.skip(), came[1]) if board else came), board or gr.skip()
        tab, *panes = jobs_events.gone_to(asked, *came, sought=True)
        to_refine = isinstance(asked, Job) and pane_of(asked) is Pane.REFINE
        return stored, *had, tab if to_refine else gr.skip(), *panes, gr.skip()

    known = gr.on([demo.load, again.click], None, page.who, page.who, js=NAMED)
    drawn = [page.who, offered, *page.had, nav, tryon.shown, refine.shown, tryon.board.shown]
    known.then(opened, page.who, drawn, **PAGE)
