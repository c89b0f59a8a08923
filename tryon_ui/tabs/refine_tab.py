"""The Refine tab: what it shows. What it does is in `refine_events`."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from tryon_core import Capability, PersonGender, vendors_for
from tryon_ui import links, parts
from tryon_ui.card.card import empty_html
from tryon_ui.job_stream import Shown
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.hints import hints_html
from tryon_ui.tabs.spending import line_html, of_anybody
from tryon_ui.texts import choices, say, translated
from tryon_ui.wells import Well, said_html, well


@dataclass(frozen=True, slots=True)
class RefineStates:
    """What the tab keeps and does not show: what is in its pane, the title of the picture to refine, where it
    has one, the photo of a garment of which it must be said what it is, and the last job that the form was
    filled from or sent as. To be made outside `gr.Tabs`: an answer for a state in a tab that is not drawn yet
    is taken for a change of it, and has the tab after it drawn twice."""

    shown: gr.State
    of: gr.State
    unknown: gr.State
    job: gr.State


@dataclass(frozen=True, slots=True)
class RefinePictures:
    """What to refine: the four places, the ready sets that fill them, and what is said of what lies there."""

    heading: gr.HTML
    samples: gr.Radio
    coarse: Well
    person: Well
    top: Well
    bottom: Well
    said: gr.HTML
    hints: gr.HTML

    @property
    def wells(self) -> tuple[Well, ...]:
        """The places in the order of `hints.REFINED`."""
        return self.coarse, self.person, self.top, self.bottom


@dataclass(frozen=True, slots=True)
class RefineTab:
    """Everything on the tab that takes part in an event."""

    tab: gr.Tab
    worn: gr.Radio
    pictures: RefinePictures
    gender: gr.Radio
    states: RefineStates
    vendor: gr.Radio
    go: gr.Button
    willdo: gr.HTML
    missing: gr.HTML
    card: gr.HTML

    @property
    def shown(self) -> gr.State:
        """What is in the pane."""
        return self.states.shown

    @property
    def asked(self) -> list[gr.components.Component]:
        """The question what is worn, and the photo that it is about."""
        return [self.worn, self.states.unknown]

    @property
    def filled(self) -> list[gr.components.Component]:
        """What a ready set, a try-on or an earlier job fills in."""
        return [self.pictures.heading, *self.pictures.wells, self.gender, self.states.of, *self.asked]

    @property
    def form(self) -> list[gr.components.Component]:
        """The inputs in the order of `refine_events.request_of`."""
        return [*self.pictures.wells, self.gender, self.vendor]


def refine_states(context: PageContext) -> RefineStates:
    """The tab's states, as they are before anything was done."""
    return RefineStates(gr.State(Shown()), gr.State(context.samples.refine.title), gr.State(""), gr.State(""))


def refine_tab(context: PageContext, states: RefineStates) -> RefineTab:
    """Lays the tab out. To be called inside `gr.Tabs`."""
    with (
        gr.Tab(say("page.refine"), id="refine-tab", elem_id="refinetab") as tab,
        gr.Row(elem_id="refine", elem_classes=["split"]),
    ):
        with gr.Column(elem_id="rbrief", elem_classes=["sheet", "brief"]):
            with gr.Column(elem_classes=["fields"]):
                worn = parts.segmented(
                    say("refine.worn"), choices("type", parts.WORN), None, elem_id="rworn", visible=False
                )
                pictures = _pictures(context)
                gender = parts.segmented(
                    say("refine.person_is"),
                    choices("gender", PersonGender),
                    context.samples.refine.gender.value,
                    elem_id="rgender",
                    row=True,
                )
                vendor = parts.vendor_choice(Capability.REFINE, "rvendor")
                parts.html(parts.rules_html())
            with gr.Column(elem_id="rcta", elem_classes=["cta"]):
                go = gr.Button(say("refine.go"), variant="primary", size="lg", elem_id="refine-go")
                line = line_html(of_anybody(context.studio, vendors_for(Capability.REFINE)[0]), 1)
                willdo = parts.html(line, elem_id="rwilldo")
                missing = parts.html(elem_id="rmissing")
        with gr.Column(elem_id="rresult", elem_classes=["sheet"]):
            card = parts.html(_opening_card(), elem_id="refinecard", script="bind")
    return RefineTab(tab, worn, pictures, gender, states, vendor, go, willdo, missing, card)


def _pictures(context: PageContext) -> RefinePictures:
    sample = context.samples.refine
    drop = say("form.drop_photo")
    heading = parts.section(say("refine.pictures"), say("refine.sample"))
    names = [(translated(one.title), one.name) for one in context.samples.refines]
    samples = parts.segmented(say("refine.samples"), names, sample.name, elem_id="rsamples", show_label=False)
    with gr.Row(elem_id="rgrid"):
        coarse = well(say("refine.coarse"), "coarse", sample.coarse, say("form.drop_picture"), labelled=True)
        person = well(say("refine.person"), "person", sample.person, drop, labelled=True)
        top = well(say("refine.top"), "rtop", sample.top, drop, labelled=True)
        bottom = well(say("refine.bottom"), "rbottom", sample.bottom, drop, labelled=True)
    said = parts.html(said_html(()), elem_id="rsaid")
    return RefinePictures(
        heading, samples, coarse, person, top, bottom, said, parts.html(hints_html(()), elem_id="rhints")
    )


def _opening_card() -> str:
    pictures = (links.asset("refine/coarse.png"), links.asset("garments/thumbs/hoodie.webp"))
    refined = links.asset("refine/refined.webp")
    return empty_html(say("refine.empty_head"), say("refine.empty"), pictures, refined)


def waiting_card() -> str:
    """What the pane shows beside pictures of a visitor's own: no sample, as none belongs to them."""
    return empty_html(say("refine.empty_head"), say("refine.empty"))
