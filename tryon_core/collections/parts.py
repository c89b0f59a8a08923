"""Rows, columns and options as the database keeps them: the parts of a request as plain JSON, put together
again for each cell."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tryon_core.collections.new import CollectionOptions
from tryon_core.collections.records import CellRecord, CollectionRecord, GarmentRecord, ModelRecord, Whole
from tryon_core.errors import InvalidRequest, rule
from tryon_core.identity import slug
from tryon_core.requests.request import FilePicture, Garment, Model, Picture, Request, Suit, TryOnRequest
from tryon_core.requests.request_parts import (
    UNREADABLE,
    from_json,
    packed_request,
    pictures_of,
    with_pictures,
)
from tryon_core.sentences import Sentence, said

_ANY = Suit((Garment(FilePicture(Path("any.png"))),))  # a request is of something: what does not matter here
_OPTIONS = tuple(field.name for field in fields(CollectionOptions))


def packed_suit(suit: Suit) -> dict[str, Any]:
    """A suit for the database, its pictures by their bare names."""
    (packed,) = _packed(TryOnRequest((suit,)))["suits"]
    return dict(packed)


def packed_model(model: Model) -> dict[str, Any]:
    """A model for the database, its pictures by their bare names."""
    return dict(_packed(TryOnRequest((_ANY,), model))["model"])


def packed_options(options: CollectionOptions, suit: Suit, model: Model) -> dict[str, object]:
    """Options for the database. Raises `InvalidRequest` for what no request can ask for."""
    whole = _packed(options.request(suit, model))
    return {name: whole[name] for name in _OPTIONS}


def _packed(request: TryOnRequest) -> dict[str, Any]:
    return dict(packed_request(request))


def request_of(
    head: CollectionRecord, garment: GarmentRecord, model: ModelRecord, folder: Path
) -> TryOnRequest:
    """What the cell of a row and a column asks for, its pictures in the collection's folder.

    Raises `InvalidRequest` where it cannot be read.
    """
    try:
        read = from_json({"kind": "tryon", "suits": [garment.suit], "model": model.model, **head.options})
    except UNREADABLE:
        raise InvalidRequest(*rule("unknown_request")) from None
    if not isinstance(read, TryOnRequest):
        raise InvalidRequest(*rule("unknown_request"))
    here: dict[str, Picture] = {
        name: FilePicture(folder / picture.path.name)
        for name, picture in pictures_of(read)
        if isinstance(picture, FilePicture)
    }
    placed = with_pictures(read, here)
    assert isinstance(placed, TryOnRequest)
    return placed


@dataclass(frozen=True, slots=True)
class Order:
    """What one cell asks for, and what its job is called and its pictures' names begin with; None is as such
    a job is called anywhere."""

    request: Request
    title: str | None = None
    stem: str | None = None


def order_of(whole: Whole, cell: CellRecord, folder: Path) -> Order:
    """What a garment on a model asks for. Raises `InvalidRequest` where that is not known any more."""
    garment = next((row for row in whole.garments if row.id == cell.garment_id), None)
    model = next((column for column in whole.models if column.id == cell.model_id), None)
    if garment is None or model is None:
        raise InvalidRequest(*rule("unknown_request"))
    request = request_of(whole.collection, garment, model, folder)
    return Order(request, title_of(garment, model), f"{slug(garment.name)}-{slug(model.name)}")


def title_of(garment: GarmentRecord, model: ModelRecord) -> Sentence:
    """What the job of a garment on a model is called."""
    return said("title.on", garments=garment.name, model=model.name)


def options_of(request: TryOnRequest) -> CollectionOptions:
    """The options that a request was made with."""
    return CollectionOptions(**{name: getattr(request, name) for name in _OPTIONS})
