"""A collection as the form holds it again, so that it can be added to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
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
    Model,
    OwnPhotos,
    Picture,
    Problem,
)
from tryon_ui.collection.draft import Draft, Person, Row
from tryon_ui.collection.draft_memory import Recalled
from tryon_ui.collection.taking_in import looked_at, with_thumbs
from tryon_ui.error_boundary import attempt
from tryon_ui.files import served
from tryon_ui.page_context import PageContext
from tryon_ui.samples import same_bytes

# Its own name is its digest: an article number would be read from that where none was given.
_CALLED: Final = "photo"
# The key of a garment or a model whose photos are gone: as no form has it, nothing is added that would be
# made of it, too.
_GONE: Final = "gone"


@dataclass(frozen=True, slots=True)
class FormOf:
    """What the form holds of a collection: the draft, all of which is made; the models of the library; and
    the names of garments and models whose photos are not here any more."""

    draft: Draft
    library: tuple[str, ...]
    missing: tuple[str, ...] = ()


async def form_of_collection(context: PageContext, collection: Collection) -> FormOf:
    """What the form holds of it, its photos as copies that a browser may name."""
    found = await asyncio.to_thread(_rows, context, collection)
    rows = await looked_at(context, [row for _, row in found if row])
    library = tuple(one.model.name for one in collection.models if isinstance(one.model, LibraryModel))
    others = [one for one in collection.models if not isinstance(one.model, LibraryModel)]
    people = [_person(context, collection.id, one) for one in others]
    seen = await with_thumbs(context, [person for person in people if person])
    draft = Draft(tuple(map(_as_shown, rows)), seen).made_into(collection.id, library, collection.options)
    garments = [name for name, row in found if row is None]
    models = [one.name for one, person in zip(others, people, strict=True) if person is None]
    return FormOf(_without(draft, garments, models), library, (*garments, *models))


async def recognized(context: PageContext, kept: Recalled, collection_id: str, *, visitor: str) -> Recalled:
    """What a browser kept, with all of it in this collection where that was made of the very same: a page
    that was opened anew before it heard of the collection kept what was put together, and not what became of
    it."""
    if not collection_id or kept.missing or not kept.draft.is_unsaved:
        return kept
    told = await attempt(context.studio.collections.get(collection_id, visitor=visitor))
    same = None if isinstance(told, Problem) else await _known_again(kept.draft, kept.models, told)
    return replace(kept, made=same.made, apart=same.apart) if same else kept


async def _known_again(draft: Draft, library: Sequence[str], collection: Collection) -> Draft | None:
    rows, people = draft.usable, draft.people
    named = {one.model.name for one in collection.models if isinstance(one.model, LibraryModel)}
    others = [one.model for one in collection.models if not isinstance(one.model, LibraryModel)]
    counts = (len(rows), len(people), set(library))
    if not rows or counts != (len(collection.garments), len(others), named):
        return None
    pairs = zip(rows, collection.garments, strict=True), zip(people, others, strict=True)
    return await asyncio.to_thread(_if_same, draft, library, collection, *pairs)


def _if_same(
    draft: Draft,
    library: Sequence[str],
    collection: Collection,
    garments: Iterable[tuple[Row, CollectionGarment]],
    models: Iterable[tuple[Person, Model]],
) -> Draft | None:
    """Blocks: it reads the photos."""
    same = all(_is_garment(*pair) for pair in garments) and all(_is_model(*pair) for pair in models)
    return draft.made_into(collection.id, library, collection.options) if same else None


def _is_garment(row: Row, garment: CollectionGarment) -> bool:
    there = garment.suit.garments
    kind = GarmentType.AUTO if len(there) > 1 else row.kind
    told = row.name == garment.name and row.article in ("", garment.article)
    if not told or kind not in (GarmentType.AUTO, there[0].type):
        return False
    return _are_photos([place for place in (row.place, row.bottom) if place], [one.picture for one in there])


def _is_model(person: Person, model: Model) -> bool:
    if isinstance(model, OwnPhotos):
        return _are_photos(person.photos, model.pictures)
    return not person.photos and person.described == model


def _are_photos(places: Sequence[str], pictures: Sequence[Picture]) -> bool:
    """Whether files are, byte for byte, those of a collection."""
    if len(places) != len(pictures):
        return False
    return all(
        isinstance(picture, FilePicture) and same_bytes(Path(place), picture.path)
        for place, picture in zip(places, pictures, strict=True)
    )


def _without(draft: Draft, garments: Sequence[str], models: Sequence[str]) -> Draft:
    """A draft of a collection that has these as well, which the form cannot show."""
    if draft.made is None:
        return draft
    keys = draft.made.keys | ({_GONE} if garments else frozenset())
    people = draft.made.people | ({f"{_GONE} model"} if models else frozenset())
    return replace(draft, made=replace(draft.made, keys=keys, people=people))


async def form_of_kept(context: PageContext, kept: Recalled, *, visitor: str) -> FormOf:
    """What a browser kept, with its small pictures. What of its collection that does not hold is taken from
    there: photos that are cleared away by now, and models that another page has added."""
    draft = await seen(context, kept.draft)
    if draft.before:
        draft = replace(draft, before=replace(draft.before, draft=await seen(context, draft.before.draft)))
    form = FormOf(draft, kept.models, kept.missing)
    if kept.made is None:
        return form
    told = await attempt(context.studio.collections.get(kept.made.collection_id, visitor=visitor))
    models = len(kept.made.library) + len(kept.made.people)
    if isinstance(told, Problem) or not (kept.missing or len(told.models) != models):
        return form
    return _with_more(await form_of_collection(context, told), form)


async def seen(context: PageContext, draft: Draft) -> Draft:
    """The draft with what is known of its photos, and small pictures of them."""
    rows, people = await looked_at(context, draft.rows), await with_thumbs(context, draft.people)
    return replace(draft, rows=rows, people=people)


def _with_more(there: FormOf, kept: FormOf) -> FormOf:
    """The form of a collection, with what of another form of it is in none yet."""
    more, made = kept.draft.more(), kept.draft.made
    known = made.library if made else frozenset()
    was = tuple(name for name in there.library if name in kept.library or name not in known)
    rows, people = (*there.draft.rows, *more.rows), (*there.draft.people, *more.people)
    draft = replace(there.draft, rows=rows, people=people, listed=kept.draft.listed, apart=kept.draft.apart)
    here = (*(row.name for row in there.draft.rows), *(one.name for one in there.draft.people))
    names = {*there.missing, *here}
    missing = (*there.missing, *(name for name in kept.missing if name not in names))
    return FormOf(draft, (*was, *(name for name in kept.library if name not in there.library)), missing)


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


def _person(context: PageContext, collection_id: str, column: CollectionModel) -> Person | None:
    """A model that is not of the library; None for one that is, or whose photos are not all here any more."""
    match column.model:
        case DescribedModel():
            return Person(column.name, column.model)
        case OwnPhotos():
            places = [_place(context, collection_id, photo) for photo in column.model.pictures]
            photos = tuple(place for place in places if place)
            return Person(column.name, photos=photos) if len(photos) == len(places) else None
        case _:
            return None
