"""What the My jobs tab does."""

from __future__ import annotations

import gradio as gr

from tryon_core import Job, Problem
from tryon_ui import actions, visitor
from tryon_ui.clicks import click_of
from tryon_ui.desk import Desk, Shown, pane_of, shown
from tryon_ui.harness import attempt
from tryon_ui.job_rows import rows_html
from tryon_ui.jobs_tab import JobsTab
from tryon_ui.turns import Pane
from tryon_ui.wiring import PAGE


def connect(
    desk: Desk, tab: JobsTab, who: gr.BrowserState, nav: gr.Tabs, tryon: gr.State, refine: gr.State
) -> None:
    """Connects the tab's parts. `tryon` and `refine` are what those tabs show."""

    async def listed(name: str, chosen: str) -> tuple[str, gr.Timer]:
        jobs = await attempt(desk.studio.jobs(visitor=name))
        found: tuple[Job, ...] = () if isinstance(jobs, Problem) else jobs
        alive = any(not job.state.ended for job in found)
        return rows_html(found, chosen, desk.now()), gr.Timer(active=alive)

    async def refresh(request: gr.Request, stored: str, chosen: str) -> tuple[str, gr.Timer]:
        return await listed(visitor.of_page(stored, request), chosen)

    async def delete(
        request: gr.Request, event: gr.EventData, stored: str, chosen: str
    ) -> tuple[str, gr.Timer]:
        name = visitor.of_page(stored, request)
        problem = await actions.delete(desk, click_of(event), visitor=name)
        if problem is not None:
            gr.Warning(f"{problem.what} {problem.todo}")
        return await listed(name, chosen)

    async def go_to(
        request: gr.Request, event: gr.EventData, stored: str, tryon_now: Shown, refine_now: Shown
    ) -> tuple[gr.Tabs, Shown, Shown]:
        name = visitor.of_page(stored, request)
        outcome = await actions.start(desk, click_of(event), visitor=name)
        if isinstance(outcome, Job) and pane_of(outcome) is Pane.REFINE:
            return gr.Tabs(selected="refine-tab"), tryon_now, shown(outcome)
        return gr.Tabs(selected="tryon-tab"), shown(outcome), refine_now

    tab.tab.select(refresh, [who, tab.filter], [tab.rows, tab.timer], **PAGE)
    tab.timer.tick(refresh, [who, tab.filter], [tab.rows, tab.timer], **PAGE)
    tab.filter.change(refresh, [who, tab.filter], [tab.rows, tab.timer], **PAGE)
    tab.rows.delete(delete, [who, tab.filter], [tab.rows, tab.timer], **PAGE)
    gr.on([tab.rows.select, tab.rows.retry], go_to, [who, tryon, refine], [nav, tryon, refine], **PAGE)
