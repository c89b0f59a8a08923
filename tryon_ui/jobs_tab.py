"""The My jobs tab: what it shows. What it does is in `jobs_events`."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from tryon_ui import parts, texts

REFRESH_S = 2.0  # how often the list is read anew while something in it runs


@dataclass(frozen=True, slots=True)
class JobsTab:
    """Everything on the tab that takes part in an event."""

    tab: gr.Tab
    filter: gr.Radio
    rows: gr.HTML
    timer: gr.Timer


def jobs_tab() -> JobsTab:
    """Lays the tab out. To be called inside `gr.Tabs`."""
    with gr.Tab(texts.TAB_JOBS, id="jobs-tab") as tab, gr.Column(elem_id="jobspanel", elem_classes=["sheet"]):
        with gr.Row(elem_id="jobsbar"):
            parts.section(texts.TAB_JOBS, texts.JOBS_HINT)
            chosen = parts.segmented(
                "Show",
                [(name, name) for name in texts.FILTERS],
                "All",
                elem_id="jobsfilter",
                show_label=False,
            )
        rows = parts.html(elem_id="jobrows", live=True)
        timer = gr.Timer(REFRESH_S, active=False)
    return JobsTab(tab, chosen, rows, timer)
