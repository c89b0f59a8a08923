"""The My jobs tab: what it shows. What it does is in `jobs_events`."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from tryon_core import vendors
from tryon_ui import parts, texts

REFRESH_S = 2.0  # how often the list is read anew while something in it runs


@dataclass(frozen=True, slots=True)
class PickUp:
    """The form for a task that another program left at a vendor."""

    vendor: gr.Radio
    task_id: gr.Textbox
    go: gr.Button


@dataclass(frozen=True, slots=True)
class JobsTab:
    """Everything on the tab that takes part in an event."""

    tab: gr.Tab
    filter: gr.Radio
    vendor: gr.Radio
    rows: gr.HTML
    timer: gr.Timer
    pick_up: PickUp


def jobs_tab() -> JobsTab:
    """Lays the tab out. To be called inside `gr.Tabs`."""
    with gr.Tab(texts.TAB_JOBS, id="jobs-tab") as tab, gr.Column(elem_id="jobspanel", elem_classes=["sheet"]):
        with gr.Row(elem_id="jobsbar"):
            parts.section(texts.TAB_JOBS, texts.JOBS_HINT)
            vendor = _filter(texts.VENDOR, [(texts.EVERY_VENDOR, ""), *_vendors()], "jobsvendor")
            chosen = _filter(texts.SHOW, [(name, name) for name in texts.FILTERS], "jobsfilter")
        rows = parts.html(elem_id="jobrows", live=True)
        pick_up = _pick_up()
        timer = gr.Timer(REFRESH_S, active=False)
    return JobsTab(tab, chosen, vendor, rows, timer, pick_up)


def _filter(label: str, choices: list[tuple[str, str]], elem_id: str) -> gr.Radio:
    return parts.segmented(label, choices, choices[0][1], elem_id=elem_id, show_label=False)


def _pick_up() -> PickUp:
    with gr.Accordion(texts.PICK_UP_HEAD, open=False, elem_id="pickup"):
        parts.html(f'<p class="hint">{texts.PICK_UP_HINT}</p>')
        with gr.Row(elem_id="pickupform"):
            choices = _vendors()
            vendor = parts.segmented(texts.PICK_UP_VENDOR, choices, choices[0][1], elem_id="pickupvendor")
            task_id = gr.Textbox(
                label=texts.PICK_UP_ID, max_lines=1, elem_id="pickupid", interactive=True, max_length=120
            )
            go = gr.Button(texts.PICK_UP_GO, elem_id="pickupgo")
    return PickUp(vendor, task_id, go)


def _vendors() -> list[tuple[str, str]]:
    return [(vendor.name, vendor.id) for vendor in vendors()]
