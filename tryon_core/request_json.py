"""A request as plain JSON and back: the same after the trip."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TypeVar, cast

from tryon_core.errors import InvalidRequest
from tryon_core.field_types import check_type
from tryon_core.request import (
    Age,
    Asked,
    Body,
    DescribedModel,
    FilePicture,
    Garment,
    GarmentType,
    Gender,
    KeptLink,
    LibraryModel,
    LinkPicture,
    Model,
    OwnPhotos,
    PersonGender,
    PickedUp,
    Picture,
    RefineRequest,
    Request,
    Style,
    Suit,
    TryOnRequest,
    Version,
    View,
)

T = TypeVar("T")


def to_json(request: Asked) -> dict[str, object]:
    """A plain JSON object; `from_json` makes an equal request of it."""
    return {"kind": _KIND_OF[type(request)], **_plain(request)}


def from_json(data: dict[str, object]) -> Request:
    """The request that `to_json` wrote. Raises one of `UNREADABLE` when it is something else."""
    kind = data["kind"]
    return _refine_from(data) if kind == "refine" else _tryon_from(data)


def asked_from_json(data: dict[str, object]) -> Asked:
    """The same, where a picked up task may stand in place of a request, and does so of one that cannot be
    read: a job whose pictures are paid for is not lost with it."""
    try:
        return PickedUp() if data["kind"] == _KIND_OF[PickedUp] else from_json(data)
    except UNREADABLE:
        return PickedUp()


def proven(data: dict[str, object]) -> dict[str, object]:
    """The JSON of a request, read back as the database will read it. Raises `InvalidRequest` where that is
    not what was asked for: such a row could never be read."""
    try:
        read = to_json(from_json(json.loads(json.dumps(data).encode().decode())))
    except UNREADABLE:
        read = {}
    if read != data:
        raise InvalidRequest("request", "a value that cannot be kept", "the values that the form offers")
    return data


UNREADABLE = (InvalidRequest, KeyError, ValueError, TypeError, AttributeError, AssertionError)
"""What reading JSON that is no request's may raise."""

_KIND_OF: dict[type, str] = {TryOnRequest: "tryon", RefineRequest: "refine", PickedUp: "task"}


def _plain(value: object) -> dict[str, object]:
    assert is_dataclass(value)
    return {f.name: _jsonable(getattr(value, f.name)) for f in fields(value)}


def _jsonable(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, tuple):
        return [_jsonable(item) for item in value]
    return value


def _value(value: object, kind: type[T]) -> T:
    check_type("value", value, kind)
    return cast(T, value)


def _picture(data: object) -> Picture:
    assert isinstance(data, dict)
    if "path" in data:
        return FilePicture(Path(data["path"]))
    # Rows of earlier versions hold whole addresses.
    return LinkPicture(str(data["url"])) if "url" in data else KeptLink(str(data["host"]), str(data["name"]))


def _model(data: dict[str, object]) -> Model:
    if "pictures" in data:
        pictures = data["pictures"]
        assert isinstance(pictures, list)
        return OwnPhotos(tuple(_picture(p) for p in pictures))
    if "name" in data:
        return LibraryModel(str(data["name"]), str(data["base"]))
    return DescribedModel(
        Gender(str(data["gender"])), Style(str(data["style"])), Age(str(data["age"])), Body(str(data["body"]))
    )


def _suit(data: object) -> Suit:
    assert isinstance(data, dict)
    return Suit(tuple(Garment(_picture(g["picture"]), GarmentType(g["type"])) for g in data["garments"]))


def _tryon_from(data: dict[str, object]) -> TryOnRequest:
    suits, model = data["suits"], data["model"]
    assert isinstance(suits, list) and isinstance(model, dict)
    return TryOnRequest(
        suits=tuple(_suit(s) for s in suits),
        model=_model(model),
        view=View(str(data["view"])),
        count=_value(data["count"], int),
        quality_gate=_value(data["quality_gate"], bool),
        version=Version(str(data["version"])),
        trial=_value(data["trial"], bool),
    )


def _refine_from(data: dict[str, object]) -> RefineRequest:
    return RefineRequest(
        person=_picture(data["person"]),
        top=_picture(data["top"]),
        coarse=_picture(data["coarse"]),
        gender=PersonGender(str(data["gender"])),
        bottom=_picture(data["bottom"]) if data.get("bottom") else None,
    )
