"""What of the page depends on who looks at it: the pills, the lines under the buttons, the models."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from tryon_core import Capability, VendorSpec, vendors, vendors_for
from tryon_ui import texts, visitor
from tryon_ui.event_options import PAGE
from tryon_ui.page_context import PageContext
from tryon_ui.samples import DEFAULT_MODEL, offered_models
from tryon_ui.tabs import form_memory, spending
from tryon_ui.tabs.spending import Spending
from tryon_ui.tabs.tryon_form import Form, form_of, garment_words, model_words, picture_count
from tryon_ui.tabs.tryon_tab import TryOnTab
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
    def asked(self) -> list[gr.components.Component]:
        """What the handlers take: the visitor, and the Try-on form."""
        return [self.who, *self.tryon.form]

    @property
    def lines(self) -> list[gr.components.Component]:
        """In the order of `lines`."""
        return [self.topbar, self.tryon.go, self.tryon.willdo, self.refine_line]

    @property
    def parts(self) -> list[gr.components.Component]:
        """In the order of `parts`."""
        return [*self.lines, self.tryon.who.library]


def connect(context: PageContext, page: VisitorParts, changing: Sequence[gr.events.Dependency]) -> None:
    """Draws the line under the button anew as the form changes, and all lines after each of `changing`."""

    async def words(request: gr.Request, stored: str, *values: Any) -> tuple[gr.Button, str, dict[str, Any]]:
        name, form = visitor.of_page(stored, request), form_of(values)
        found = await spending.of_visitor(context.studio, _chosen(form), visitor=name)
        return *tryon_line(context, form, found), form_memory.kept_of(form, context.samples)

    async def refresh(request: gr.Request, stored: str, *values: Any) -> tuple[Any, ...]:
        name = visitor.of_page(stored, request)
        found = await everything(context, name, balance_at_most_s=spending.AFTER_A_JOB_S)
        return lines(context, form_of(values), found)

    tab = page.tryon
    wear, who, more = tab.wear, tab.who, tab.options
    gr.on(
        [
            *(picture.change for picture in (wear.garment, wear.bottom)),
            *(choice.change for choice in (who.mode, who.library, who.gender, who.age, who.body, who.style)),
            *(choice.change for choice in (more.view, more.count, more.garment_type, more.version)),
            *(who.photos.change, more.quality_gate.change, more.trial.change, more.link.change),
            more.vendor.change,
        ],
        words,
        page.asked,
        [tab.go, tab.willdo, page.kept],
        trigger_mode="always_last",
        **PAGE,
    )
    for event in changing:
        event.success(refresh, page.asked, page.lines, **PAGE)


def draw_after(context: PageContext, page: VisitorParts, opening: gr.events.Dependency) -> None:
    """Draws everything once the page knows who has opened it."""

    async def drawn(request: gr.Request, stored: str, *values: Any) -> tuple[Any, ...]:
        return await parts(context, visitor.of_page(stored, request), form_of(values), {})

    opening.then(drawn, page.asked, page.parts, **PAGE)


async def everything(
    context: PageContext, name: str, *, balance_at_most_s: float = spending.FRESH_S
) -> tuple[Spending, ...]:
    """What the visitor has at each vendor, in the order of `vendors`."""
    asked = (
        spending.of_visitor(context.studio, vendor, visitor=name, balance_at_most_s=balance_at_most_s)
        for vendor in vendors()
    )
    return tuple(await asyncio.gather(*asked))


def lines(
    context: PageContext, form: Form, found: Sequence[Spending], notes: Notes | None = None
) -> tuple[Any, ...]:
    """The head line, the main button with its line, and the refiner's line."""
    by_vendor = {one.vendor.id: one for one in found}
    panels = [Panel(one, (notes or {}).get(one.vendor.id)) for one in found]
    refine_line = spending.line_html(by_vendor[vendors_for(Capability.REFINE)[0].id], 1)
    return topbar_html(panels), *tryon_line(context, form, by_vendor[_chosen(form).id]), refine_line


async def parts(context: PageContext, name: str, form: Form, notes: Notes) -> tuple[Any, ...]:
    """The same, and the models that the visitor can choose from."""
    found = await everything(context, name)
    live = next(one.live for one in found if one.vendor is _chosen(form))
    names = offered_models(context.samples, live=live)
    chosen = form.library if form.library in names else DEFAULT_MODEL
    drawn = lines(context, replace(form, library=chosen), found, notes)
    # A model that can be had stays as it is: another may have been chosen since the form was read.
    return *drawn, gr.Radio(choices=names) if chosen == form.library else gr.Radio(
        choices=names, value=chosen
    )


def tryon_line(context: PageContext, form: Form, found: Spending) -> tuple[gr.Button, str]:
    """The label of the main button, and the line under it."""
    count = picture_count(form)
    whom = texts.FOR_WHOM.format(garment=garment_words(form, context.samples), model=model_words(form))
    return gr.Button(texts.create(count)), spending.line_html(found, count, trial=form.trial, whom=whom)


def _chosen(form: Form) -> VendorSpec:
    """The vendor of the Try-on form: the usual one unless another was chosen."""
    able = vendors_for(Capability.TRY_ON)
    return next((spec for spec in able if spec.id == form.vendor), able[0])
