"""A collection by command: planned, begun as a whole, followed; its pictures come into the folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tryon_cli.backends.backend import Named, Refused
from tryon_cli.backends.seen_collection import SeenCell
from tryon_cli.commands.collection_notes import CollectionNote, CollectionNotes, digest_of
from tryon_cli.commands.following import Follower
from tryon_cli.commands.pictures import picture, suit
from tryon_cli.commands.plan_file import PlanFile
from tryon_cli.exit_codes import Exit, exit_of_cell, worst
from tryon_cli.words import Words
from tryon_core import (
    DEFAULT_MODEL,
    CollectionOptions,
    FilePicture,
    GarmentType,
    LibraryModel,
    LinkPicture,
    NewCollection,
    NewGarment,
    NewModel,
    OwnPhotos,
    is_link,
    slug,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How it is begun: only planned, over the operator's number of jobs, in spite of an equal one."""

    only_plan: bool = False
    confirmed: bool = False
    again: bool = False


def new_collection(
    words: Words,
    plan: PlanFile,
    more_models: Sequence[str],
    options: CollectionOptions,
    name: str,
    vendor: str,
) -> NewCollection:
    """What a plan asks for. Raises `Refused` and `InvalidRequest`."""
    names = tuple(dict.fromkeys((*plan.models, *more_models))) or (DEFAULT_MODEL,)
    rows = (
        NewGarment(suit(words, line.garment, line.bottom, GarmentType.AUTO), line.name, line.article)
        for line in plan.lines
    )
    return NewCollection(tuple(rows), tuple(_column(words, name) for name in names), options, name, vendor)


def _column(words: Words, typed: str) -> NewModel:
    if is_link(typed) or Path(typed).is_file():
        return NewModel(OwnPhotos((picture(words, typed),)))
    return NewModel(LibraryModel(typed))


def _worn_by(column: NewModel) -> str:
    """Who wears the garments, for whoever named nobody: the name in the library, or that of the photo."""
    match column.model:
        case LibraryModel(name):
            return name
        case OwnPhotos((FilePicture(path), *_)):
            return path.name
        case OwnPhotos((LinkPicture() as link, *_)):
            return link.file_name or link.host
        case _:
            raise TypeError("a model that no plan can name")


async def collect(follower: Follower, new: NewCollection, out: Path, wishes: Wishes) -> Exit:
    """Begins a collection, unless the same line has begun it before, and follows it to its end."""
    notes = follower.notes
    digest = digest_of(new)
    known = None if wishes.again else notes.of(digest)
    if known is not None and not wishes.only_plan:
        follower.check(out)
        note = CollectionNote(digest, known.id, out)
    else:
        plan = await follower.backend.plan_collection(new, examined=wishes.only_plan)
        follower.show.planned({**plan, "models": tuple(map(_worn_by, new.models))})
        if wishes.only_plan:
            return Exit.DONE
        follower.check(out)
        made = await follower.backend.begin_collection(new, confirmed=wishes.confirmed, again=wishes.again)
        note = CollectionNote(digest, made.id, out)
    notes.keep(note)
    return await follow_collection(follower, notes, note)


async def follow_collection(follower: Follower, notes: CollectionNotes, note: CollectionNote) -> Exit:
    """Follows a collection to the end of its last cell."""
    told, name = dict[str, Exit](), ""
    follower.collections.add(note.id)
    async for seen in follower.backend.watch_collection(note.id):
        name = seen.name
        follower.show.whole(name, seen.over, len(seen.cells))
        for cell in seen.cells:
            begun = cell.job is not None or cell.state.ended
            if begun and cell.id not in told:
                await _deliver(follower, cell, note.out)
                if cell.state.ended:
                    told[cell.id] = exit_of_cell(cell)
    notes.done(note)
    follower.collections.discard(note.id)
    follower.show.exportable([Named(note.id, name)])
    return worst(told.values())


async def _deliver(follower: Follower, cell: SeenCell, out: Path) -> None:
    """Shows a cell as it is, and delivers what it has."""
    if cell.job is None:
        where = follower.words("cell", garment=cell.garment, model=cell.model)
        why = cell.message or follower.words(f"cell_state.{cell.state}")
        return follower.show.refused(Refused(f"{where}: {why}"))
    article = f"{slug(cell.article)}_" if cell.article else ""
    follower.show.seen(cell.job)
    files = await follower.delivered(cell.job, out, article)
    if cell.state.ended:
        follower.show.ended(cell.job, files)
    return None
