"""The My jobs tab: what it shows. What it does is in `jobs_events`."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from tryon_core import vendors
from tryon_ui import parts
from tryon_ui.gallery.listing import DAYS, choices_of
from tryon_ui.gallery.pages import head_html, layout_html, opening_html
from tryon_ui.texts import say


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
    head: gr.HTML
    search: gr.Textbox
    filter: gr.Radio
    starred: gr.Checkbox
    vendor: gr.Radio
    days: gr.Radio
    running: gr.HTML
    rows: gr.HTML
    more: gr.HTML
    undo: gr.HTML
    ask: gr.HTML
    pick_up: PickUp

    @property
    def filters(self) -> list[gr.components.Component]:
        """In the order of `listing.Filter`."""
        return [self.search, self.filter, self.starred, self.vendor, self.days]

    @property
    def list(self) -> list[gr.components.Component]:
        """In the order of what `listing.listed` gives."""
        return [self.head, self.filter, self.running, self.rows, self.undo]


def jobs_tab() -> JobsTab:
    """Lays the tab out. To be called inside `gr.Tabs`."""
    with gr.Tab(say("page.jobs"), id="jobs-tab", elem_id="jobstab") as tab, gr.Column(elem_id="jobspanel"):
        with gr.Row(elem_id="jobshead"):
            head = parts.html(head_html(0), elem_id="jobscount")
            search = gr.Textbox(
                label=say("gallery.search"), placeholder=say("gallery.search"), show_label=False,
                max_lines=1, max_length=200, elem_id="jobssearch", interactive=True,
            )  # fmt: skip
        with gr.Row(elem_id="jobsbar"):
            chosen = _filter(say("gallery.show"), choices_of({}), "jobsfilter")
            starred = gr.Checkbox(label=say("gallery.starred"), elem_id="jobsstarred", interactive=True)
            vendor = _filter(
                say("form.vendor"), [(say("gallery.every_vendor"), ""), *_vendors()], "jobsvendor"
            )
            days = _filter(
                say("gallery.when"),
                [(say(f"days.{days or 'any'}"), days) for days in DAYS],
                "jobsdays",
            )
            parts.html(layout_html(), elem_id="jobslayout")
        running = parts.html(elem_id="jobsrunning", script="bind")
        rows = parts.html(opening_html(), elem_id="jobrows", script="gallery")
        more = parts.html(elem_id="jobsmore")
        undo = parts.html(elem_id="jobsundo", script="bind")
        ask = parts.html(elem_id="jobsask", script="boardAsk")
        pick_up = _pick_up()
    return JobsTab(tab, head, search, chosen, starred, vendor, days, running, rows, more, undo, ask, pick_up)


def _filter(label: str, choices: list[tuple[str, str]], elem_id: str) -> gr.Radio:
    return parts.segmented(label, choices, choices[0][1], elem_id=elem_id, show_label=False)


def _pick_up() -> PickUp:
    with gr.Accordion(say("pickup.head"), open=False, elem_id="pickup"):
        parts.html(f'<p class="hint">{say("pickup.hint")}</p>')
        with gr.Row(elem_id="pickupform"):
            choices = _vendors()
            vendor = parts.segmented(say("pickup.vendor"), choices, choices[0][1], elem_id="pickupvendor")
            task_id = gr.Textbox(
                label=say("pickup.id"), max_lines=1, elem_id="pickupid", interactive=True, max_length=120
            )
            go = gr.Button(say("pickup.go"), elem_id="pickupgo")
    return PickUp(vendor, task_id, go)


def _vendors() -> list[tuple[str, str]]:
    return [(vendor.name, vendor.id) for vendor in vendors()]
