"""The parts of the Try-on tab for several garments and models: what they show. See `form_events`,
`create_events` and `matrix_events` for what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr
from markupsafe import Markup

from tryon_ui import parts
from tryon_ui.collection.draft import Draft
from tryon_ui.collection.draft_list import garments_html, people_html
from tryon_ui.collection.stream import BoardShown
from tryon_ui.gradio_stubs import WithoutStubs
from tryon_ui.texts import say
from tryon_ui.wells import PhotoButton, said_html


class ManyTiles(gr.CheckboxGroup, metaclass=WithoutStubs):
    """Picture tiles of which several can be chosen; it hands on what is offered no more, as `parts.Tiles`."""

    def get_block_name(self) -> str:
        return "checkboxgroup"

    def preprocess(self, payload: list[str | int | float]) -> list[str | int | float]:
        return payload


@dataclass(frozen=True, slots=True)
class Garments:
    """The list of garments; without one the form is for one job."""

    draft: gr.State
    offer: gr.HTML
    list: gr.HTML
    add: PhotoButton
    said: gr.HTML


@dataclass(frozen=True, slots=True)
class Models:
    """Of the library any number, and others one by one."""

    library: ManyTiles
    people: gr.HTML
    add: gr.Button


@dataclass(frozen=True, slots=True)
class Foot:
    """The button, what it uses, and what it asks before it uses a lot."""

    go: gr.Button
    willdo: gr.HTML
    ask: gr.HTML


@dataclass(frozen=True, slots=True)
class BoardParts:
    """Which collection is shown, what is asked before money is spent, the matrix, and what changes it."""

    shown: gr.State
    ask: gr.HTML
    share: gr.HTML
    whole: gr.HTML
    patch: gr.HTML


@dataclass(frozen=True, slots=True)
class Many:
    """Everything of it that takes part in an event."""

    garments: Garments
    models: Models
    foot: Foot
    board: BoardParts


def garments_part() -> Garments:
    """To be called where the garment's places are laid out."""
    draft = gr.State(Draft())
    offer = parts.html(elem_id="manyoffer", script="draft")
    listed = parts.html(garments_html(Draft()), elem_id="manygarments", script="draft")
    with gr.Column(elem_id="manyadd"):  # for the page's script only, hidden by style
        add = PhotoButton(say("collection.add_garments"), file_count="multiple", interactive=True)
    said = parts.html(said_html(()), elem_id="manysaid")
    return Garments(draft, offer, listed, add, said)


def models_head() -> str:
    """The heading of the models, for one and for several: styles show the one that holds."""
    return str(
        Markup('<div class="sec"><h2 class="for-one">{}</h2><h2 class="for-many">{}</h2></div>').format(
            say("form.model"), say("collection.models")
        )
    )


def models_part(choices: Sequence[tuple[str, str]], first: str) -> tuple[ManyTiles, gr.HTML]:
    """Those of the library, and the others that were added. To be called where the models are laid out."""
    people = parts.html(people_html(Draft()), elem_id="manypeople", script="draft")
    library = ManyTiles(
        choices=list(choices),
        value=[first],
        label=say("collection.models"),
        show_label=False,
        elem_id="manylibrary",
        elem_classes=["tiles"],
        interactive=True,
    )
    return library, people


def add_model_button() -> gr.Button:
    """Adds the model that is described, or on the photos. To be called under both."""
    return gr.Button(say("collection.add_model"), elem_id="addmodel")


def foot_part() -> Foot:
    """To be called beside the button for one job."""
    ask = parts.html(elem_id="manyask", script="draft")
    go = gr.Button(say("collection.create_none"), variant="primary", size="lg", elem_id="many-go")
    return Foot(go, parts.html(elem_id="manywilldo", script="draft"), ask)


def board_part() -> BoardParts:
    """To be called where results are shown."""
    ask = parts.html(elem_id="boardask", script="boardAsk")
    share = parts.html(elem_id="boardshare", script="boardShare")
    whole = parts.html(elem_id="boardwhole", script="board")
    return BoardParts(gr.State(BoardShown()), ask, share, whole, parts.html(elem_id="boardpatch"))
