"""Places for pictures that take any file. What is in it is found out by us, and said; see `taken_in`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.data_classes import ImageData, ListFiles
from markupsafe import Markup

from tryon_core import MAX_MODEL_PHOTOS, Problem
from tryon_ui import icons
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.files import served
from tryon_ui.gradio_stubs import WithoutStubs
from tryon_ui.page_context import PageContext
from tryon_ui.texts import phrases, say


class Well(gr.Image, metaclass=WithoutStubs):
    """An image input that hands on the path of whatever file was put in. Gradio's own opens it first, and
    when it cannot, every event that the picture is part of ends before its handler has begun."""

    def get_block_name(self) -> str:
        return "image"

    def preprocess(self, payload: ImageData | None) -> str | None:
        return payload.path if payload else None


class PhotoButton(gr.UploadButton, metaclass=WithoutStubs):
    """A button that hands on the paths of whatever files were chosen."""

    def get_block_name(self) -> str:
        return "uploadbutton"

    def preprocess(self, payload: ListFiles | None) -> list[str]:  # type: ignore[override]
        return [file.path for file in payload.root] if payload else []


def well(
    label: str, elem_id: str, value: Path | None, prompt: str, *, labelled: bool = False, visible: bool = True
) -> Well:
    """A place for one picture, empty when `value` is not there. Files pass as paths, never decoded.

    `value` is shown from a path of its own: Gradio's would be that of an equal file which somebody uploads.
    """
    return Well(
        value=served(value) if value and value.is_file() else None,
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


def photo_button() -> PhotoButton:
    """The button that adds photos of own models."""
    return PhotoButton(
        say("form.add_photos"),
        file_count="multiple",
        elem_id="addphotos",
        elem_classes=["ghost-tile"],
        interactive=True,
    )


async def taken_in(context: PageContext, name: str, path: str | None, kind: str) -> tuple[Any, str]:
    """What a well is to hold after an upload, and what is to be said: a file that no vendor takes is put out
    again, in words. `name` as a request has it, `kind` as the rules of vendors do."""
    refused = await _refusal(context, name, path, kind) if path else ""
    return (None if refused else gr.skip()), said_html((refused,) if refused else ())


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos that are kept, and what is said of those that are not."""

    kept: tuple[str, ...]
    said: tuple[str, ...] = ()


async def photos_with(context: PageContext, old: Sequence[str], new: Sequence[str]) -> Photos:
    """The old photos and the new ones, as far as they are pictures and there is room for them."""
    refusals = await asyncio.gather(*(_refusal(context, "model-1", path, "model") for path in new))
    good = [path for path, refused in zip(new, refusals, strict=True) if not refused]
    room = MAX_MODEL_PHOTOS - len(old)
    said = [
        say("trouble.left_out", name=Path(path).name, why=refused)
        for path, refused in zip(new, refusals, strict=True)
        if refused
    ]
    if good[room:]:
        names = ", ".join(Path(path).name for path in good[room:])
        said.append(say("trouble.too_many_photos", most=MAX_MODEL_PHOTOS, names=names))
    return Photos((*old, *good[:room]), tuple(said))


def said_html(lines: Sequence[str], notes: Sequence[str] = ()) -> str:
    """The place for what is wrong with the files that were put in, and for what is only worth knowing."""
    wrong = (Markup("<li>{}<span>{}</span></li>").format(icons.ALERT_SMALL, line) for line in lines)
    noted = (Markup('<li class="note">{}<span>{}</span></li>').format(icons.INFO, line) for line in notes)
    rows = Markup().join((*wrong, *noted))
    listed = Markup('<ul role="list">{}</ul>').format(rows) if rows else Markup()
    return str(Markup('<div class="advice said" role="alert">{}</div>').format(listed))


async def _refusal(context: PageContext, name: str, path: str, kind: str) -> str:
    outcome = await attempt(context.studio.check_picture(Path(path), phrases.input_label(name), kind))
    return sentence(outcome) if isinstance(outcome, Problem) else ""
