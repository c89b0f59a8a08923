"""The Try-on tab: what it shows. What it does is in `tryon_events`."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from tryon_core import DEFAULT_MODEL, MAX_MODEL_PHOTOS, Capability, vendors_for
from tryon_ui import links, parts
from tryon_ui.card.card import empty_html
from tryon_ui.job_stream import Shown
from tryon_ui.page_context import PageContext
from tryon_ui.samples import DEFAULT_SAMPLE, Samples, offered_models, sample_title
from tryon_ui.tabs import form_choices
from tryon_ui.tabs.collection.components import (
    BoardParts,
    Foot,
    Garments,
    Many,
    Models,
    add_model_button,
    board_part,
    foot_part,
    garments_part,
    models_head,
    models_part,
)
from tryon_ui.tabs.hints import hints_html
from tryon_ui.tabs.spending import line_html, of_anybody
from tryon_ui.texts import choices, phrases, say, translated
from tryon_ui.wells import PhotoButton, Well, photo_button, said_html, well


@dataclass(frozen=True, slots=True)
class Wear:
    """The garment slots and the samples."""

    garment: Well
    bottom: Well
    add: gr.Button
    without: gr.Button
    samples: gr.Radio
    open: gr.State
    said: gr.HTML
    hints: gr.HTML
    many: Garments


@dataclass(frozen=True, slots=True)
class Who:
    """The three ways to say who wears it."""

    mode: gr.Radio
    library: gr.Radio
    gender: gr.Radio
    age: gr.Radio
    body: gr.Radio
    style: gr.Radio
    photos: gr.State
    add: PhotoButton
    thumbs: gr.HTML
    said: gr.HTML
    hints: gr.HTML
    many: Models


@dataclass(frozen=True, slots=True)
class Options:
    """How many, how framed, and the rare options."""

    view: gr.Radio
    count: gr.Radio
    garment_type: gr.Radio
    version: gr.Radio
    quality_gate: gr.Checkbox
    trial: gr.Checkbox
    link: gr.Textbox
    vendor: gr.Radio


@dataclass(frozen=True, slots=True)
class TryOnTab:
    """Everything on the tab that takes part in an event."""

    tab: gr.Tab
    wear: Wear
    who: Who
    options: Options
    go: gr.Button
    willdo: gr.HTML
    card: gr.HTML
    earlier: gr.HTML
    shown: gr.State
    foot: Foot
    board: BoardParts

    @property
    def form(self) -> list[gr.components.Component]:
        """The inputs in the order of `tryon_form.Form`."""
        wear, who, more = self.wear, self.who, self.options
        model = [who.mode, who.library, who.gender, who.age, who.body, who.style, who.photos]
        rare = [more.garment_type, more.version, more.quality_gate, more.trial, more.link, more.vendor]
        return [wear.garment, wear.bottom, *model, more.view, more.count, *rare]

    @property
    def tray(self) -> list[gr.components.Component]:
        """The photos of a model, how they look, and what is said of them."""
        return [self.who.photos, self.who.thumbs, self.who.said]

    @property
    def many(self) -> Many:
        """The parts for several garments and models."""
        return Many(self.wear.many, self.who.many, self.foot, self.board)


def tryon_tab(context: PageContext) -> TryOnTab:
    """Lays the tab out. To be called inside `gr.Tabs`."""
    with (
        gr.Tab(say("page.tryon"), id="tryon-tab", elem_id="tryontab") as tab,
        gr.Row(elem_id="tryon", elem_classes=["split"]),
    ):
        with gr.Column(elem_id="brief", elem_classes=["sheet", "brief"]):
            with gr.Column(elem_classes=["fields"]):
                wear, who, options = _wear(context), _who(context), _options(context)
            with gr.Column(elem_id="cta", elem_classes=["cta"]):
                go = gr.Button(phrases.create(4), variant="primary", size="lg", elem_id="go")
                willdo = parts.html(_opening_line(context), elem_id="willdo")
                foot = foot_part()
        with gr.Column(elem_id="result"):
            with gr.Column(elem_id="now", elem_classes=["sheet"]):
                card = parts.html(opening_card(context.samples), elem_id="jobcard", script="bind")
            with gr.Column(elem_id="earlier", elem_classes=["sheet"]):
                earlier = parts.html(elem_id="earliercard", script="bind")
            with gr.Column(elem_id="board", elem_classes=["sheet"]):
                board = board_part()
        shown = gr.State(Shown())
    return TryOnTab(tab, wear, who, options, go, willdo, card, earlier, shown, foot, board)


def _wear(context: PageContext) -> Wear:
    first = context.samples.garment(DEFAULT_SAMPLE)
    many = garments_part()
    with gr.Row(elem_id="wear"):
        path = first.path if first else None
        garment = well(say("form.garment"), "garment", path, say("form.garment_prompt"))
        bottom = well(say("form.bottom"), "bottom", None, say("form.bottom_prompt"), visible=False)
        add = gr.Button(say("form.add_bottom"), elem_id="addbottom", elem_classes=["ghost-tile"])
        without = gr.Button(say("form.without_bottom"), elem_id="nobottom", visible=False)
        names = [(translated(sample.title), sample.name) for sample in context.samples.garments]
        samples = parts.tiles(say("form.samples"), names, DEFAULT_SAMPLE, "samples")
    said = parts.html(said_html(()), elem_id="wearsaid", script="said")
    hints = parts.html(hints_html(()), elem_id="wearhints")
    return Wear(garment, bottom, add, without, samples, gr.State(False), said, hints, many)


def _who(context: PageContext) -> Who:
    with gr.Column(elem_id="who"):
        return _who_parts(context)


def _who_parts(context: PageContext) -> Who:
    with gr.Row(elem_id="whohead"):
        parts.html(models_head())
        mode = parts.segmented(
            say("form.model_from"),
            choices("mode", form_choices.MODES),
            "library",
            elem_id="mode",
            show_label=False,
        )
    live = of_anybody(context.studio, vendors_for(Capability.TRY_ON)[0]).live
    names = offered_models(context.samples, live=live)
    library = parts.tiles(say("form.model"), [(name, name) for name in names], DEFAULT_MODEL, "library")
    listed = models_part([(name, name) for name in names], DEFAULT_MODEL)
    with gr.Column(elem_id="describe"):
        gender = parts.segmented(
            say("form.gender"), choices("gender", form_choices.GENDERS), "female", row=True
        )
        age = parts.segmented(say("form.age"), choices("age", form_choices.AGES), "youngadult", row=True)
        body = parts.segmented(say("form.body"), choices("body", form_choices.BODIES), "slim", row=True)
        style = parts.segmented(
            say("form.style"), choices("style", form_choices.STYLES), "universal_1", row=True
        )
    with gr.Column(elem_id="photos"):
        thumbs = parts.html(elem_id="photothumbs", script="bind")
        add = photo_button()
        said = parts.html(said_html(()), elem_id="photosaid")
        hints = parts.html(hints_html(()), elem_id="photohints")
        parts.html(f'<p class="hint">{say("form.photos_hint", most=MAX_MODEL_PHOTOS)}</p>')
    many = Models(*listed, add_model_button())
    return Who(mode, library, gender, age, body, style, gr.State(()), add, thumbs, said, hints, many)


def _options(context: PageContext) -> Options:
    with gr.Row(elem_id="howmany"):
        view = parts.segmented(
            say("form.view"), choices("view", form_choices.VIEWS), "fullbody", elem_id="view"
        )
        count = parts.segmented(say("form.pictures"), form_choices.COUNTS, 4, elem_id="count")
    vendor = parts.vendor_choice(Capability.TRY_ON, "vendor")
    with gr.Accordion(say("form.more"), open=False, elem_id="more"):
        kind = parts.segmented(
            say("form.type"), choices("type", form_choices.TYPES), "auto", elem_id="garmenttype"
        )
        parts.html(f"<p>{say('form.type_many')}</p>", elem_id="typemany")
        version = parts.segmented(
            say("form.version"), choices("version", form_choices.VERSIONS), "standard", elem_id="version"
        )
        gate = gr.Checkbox(
            label=say("form.quality_gate"),
            info=say("form.quality_gate_hint"),
            interactive=True,
            elem_id="qualitygate",
        )
        trial = gr.Checkbox(value=_trial(context), label=say("form.trial"), interactive=True, elem_id="trial")
        link = gr.Textbox(
            value="",
            label=say("form.by_link"),
            info=say("form.by_link_hint"),
            placeholder="https://",
            max_lines=1,
            max_length=2000,
            interactive=True,
            elem_id="garmentlink",
        )
    return Options(view, count, kind, version, gate, trial, link, vendor)


def _opening_line(context: PageContext) -> str:
    whom = say("form.for_whom", garment=sample_title(DEFAULT_SAMPLE), model=DEFAULT_MODEL)
    usual = of_anybody(context.studio, vendors_for(Capability.TRY_ON)[0])
    return line_html(usual, 4, trial=_trial(context), whom=whom)


def _trial(context: PageContext) -> bool:
    usual = vendors_for(Capability.TRY_ON)[0]
    return context.studio.settings.vendors[usual.id].trial


def opening_card(samples: Samples) -> str:
    """What stands where results are shown, before there is one."""
    pictures = ("garments/thumbs/hoodie.webp", f"models/{DEFAULT_MODEL}.webp", "refine/worn.webp")
    garment, model, worn = (links.inlined(samples.assets / picture) for picture in pictures)
    return empty_html(say("form.empty_head"), say("form.empty"), (garment, model), worn)
