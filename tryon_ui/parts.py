"""Small makers of Gradio components, so that every tab makes them in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import gradio as gr
from markupsafe import Markup

from tryon_core import Mode, Studio, Vendor
from tryon_ui import icons, texts

BIND: Final = "window.TryOn.bind(element, trigger)"

Choice = tuple[str, str]


def html(value: str = "", *, elem_id: str | None = None, live: bool = False) -> gr.HTML:
    """A piece of HTML that was rendered, and escaped, in Python. `live` ones report clicks."""
    return gr.HTML(
        value,
        elem_id=elem_id,
        js_on_load=BIND if live else None,
        apply_default_css=False,
    )


def section(title: str, hint: str = "", *, elem_id: str | None = None) -> gr.HTML:
    """A heading with a hint beside it."""
    return html(section_html(title, hint), elem_id=elem_id)


def section_html(title: str, hint: str) -> str:
    """The HTML of such a heading."""
    return str(Markup('<div class="sec"><h2>{}</h2><span>{}</span></div>').format(title, hint))


def well(
    label: str, elem_id: str, value: Path | None, prompt: str, *, labelled: bool = False, visible: bool = True
) -> gr.Image:
    """A place for one picture, empty when `value` is not there. Files pass as paths, never decoded."""
    return gr.Image(
        value=str(value) if value and value.is_file() else None,
        label=label,
        show_label=labelled,
        type="filepath",
        image_mode=None,
        sources=["upload"],
        buttons=[],
        height=176,
        elem_id=elem_id,
        elem_classes=["card-img"],
        alt_text=label,
        placeholder=prompt,
        interactive=True,
        visible=visible,
    )


def segmented(
    label: str,
    choices: Sequence[Choice | int],
    value: str | int,
    *,
    elem_id: str | None = None,
    row: bool = False,
    show_label: bool = True,
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
    )


def tiles(label: str, names: Sequence[str], value: str | None, elem_id: str) -> gr.Radio:
    """Picture tiles: a radio group whose pictures come from the style sheet."""
    return gr.Radio(
        choices=list(names),
        value=value,
        label=label,
        show_label=False,
        elem_id=elem_id,
        elem_classes=["tiles"],
        interactive=True,
    )


def topbar_html(studio: Studio) -> str:
    """The name, and for each vendor whether it is live."""
    pills = Markup().join(_pill(vendor, studio.mode(vendor)) for vendor in Vendor)
    return str(
        Markup(
            '<header class="topbar"><div class="brand">{}<h1>{}</h1></div>'
            '<ul class="vendors" role="list" aria-label="Vendors">{}</ul></header>'
        ).format(icons.HANGER, texts.TITLE, pills)
    )


def _pill(vendor: Vendor, mode: Mode) -> Markup:
    live = mode is Mode.LIVE
    word, hint = (texts.LIVE, texts.LIVE_HINT) if live else (texts.SANDBOX, texts.SANDBOX_HINT)
    return Markup(
        '<li class="pill {}" title="{}"><span class="dot" aria-hidden="true"></span>'
        "<b>{}</b><span>{}</span></li>"
    ).format(mode.value, hint.format(vendor=vendor.label), vendor.label, word)


def willdo_html(*sentences: str) -> str:
    """The line under the main button."""
    return str(Markup('<p class="willdo" aria-live="polite">{}</p>').format(" ".join(sentences)))


def rules_html() -> str:
    """The refiner's photo rules."""
    rows = Markup().join(Markup("<li>{}</li>").format(rule) for rule in texts.RULES)
    return str(
        Markup('<div class="rules"><h3>{}</h3><ul role="list">{}</ul></div>').format(texts.RULES_HEAD, rows)
    )


def upload_link(path: str) -> str:
    """Where Gradio serves an uploaded file."""
    return f"gradio_api/file={quote(path)}"
