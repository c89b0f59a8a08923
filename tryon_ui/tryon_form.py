"""From the values of the Try-on form to a request, and to the words for it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tryon_core import (
    Age,
    Body,
    DescribedModel,
    FilePicture,
    Garment,
    GarmentType,
    Gender,
    InvalidRequest,
    LibraryModel,
    LinkPicture,
    Model,
    OwnPhotos,
    Picture,
    Style,
    Suit,
    TryOnRequest,
    Version,
    View,
)
from tryon_ui.samples import Samples

NO_GARMENT = ("garment", "no photo", "one photo of a garment: drop, paste or choose one, or take a sample")
NO_PHOTOS = ("model photos", "no photos", "1 to 8 photos, or choose a model of the library")
_WORDS = {
    DescribedModel: "a described model",
    OwnPhotos: "my photos",
}


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it stands, in the order of the page."""

    garment: str | None
    bottom: str | None = None
    mode: str = "library"
    library: str | None = "James"
    gender: str = "female"
    age: str = "youngadult"
    body: str = "slim"
    style: str = "universal_1"
    photos: tuple[str, ...] = field(default=())
    view: str = "fullbody"
    count: int = 4
    garment_type: str = "auto"
    version: str = "standard"
    quality_gate: bool = False
    trial: bool = False
    link: str = ""


def request_of(form: Form, samples: Samples) -> TryOnRequest:
    """The request that the form asks for. Raises `InvalidRequest`."""
    return TryOnRequest(
        suits=(_suit(form, samples),),
        model=_model(form),
        view=View(form.view),
        count=form.count,
        quality_gate=form.quality_gate,
        version=Version(form.version),
        trial=form.trial,
    )


def picture_count(form: Form) -> int:
    """How many pictures the form asks for."""
    return max(1, len(form.photos)) if form.mode == "photos" else form.count


def garment_words(form: Form, samples: Samples) -> str:
    """`Hoodie`, `Hoodie and jeans`, `My red coat`."""
    first = "Garment by link" if form.link.strip() else _word(form.garment, samples) or "Garment"
    second = _word(form.bottom, samples)
    return f"{first} and {second[:1].lower()}{second[1:]}" if second else first


def model_words(form: Form) -> str:
    """Who wears it: `James`, `a described model`, `my photos`."""
    if form.mode == "library":
        return form.library or "James"
    return _WORDS[DescribedModel if form.mode == "describe" else OwnPhotos]


def title_of(form: Form, samples: Samples) -> str:
    """The job's name: `Hoodie and jeans on James`."""
    return f"{garment_words(form, samples)} on {model_words(form)}"


def _suit(form: Form, samples: Samples) -> Suit:
    link = form.link.strip()
    if not link and not form.garment:
        raise InvalidRequest(*NO_GARMENT)
    picture: Picture = LinkPicture(link) if link else FilePicture(Path(form.garment or ""))
    if form.bottom:
        top, bottom = picture, FilePicture(Path(form.bottom))
        return Suit((Garment(top, GarmentType.TOPS), Garment(bottom, GarmentType.BOTTOMS)))
    return Suit((Garment(picture, GarmentType(form.garment_type)),))


def _model(form: Form) -> Model:
    if form.mode == "library":
        return LibraryModel(form.library or "")
    if form.mode == "describe":
        return DescribedModel(Gender(form.gender), Style(form.style), Age(form.age), Body(form.body))
    if not form.photos:
        raise InvalidRequest(*NO_PHOTOS)
    return OwnPhotos(tuple(FilePicture(Path(photo)) for photo in form.photos))


def _word(path: str | None, samples: Samples) -> str:
    """The sample's name, or the file's name made readable."""
    if not path:
        return ""
    sample = samples.by_path(path)
    words = re.sub(r"[\W_]+", " ", Path(path).stem).strip()
    return sample.name if sample else (words[:1].upper() + words[1:])[:40] or "Garment"
