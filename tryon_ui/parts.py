"""Small makers of Gradio components, so that every tab makes them in the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

import gradio as gr
from markupsafe import Markup

from tryon_core import MIB, Capability, GarmentType, vendors_for
from tryon_ui.gradio_stubs import WithoutStubs
from tryon_ui.texts import phrases, said, say

Choice = tuple[str, str]
WORN: Final = (GarmentType.TOPS, GarmentType.BOTTOMS, GarmentType.DRESSES)
"""What can be said of a garment that is refined: here it cannot be left to the vendor."""
_KINDS: Final = ("JPEG", "PNG", "BMP", "WEBP")  # in the order in which the rules name them


def html(value: str = "", *, elem_id: str | None = None, script: str = "") -> gr.HTML:
    """A piece of HTML that was rendered, and escaped, in Python. With `script`, a function of the page's
    scripts, it reports clicks and the like; what does not get through is said."""
    return gr.HTML(
        value,
        elem_id=elem_id,
        js_on_load=f"window.TryOn.{script}(element, window.TryOn.reporter(trigger))" if script else None,
        apply_default_css=False,
    )


def section(title: str, hint: str = "", *, elem_id: str | None = None) -> gr.HTML:
    """A heading with a hint beside it."""
    return html(section_html(title, hint), elem_id=elem_id)


def section_html(title: str, hint: str) -> str:
    """The HTML of such a heading."""
    return str(Markup('<div class="sec"><h2>{}</h2><span>{}</span></div>').format(title, hint))


def segmented(
    label: str,
    choices: Sequence[Choice | int],
    value: str | int | None,
    *,
    elem_id: str | None = None,
    row: bool = False,
    show_label: bool = True,
    visible: bool = True,
) -> gr.Radio:
    """A segmented control: one choice of a few."""
    return gr.Radio(
        choices=list(choices),
        value=value,
        label=label,
        show_label=show_label,
        elem_id=elem_id,
        elem_classes=["seg", "row"] if row else ["seg"],
        interactive=True,
        visible=visible,
    )


class Tiles(gr.Radio, metaclass=WithoutStubs):
    """A radio group that hands on what is chosen though it is offered no more: while a choice and a shorter
    list cross on their way, Gradio's own ends every event that the choice is part of."""

    def get_block_name(self) -> str:
        return "radio"

    def preprocess(self, payload: str | int | float | None) -> str | int | float | None:
        return payload


def tiles(label: str, choices: Sequence[Choice], value: str | None, elem_id: str) -> Tiles:
    """Picture tiles: a radio group whose pictures come from the style sheet."""
    return Tiles(
        choices=list(choices),
        value=value,
        label=label,
        show_label=False,
        elem_id=elem_id,
        elem_classes=["tiles"],
        interactive=True,
    )


def rules_html() -> str:
    """The refiner's photo rules."""
    rows = Markup().join(Markup("<li>{}</li>").format(rule) for rule in _rules())
    return str(
        Markup('<div class="rules"><h3>{}</h3><ul role="list">{}</ul></div>').format(
            say("refine.rules"), rows
        )
    )


def _rules() -> Iterator[str]:
    rule = vendors_for(Capability.REFINE)[0].image_rules["person"]
    kinds = ["JPG" if kind == "JPEG" else kind for kind in _KINDS if kind in rule.formats]
    yield say("refine.rule_person")
    yield say("refine.rule_file", kinds=phrases.either(kinds), mb=rule.max_bytes // MIB)
    yield say("refine.rule_sides", least=rule.min_side, most=rule.max_side)
    yield say("refine.rule_size", coarse=said("refine.coarse"), person=said("refine.person"))


def upload_link(path: str) -> str:
    """Where Gradio serves an uploaded file."""
    return f"gradio_api/file={quote(path)}"


def vendor_choice(capability: Capability, elem_id: str) -> gr.Radio:
    """Which vendor does it; shown only where there is a choice."""
    able = vendors_for(capability)
    choices = [(spec.name, spec.id) for spec in able]
    return segmented(say("form.vendor"), choices, able[0].id, elem_id=elem_id, visible=len(able) > 1)
