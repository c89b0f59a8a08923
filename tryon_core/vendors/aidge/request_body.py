"""The body of an Aidge submit: our words in the vendor's spelling."""

from __future__ import annotations

from typing import assert_never

from tryon_core.errors import InvalidRequest, rule
from tryon_core.requests.choices import GarmentType, View
from tryon_core.requests.request import (
    DescribedModel,
    Garment,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    Picture,
    Suit,
    TryOnRequest,
)

GENERAL = "General"  # the vendor's public model library


def suits_of(request: TryOnRequest) -> list[dict[str, object]]:
    """One element per suit, with the fields of the vendor's submit page.

    Raises `InvalidRequest` when a picture is a file: Aidge takes links only.
    """
    return [_suit(number, suit, request) for number, suit in enumerate(request.suits, 1)]


def _suit(number: int, suit: Suit, request: TryOnRequest) -> dict[str, object]:
    return {
        "clothesList": [_garment(f"garment-{number}-{i}", g) for i, g in enumerate(suit.garments, 1)],
        **_model(request),
        **_number_and_view(request),
        "inputQualityDetect": int(request.quality_gate),
    }


def _number_and_view(request: TryOnRequest) -> dict[str, object]:
    """With own photos the number is left out, as in the page's sample, and so is the default view: each photo
    makes one picture, and were it multiplied by these, all of them would be charged."""
    view: dict[str, object] = {"viewType": request.view.value}
    if isinstance(request.model, OwnPhotos):
        return {} if request.view is View.FULL_BODY else view
    return {**view, "generateCount": request.count}


def _garment(name: str, garment: Garment) -> dict[str, object]:
    link = _link(name, garment.picture)
    # Left blank, the vendor recognises the type by itself.
    return (
        {"imageUrl": link}
        if garment.type is GarmentType.AUTO
        else {"imageUrl": link, "type": garment.type.value}
    )


def _model(request: TryOnRequest) -> dict[str, object]:
    match request.model:
        case OwnPhotos(pictures):
            return {"modelImage": [_link(f"model-{i}", p) for i, p in enumerate(pictures, 1)]}
        case LibraryModel(name, base):
            return {"model": {"base": base, "name": name}}
        case DescribedModel(gender, style, age, body):
            return {
                "model": {
                    "base": GENERAL,
                    "gender": gender.value,
                    "style": style.value,
                    "age": age.value,
                    "body": body.value,
                }
            }
        case _:
            assert_never(request.model)


def _link(name: str, picture: Picture) -> str:
    if not isinstance(picture, LinkPicture):
        raise InvalidRequest(*rule("links_only", name, vendor="Aidge"))
    return picture.url
