"""A request taken apart and put together: its pictures by name, and the whole as plain JSON.

Names are `garment-1-1`, `model-1`, `person`, `top`, `coarse`, `bottom`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import assert_never

from pydantic import TypeAdapter

from tryon_core.errors import InvalidRequest, rule
from tryon_core.requests.request import (
    Asked,
    FilePicture,
    KeptLink,
    LinkPicture,
    OwnPhotos,
    PickedUp,
    Picture,
    RefineRequest,
    Request,
    Suit,
    TryOnRequest,
)
from tryon_core.sentences import said

UNREADABLE = (InvalidRequest, KeyError, ValueError, TypeError)
"""What reading JSON that is no request's may raise."""

_WEB = ("http://", "https://")
_KINDS: Mapping[str, type[Asked]] = {"tryon": TryOnRequest, "refine": RefineRequest, "task": PickedUp}
_ADAPTERS: Mapping[str, TypeAdapter[Asked]] = {kind: TypeAdapter(made) for kind, made in _KINDS.items()}


def is_link(text: str) -> bool:
    """Whether what names a picture is an address on the web, and no file; a scheme may be in capitals."""
    return text.lower().startswith(_WEB)


def picture_at(text: str) -> Picture:
    """An address as a link, anything else as the path of a file: `picture_at("shirts/white.jpg")`. Raises
    `InvalidRequest` for an address without a host."""
    return LinkPicture(text) if is_link(text) else FilePicture(Path(text))


def label(name: str) -> str:
    """A picture's name in a request, in the visitor's words: `garment-1-1` is "garment", which it is for a
    reader who gave no other, and `garment-1-2` the "bottom" that is worn with it, as front ends order them.
    A row of a collection, `garment-2`, is "garment 2"."""
    kind, *numbers = name.split("-")
    if kind == "garment" and numbers[1:]:
        return said("picture.only_garment" if numbers[1] == "1" else "picture.bottom")
    return said(f"picture.{kind}", number=numbers[-1] if numbers else "")


def kind_of(name: str) -> str:
    """What a picture is, by its name in a request: `garment-1-2` is a garment."""
    return name.partition("-")[0]


def pictures_of(request: Asked) -> Iterator[tuple[str, Picture]]:
    """Every picture of a request with a name that is unique in it: `garment-1-1`, `model-1`, `person`, ..."""
    match request:
        case TryOnRequest():
            for i, suit in enumerate(request.suits, 1):
                yield from ((f"garment-{i}-{j}", g.picture) for j, g in enumerate(suit.garments, 1))
            if isinstance(request.model, OwnPhotos):
                yield from ((f"model-{i}", picture) for i, picture in enumerate(request.model.pictures, 1))
        case RefineRequest():
            for name in ("person", "top", "coarse", "bottom"):
                picture = getattr(request, name)
                if picture is not None:
                    yield name, picture
        case PickedUp():
            return
        case _:
            assert_never(request)


def with_pictures(request: Request, new: dict[str, Picture]) -> Request:
    """The same request with the pictures of `new` (by the names of `pictures_of`) in place of its own."""
    match request:
        case TryOnRequest():
            suits = tuple(
                Suit(
                    tuple(
                        replace(g, picture=new.get(f"garment-{i}-{j}", g.picture))
                        for j, g in enumerate(s.garments, 1)
                    )
                )
                for i, s in enumerate(request.suits, 1)
            )
            model = request.model
            if isinstance(model, OwnPhotos):
                model = OwnPhotos(tuple(new.get(f"model-{i}", p) for i, p in enumerate(model.pictures, 1)))
            return replace(request, suits=suits, model=model)
        case RefineRequest():
            mine = {
                name: picture for name, picture in new.items() if name in {f.name for f in fields(request)}
            }
            return replace(request, **mine)  # type: ignore[arg-type]
        case _:
            assert_never(request)


def links_of(request: Request) -> dict[str, LinkPicture]:
    """The links of a request, by the names of its pictures."""
    return {name: picture for name, picture in pictures_of(request) if isinstance(picture, LinkPicture)}


def without_addresses(request: Request) -> Request:
    """The request as the ledger may keep it."""
    kept: dict[str, Picture] = {
        name: KeptLink(link.host, link.file_name) for name, link in links_of(request).items()
    }
    return with_pictures(request, kept)


def to_json(request: Asked) -> dict[str, object]:
    """A plain JSON object; `from_json` makes an equal request of it."""
    kind = next(kind for kind, made in _KINDS.items() if isinstance(request, made))
    plain: dict[str, object] = _ADAPTERS[kind].dump_python(request, mode="json", warnings=False)
    return {"kind": kind, **plain}


def from_json(data: Mapping[str, object]) -> Asked:
    """What `to_json` wrote, each value of its own type. Raises one of `UNREADABLE` for something else."""
    plain = {name: value for name, value in data.items() if name != "kind"}
    read = _ADAPTERS[str(data["kind"])].validate_json(json.dumps(plain), strict=True)
    if not _covers(to_json(read), data):
        raise ValueError("a field that no request has")
    return read


def asked_from_json(data: Mapping[str, object]) -> Asked:
    """The same; one that cannot be read passes for a picked up task: a job whose pictures are paid for is not
    lost with it."""
    try:
        return from_json(data)
    except UNREADABLE:
        return PickedUp()


def packed_request(request: Request) -> dict[str, object]:
    """A request for the ledger: files by their bare names, so that the data folder may move; links without
    their addresses."""
    bare = {
        name: FilePicture(Path(picture.path.name))
        for name, picture in pictures_of(request)
        if isinstance(picture, FilePicture)
    }
    return proven(to_json(without_addresses(with_pictures(request, dict(bare)))))


def proven(data: dict[str, object]) -> dict[str, object]:
    """The JSON of a request, read back as the database will read it. Raises `InvalidRequest` where that is
    not what was asked for: such a row could never be read."""
    try:
        read = to_json(from_json(json.loads(json.dumps(data).encode().decode())))
    except UNREADABLE:
        read = {}
    if read != data:
        raise InvalidRequest(*rule("not_kept"))
    return data


def _covers(whole: object, part: object) -> bool:
    """Whether nothing of `part` was left out of `whole`."""
    if isinstance(whole, dict) and isinstance(part, Mapping):
        return all(name in whole and _covers(whole[name], value) for name, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(whole) == len(part) and all(map(_covers, whole, part))
    return whole == part
