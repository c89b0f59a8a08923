"""A collection as the endpoint of a running app takes it."""

from __future__ import annotations

from typing import Any

from tryon_cli.backends.backend import Refused
from tryon_cli.backends.job_call import Sent
from tryon_cli.words import Words
from tryon_core import LibraryModel, NewCollection, NewGarment, OwnPhotos


async def collection_given(new: NewCollection, sent: Sent, words: Words) -> dict[str, object]:
    """The arguments of `/collection`; files are with the app then. Raises `Refused`."""
    names = [column.model.name for column in new.models if isinstance(column.model, LibraryModel)]
    own = [column.model for column in new.models if isinstance(column.model, OwnPhotos)]
    if len(own) > 1:
        raise Refused(words("one_own_model"))
    options = new.options
    return {
        "garments": [await sent(row.suit.garments[0].picture) for row in new.garments],
        "bottoms": [await _bottom(row, sent) for row in new.garments],
        "garment_names": [row.name for row in new.garments],
        "articles": [row.article for row in new.garments],
        **({"models": names} if names else {}),
        **({"model_photos": [await sent(photo) for photo in own[0].pictures]} if own else {}),
        "view": options.view.value,
        "count": options.count,
        "quality_gate": options.quality_gate,
        "version": options.version.value,
        "trial": options.trial,
        "name": new.name,
        "vendor": new.vendor,
    }


async def _bottom(row: NewGarment, sent: Sent) -> Any:
    bottoms = row.suit.garments[1:]
    return await sent(bottoms[0].picture) if bottoms else ""
