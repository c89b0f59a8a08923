"""A request as the endpoints of a running app take it: what `/tryon` and `/refine` are called with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tryon_core import (
    DescribedModel,
    LibraryModel,
    OwnPhotos,
    Picture,
    RefineRequest,
    Request,
    TryOnRequest,
)

Sent = Callable[[Picture], Awaitable[Any]]
"""Sends a picture to the app, and gives what stands for it in a call."""


async def job_given(request: Request, sent: Sent) -> dict[str, object]:
    """The arguments of the request's endpoint; its files are with the app then."""
    if isinstance(request, RefineRequest):
        bottom = {"bottom": await sent(request.bottom)} if request.bottom else {}
        pictures = {name: await sent(getattr(request, name)) for name in ("person", "top", "coarse")}
        return {**pictures, **bottom, "gender": request.gender.value}
    (suit,) = request.suits
    garment, *bottom_of = suit.garments
    return {
        "garment": await sent(garment.picture),
        **({"bottom": await sent(bottom_of[0].picture)} if bottom_of else {}),
        **({} if bottom_of else {"garment_type": garment.type.value}),
        **await _model(request, sent),
        "view": request.view.value,
        "count": request.count,
        "quality_gate": request.quality_gate,
        "version": request.version.value,
        "trial": request.trial,
    }


async def _model(request: TryOnRequest, sent: Sent) -> dict[str, object]:
    match request.model:
        case LibraryModel(name):
            return {"model": name}
        case DescribedModel(gender, style, age, body):
            return {"gender": gender.value, "style": style.value, "age": age.value, "body": body.value}
        case OwnPhotos(pictures):
            return {"model_photos": [await sent(picture) for picture in pictures]}
