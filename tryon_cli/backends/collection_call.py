"""A collection as the endpoint of a running app takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tryon_cli.backends.backend import Refused
from tryon_cli.words import Words
from tryon_core import LibraryModel, NewCollection, NewGarment, OwnPhotos, Picture

Send = Callable[[Picture], Awaitable[Any]]


async def collection_given(new: NewCollection, send: Send, words: Words) -> dict[str, object]:
    """The arguments of `/collection`; `send` makes of a picture what it takes. Raises `Refused`."""
    names = [column.model.name for column in new.models if isinstance(column.model, LibraryModel)]
    own = [column.model for column in new.models if isinstance(column.model, OwnPhotos)]
    if len(own) > 1:
        raise Refused(words("one_own_model"))
    options = new.options
    return {
        "garments": [await send(row.suit.garments[0].picture) for row in new.garments],
        "bottoms": [await _bottom(row, send) for row in new.garments],
        "garment_names": [row.name for row in new.garments],
        "articles": [row.article for row in new.garments],
        **({"models": names} if names else {}),
        **({"model_photos": [await send(photo) for photo in own[0].pictures]} if own else {}),
        "view": options.view.value,
        "count": options.count,
        "quality_gate": options.quality_gate,
        "version": options.version.value,
        "trial": options.trial,
        "name": new.name,
        "vendor": new.vendor,
    }


async def _bottom(row: NewGarment, send: Send) -> Any:
    bottoms = row.suit.garments[1:]
    return await send(bottoms[0].picture) if bottoms else ""
