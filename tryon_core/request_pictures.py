"""The pictures of a request by name: `garment-1-1`, `model-1`, `person`, `top`, `coarse`, `bottom`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import assert_never

from tryon_core.request import Asked, OwnPhotos, PickedUp, Picture, RefineRequest, Request, Suit, TryOnRequest
from tryon_core.sentences import said


def label(name: str) -> str:
    """A picture's name in a request, in the visitor's words: `garment-1-2` is "garment 2"."""
    kind, *numbers = name.split("-")
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
