"""From the values of the Try-on form to a request, and to the words for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from tryon_core import (
    DEFAULT_COUNT,
    DEFAULT_MODEL,
    MAX_MODEL_PHOTOS,
    Age,
    Body,
    DescribedModel,
    Garment,
    GarmentType,
    Gender,
    InvalidRequest,
    LibraryModel,
    LinkPicture,
    Model,
    NotGiven,
    OwnPhotos,
    Picture,
    Style,
    Suit,
    TryOnRequest,
    Version,
    View,
    check_fields,
    is_link,
    picture_at,
)
from tryon_ui.samples import Samples
from tryon_ui.texts import said

E = TypeVar("E", bound=StrEnum)

_WORDS = {"describe": "form.described_model", "photos": "form.own_photos"}


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it stands, in the order of the page."""

    garment: str | None
    bottom: str | None = None
    mode: str = "library"
    library: str | None = DEFAULT_MODEL
    gender: str = "female"
    age: str = "youngadult"
    body: str = "slim"
    style: str = "universal_1"
    photos: tuple[str, ...] = field(default=())
    view: str = "fullbody"
    count: int = DEFAULT_COUNT
    garment_type: str = "auto"
    version: str = "standard"
    quality_gate: bool = False
    trial: bool = False
    link: str = ""
    vendor: str = ""


MODE = list(Form.__dataclass_fields__).index("mode")  # the place of how the model is chosen
FROM_VIEW = list(Form.__dataclass_fields__).index("view")  # and that behind what is worn and by whom


def form_of(values: Sequence[Any]) -> Form:
    """The form from the values of `TryOnTab.form`. Raises `InvalidRequest` for one that no page sends."""
    form = Form(*values)
    made = Form(*[*values[:8], tuple(form.photos or ()), form.view, form.count or 4, *values[11:]])
    check_fields(made)
    return made


def request_of(form: Form) -> TryOnRequest:
    """The request that the form asks for. Raises `InvalidRequest`."""
    return TryOnRequest(
        suits=(_suit(form),),
        model=_model(form),
        view=chosen(View, form.view, said("field.view")),
        count=form.count,
        quality_gate=form.quality_gate,
        version=chosen(Version, form.version, said("field.version")),
        trial=form.trial,
    )


def picture_count(form: Form) -> int:
    """How many pictures the form asks for."""
    return max(1, len(form.photos)) if form.mode == "photos" else form.count


def garment_words(form: Form, samples: Samples) -> str:
    """`Hoodie`, `Hoodie and jeans`, `My red coat`."""
    first = _word(form.link.strip() or form.garment, samples) or said("form.garment")
    second = _word(form.bottom, samples)
    return said("form.outfit", top=first, bottom=second) if second else first


def model_words(form: Form) -> str:
    """Who wears it: `James`, `a described model`, `my photos`."""
    return said(_WORDS[form.mode]) if form.mode in _WORDS else form.library or DEFAULT_MODEL


def title_of(form: Form, samples: Samples) -> str:
    """The job's name: `Hoodie and jeans on James`."""
    return said("form.title", garment=garment_words(form, samples), model=model_words(form))


def _suit(form: Form) -> Suit:
    first = _garment(form)
    if form.bottom:
        bottom = picture_at(form.bottom)
        return Suit((Garment(first, GarmentType.TOPS), Garment(bottom, GarmentType.BOTTOMS)))
    return Suit((Garment(first, chosen(GarmentType, form.garment_type, said("field.type"))),))


def _garment(form: Form) -> Picture:
    link = form.link.strip()
    if link:
        return LinkPicture(link)  # and never the path of a file: it was typed
    if not form.garment:
        raise NotGiven(said("field.garment"), said("trouble.one_garment"))
    return picture_at(form.garment)


def _model(form: Form) -> Model:
    if form.mode == "library":
        return LibraryModel(form.library or "")
    if form.mode == "describe":
        return DescribedModel(
            chosen(Gender, form.gender, said("field.gender")),
            chosen(Style, form.style, said("field.style")),
            chosen(Age, form.age, said("field.age")),
            chosen(Body, form.body, said("field.body")),
        )
    if not form.photos:
        limit = said("trouble.some_photos", most=MAX_MODEL_PHOTOS)
        raise NotGiven(said("field.model_photos"), limit)
    return OwnPhotos(tuple(picture_at(photo) for photo in form.photos))


def chosen(kind: type[E], value: str | None, field: str) -> E:
    """The member of `kind` with that value. Raises `InvalidRequest` that lists the allowed ones."""
    if value is None or value not in list(kind):
        raise InvalidRequest(field, value[:60] if value else said("trouble.nothing"), ", ".join(kind))
    return kind(value)


def _word(path: str | None, samples: Samples) -> str:
    """The sample's name, or the file's name made readable."""
    if not path:
        return ""
    if is_link(path):
        return said("form.by_link")
    sample = samples.by_path(path)
    words = re.sub(r"[\W_]+", " ", Path(path).stem).strip()
    return sample.title if sample else (words[:1].upper() + words[1:])[:40] or said("form.garment")
