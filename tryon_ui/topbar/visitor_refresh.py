"""What of the page depends on who looks at it: the pills, the lines under the buttons, the models.

What is drawn out of the form is drawn by events that read the form as it stands and end one after the other.
Whoever changes what a visitor has draws the head line, and that sets them off: an answer that took its time
puts no earlier words, and no earlier choice, back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from tryon_core import DEFAULT_MODEL, Capability, InvalidRequest, VendorSpec, vendors, vendors_for
from tryon_ui import visitor
from tryon_ui.event_options import PAGE, on_newest
from tryon_ui.job_stream import Shown
from tryon_ui.page_context import PageContext
from tryon_ui.samples import offered_models
from tryon_ui.tabs import form_memory, spending
from tryon_ui.tabs.spending import Spending
from tryon_ui.tabs.tryon_form import Form, form_of, garment_words, model_words, picture_count, request_of
from tryon_ui.tabs.tryon_tab import TryOnTab
from tryon_ui.texts import phrases, say
from tryon_ui.topbar.panels import Note, Panel, topbar_html

Notes = dict[str, Note]


@dataclass(frozen=True, slots=True)
class VisitorParts:
    """The parts of the page that are drawn for one visitor, and the visitor's id in the browser."""

    topbar: gr.HTML
    tryon: TryOnTab
    refine_line: gr.HTML
    who: gr.BrowserState
    kept: gr.BrowserState

    @property
    def had(self) -> list[gr.components.Component]:
        """What says what the visitor has, in the order of `has`."""
        return [self.topbar, self.refine_line]


def connect(context: PageContext, page: VisitorParts, changing: Sequence[gr.events.Dependency]) -> None:
    """Draws what the visitor has after each of `changing`, and what the form comes to whenever one of the two
    is another."""

    async def models(request: gr.Request, stored: str, vendor: str, library: str | None) -> gr.Radio:
        return await offer(context, visitor.of_page(stored, request), vendor, library)

    async def words(
        request: gr.Request, stored: str, beside: Shown, *values: Any
    ) -> tuple[gr.Button, str, dict[str, Any]]:
        name, form = visitor.of_page(stored, request), form_of(values)
        found = await spending.of_visitor(context.studio, _chosen(form.vendor), visitor=name)
        return *tryon_line(context, form, found), form_memory.kept_of(form, context.samples, beside.job_id)

    async def refresh(request: gr.Request, stored: str) -> tuple[str, str]:
        name = visitor.of_page(stored, request)
        return has(await everything(context, name, balance_at_most_s=spending.AFTER_A_JOB_S))

    tab = page.tryon
    wear, who, more = tab.wear, tab.who, tab.options
    on_newest(
        [page.topbar.change, more.vendor.change],
        models,
        [page.who, more.vendor, who.library],
        who.library,
    )
    on_newest(
        [
            *(picture.change for picture in (wear.garment, wear.bottom)),
            *(choice.change for choice in (who.mode, who.library, who.gender, who.age, who.body, who.style)),
            *(choice.change for choice in (more.view, more.count, more.garment_type, more.version)),
            *(who.photos.change, more.quality_gate.change, more.trial.change, more.link.change),
            *(more.vendor.change, page.topbar.change),
        ],
        words,
        [page.who, tab.shown, *tab.form],
        [tab.go, tab.willdo, page.kept],
    )
    for event in changing:
        event.success(refresh, page.who, page.had, **PAGE)


async def everything(
    context: PageContext, name: str, *, balance_at_most_s: float = spending.FRESH_S
) -> tuple[Spending, ...]:
    """What the visitor has at each vendor, in the order of `vendors`."""
    asked = (
        spending.of_visitor(context.studio, vendor, visitor=name, balance_at_most_s=balance_at_most_s)
        for vendor in vendors()
    )
    return tuple(await asyncio.gather(*asked))


def has(found: Sequence[Spending], notes: Notes | None = None) -> tuple[str, str]:
    """The head line, and the refiner's line."""
    by_vendor = {one.vendor.id: one for one in found}
    panels = [Panel(one, (notes or {}).get(one.vendor.id)) for one in found]
    return topbar_html(panels), spending.line_html(by_vendor[vendors_for(Capability.REFINE)[0].id], 1)


async def offer(context: PageContext, name: str, vendor: str, library: str | None) -> gr.Radio:
    """The models that the visitor can choose from; the choice stays as long as it is among them."""
    found = await spending.of_visitor(context.studio, _chosen(vendor), visitor=name)
    names = offered_models(context.samples, live=found.live)
    return gr.Radio(choices=names) if library in names else gr.Radio(choices=names, value=DEFAULT_MODEL)


def tryon_line(context: PageContext, form: Form, found: Spending) -> tuple[gr.Button, str]:
    """The main button, and the line under it: what a press does, or what it needs first."""
    count = picture_count(form)
    label = phrases.create(count)
    try:
        request_of(form)
    except InvalidRequest as refused:
        return gr.Button(label, variant="secondary"), spending.missing_html(refused.problem)
    whom = say("form.for_whom", garment=garment_words(form, context.samples), model=model_words(form))
    line = spending.line_html(found, count, trial=form.trial, whom=whom)
    return gr.Button(label, variant="primary"), line


def _chosen(vendor: str) -> VendorSpec:
    """The vendor of the Try-on form: the usual one unless another was chosen."""
    able = vendors_for(Capability.TRY_ON)
    return next((spec for spec in able if spec.id == vendor), able[0])
