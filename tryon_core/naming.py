"""Names that say what a thing is: the title of a job and the beginning of its pictures' file names."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import assert_never

from tryon_core.request import (
    Age,
    DescribedModel,
    FilePicture,
    Gender,
    KeptLink,
    LibraryModel,
    LinkPicture,
    Model,
    OwnPhotos,
    Picture,
    RefineRequest,
    Request,
    TryOnRequest,
)

MAX_SLUG = 40  # characters
MAX_SLUG_BYTES = 100  # a file name of two slugs stays far under the 255 bytes of a file system
_PEOPLE = {
    (Gender.FEMALE, Age.YOUNG_ADULT): "woman",
    (Gender.MALE, Age.YOUNG_ADULT): "man",
    (Gender.FEMALE, Age.CHILDREN): "girl",
    (Gender.MALE, Age.CHILDREN): "boy",
}


def title_of(request: Request) -> str:
    """What the job is called where the visitor gave no name: "Hoodie on James"."""
    match request:
        case TryOnRequest():
            return f"{_garments(request)} on {_model(request.model)}"
        case RefineRequest():
            return f"{_words(_stem(request.coarse))}, refined"
        case _:
            assert_never(request)


def stem_of(request: Request) -> str:
    """How the file names of the job's pictures begin: "hoodie-james"."""
    match request:
        case TryOnRequest():
            garment = _stem(request.suits[0].garments[0].picture)
            return f"{slug(garment)}-{slug(_model(request.model))}"
        case RefineRequest():
            return f"{slug(_stem(request.coarse))}-refined"
        case _:
            assert_never(request)


def slug(text: str) -> str:
    """Lower-case letters and digits of any script with hyphens between; "picture" when nothing is left."""
    short = re.sub(r"[\W_]+", "-", text.lower()).strip("-")[:MAX_SLUG]
    return short.encode()[:MAX_SLUG_BYTES].decode(errors="ignore").rstrip("-") or "picture"


def _garments(request: TryOnRequest) -> str:
    names = [_words(_stem(garment.picture)) for suit in request.suits for garment in suit.garments]
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} more"
    first, *rest = names
    return " and ".join([first, *(name[:1].lower() + name[1:] for name in rest)])


def _model(model: Model) -> str:
    match model:
        case LibraryModel():
            return model.name
        case DescribedModel():
            return _PEOPLE[model.gender, model.age]
        case OwnPhotos():
            return "own model"
        case _:
            assert_never(model)


def _stem(picture: Picture) -> str:
    match picture:
        case FilePicture():
            return picture.path.stem
        case LinkPicture():
            return PurePosixPath(picture.file_name).stem
        case KeptLink():
            return PurePosixPath(picture.name).stem
        case _:
            assert_never(picture)


def _words(stem: str) -> str:
    words = slug(stem).replace("-", " ")
    return words[:1].upper() + words[1:]
