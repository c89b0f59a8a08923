"""A collection as the form holds it again, so that it can be added to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tryon_core import (
    Collection,
    CollectionGarment,
    CollectionModel,
    DescribedModel,
    FilePicture,
    GarmentType,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    Picture,
)
from tryon_ui.collection.draft import Draft, Person, Row
from tryon_ui.collection.taking_in import looked_at, small
from tryon_ui.files import served
from tryon_ui.page_context import PageContext

# Its own name is its digest: an article number would be read from that where none was given.
_CALLED: Final = "photo"


@dataclass(frozen=True, slots=True)
class FormOf:
    """What the form holds of a collection: the draft, all of which is made; the models of the library; and
    the names of garments whose photos are not here any more."""

    draft: Draft
    library: tuple[str, ...]
    missing: tuple[str, ...] = ()


async def form_of_collection(context: PageContext, collection: Collection) -> FormOf:
    """What the form holds of it, its photos as copies that a browser may name."""
    found = await asyncio.to_thread(_rows, context, collection)
    rows = await looked_at(context, [row for _, row in found if row])
    library = tuple(one.model.name for one in collection.models if isinstance(one.model, LibraryModel))
    people = [await _person(context, collection.id, one) for one in collection.models]
    draft = Draft(tuple(map(_as_shown, rows)), tuple(one for one in people if one))
    missing = tuple(name for name, row in found if row is None)
    return FormOf(draft.made_into(collection.id, library, collection.options), library, missing)


def _rows(context: PageContext, collection: Collection) -> list[tuple[str, Row | None]]:
    """Each garment's name and its row; None for one whose photo is not here any more. Blocks."""
    return [(one.name, _row(context, collection.id, one)) for one in collection.garments]


def _row(context: PageContext, collection_id: str, garment: CollectionGarment) -> Row | None:
    first, *more = garment.suit.garments
    places = [_place(context, collection_id, one.picture) for one in garment.suit.garments]
    if None in places:
        return None
    place, *below = filter(None, places)
    kind = GarmentType.AUTO if more else first.type
    return Row(place, garment.name, garment.article, "".join(below[:1]), kind)


def _place(context: PageContext, collection_id: str, picture: Picture) -> str | None:
    if isinstance(picture, LinkPicture):
        return picture.url
    if not isinstance(picture, FilePicture) or not picture.path.is_file():
        return None
    sample = context.samples.same_as(picture.path)
    return served(sample.path) if sample else served(picture.path, collection_id, _CALLED)


def _as_shown(row: Row) -> Row:
    """What its photo looks like anyway is nothing of its own, as in `Draft.renamed`."""
    return replace(row, kind=GarmentType.AUTO) if row.kind is row.looks else row


async def _person(context: PageContext, collection_id: str, column: CollectionModel) -> Person | None:
    """A model that is not of the library; None for one that is, or whose photos are not here any more."""
    match column.model:
        case DescribedModel():
            return Person(column.name, column.model)
        case OwnPhotos():
            places = [_place(context, collection_id, photo) for photo in column.model.pictures]
            photos = tuple(place for place in places if place)
            thumb = await small(context, Path(photos[0])) if photos else ""
            return Person(column.name, photos=photos, thumb=thumb) if photos else None
        case _:
            return None
