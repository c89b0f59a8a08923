"""What is handed over of a collection: its pictures in its own order, each refined one behind its first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from tryon_core.collections.export.contents import Export, ExportGarment, ExportPicture
from tryon_core.collections.model import Cell, Collection, CollectionGarment, CollectionModel
from tryon_core.collections.naming import name_of_shown
from tryon_core.collections.shares.model import Vote
from tryon_core.errors import InvalidRequest, rule
from tryon_core.job_state import Job, SavedPicture
from tryon_core.requests.request import FilePicture, OwnPhotos
from tryon_core.sentences import ENGLISH, in_language, said

_OPTIONS = ("view", "count", "quality_gate", "version", "trial")


class Which(StrEnum):
    """Which pictures are handed over."""

    CHOSEN = "chosen"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the front: a title, `name_of_shown` where there is none; whose it is, "" for nobody
    named; and the language of all that is not the visitor's own words."""

    title: str = ""
    by: str = ""
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which pictures, in what language, and what was said of them by job and file name."""

    which: Which
    language: str
    votes: Mapping[tuple[str, str], tuple[Vote, ...]] = field(default_factory=dict)


def export_of(
    collection: Collection, which: Which, cover: Cover, made_at: float, votes: Sequence[Vote] = ()
) -> Export:
    """The pictures whose files are here, each with its votes of those given. Looks for each of them: call it
    in a worker thread.

    Raises `InvalidRequest` where there is none.
    """
    wanted = _Wanted(which, cover.language, _by_picture(votes))
    rows = (_garment(collection, garment, wanted) for garment in collection.garments)
    garments = tuple(row for row in rows if row.pictures)
    if not garments:
        raise InvalidRequest(*rule(_NOTHING[which]))
    names = [garment.name for garment in collection.garments]
    title = cover.title or name_of_shown(collection.name, names, [garment.name for garment in garments])
    return Export(title, garments, made_at, cover.by, cover.language)


_NOTHING = {Which.CHOSEN: "nothing_chosen", Which.ALL: "nothing_made"}


def best_of(export: Export) -> Export:
    """The same with each refined picture in place of its first, for those who are to decide."""
    made_better = {picture.refined_from for picture in export.pictures}
    garments = (
        replace(garment, pictures=tuple(one for one in garment.pictures if one.sha256 not in made_better))
        for garment in export.garments
    )
    return replace(export, garments=tuple(garments))


def _by_picture(votes: Sequence[Vote]) -> Mapping[tuple[str, str], tuple[Vote, ...]]:
    found: dict[tuple[str, str], tuple[Vote, ...]] = {}
    for vote in votes:
        place = vote.job_id, vote.picture
        found[place] = (*found.get(place, ()), vote)
    return found


def _garment(collection: Collection, garment: CollectionGarment, wanted: _Wanted) -> ExportGarment:
    columns = {model.id: model for model in collection.models}
    cells = (cell for cell in collection.cells if cell.garment_id == garment.id)
    pictures = (
        picture
        for cell in cells
        for picture in _of_cell(collection, cell, garment, columns[cell.model_id], wanted)
    )
    shown = tuple(_in_words(picture, wanted.language) for picture in pictures if picture.path.is_file())
    return ExportGarment(garment.name, garment.article, shown, tuple(_photos(garment)))


def _of_cell(
    collection: Collection,
    cell: Cell,
    garment: CollectionGarment,
    model: CollectionModel,
    wanted: _Wanted,
) -> Iterator[ExportPicture]:
    notes = {(one.job_id, one.number): one.note for one in collection.choices}
    chosen = {(one.job_id, one.number) for one in collection.chosen}
    for job, saved in collection.pictures_of(cell):
        place = job.id, saved.number
        if wanted.which is Which.ALL or place in chosen:
            first = _picture(collection, job, saved, garment, model, wanted)
            first = replace(first, note=notes.get(place, ""), chosen=place in chosen)
            yield first
            refinement = collection.refinement(*place)
            if refinement is not None and refinement.job is not None:
                yield from _refined(collection, refinement.job, first, garment, model, wanted)


def _refined(
    collection: Collection,
    job: Job,
    first: ExportPicture,
    garment: CollectionGarment,
    model: CollectionModel,
    wanted: _Wanted,
) -> Iterator[ExportPicture]:
    for saved in job.pictures:
        picture = _picture(collection, job, saved, garment, model, wanted)
        yield replace(picture, n=first.n, refined_from=first.sha256, chosen=first.chosen, options={})


def _picture(
    collection: Collection,
    job: Job,
    saved: SavedPicture,
    garment: CollectionGarment,
    model: CollectionModel,
    wanted: _Wanted,
) -> ExportPicture:
    options = collection.options
    return ExportPicture(
        path=saved.path,
        garment=garment.name,
        article=garment.article,
        model=model.name,
        view=options.view,
        n=saved.number,
        vendor=job.vendor_name,
        live=job.live,
        task_id=job.task_id,
        request_id=job.request_ids[-1] if job.request_ids else "",
        width=saved.width,
        height=saved.height,
        size=saved.size,
        sha256=saved.sha256,
        made_at=job.submitted_at if job.finished_at is None else job.finished_at,
        charged=job.charged.value,
        person=isinstance(model.model, OwnPhotos),
        votes=wanted.votes.get((job.id, saved.name), ()),
        options={name: getattr(options, name) for name in _OPTIONS},
    )


def _in_words(picture: ExportPicture, language: str) -> ExportPicture:
    """With what stands in names of files said in a language."""
    view = in_language(said(f"view.{picture.view}"), language)
    model = in_language(picture.model, language)
    return replace(picture, view=view, model=model)


def _photos(garment: CollectionGarment) -> Iterator[Path]:
    for part in garment.suit.garments:
        if isinstance(part.picture, FilePicture) and part.picture.path.is_file():
            yield part.picture.path
