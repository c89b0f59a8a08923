"""A collection and the pictures of a share put together to what those who have the link see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tryon_core.collections.model import Cell, Collection
from tryon_core.collections.naming import name_of_shown
from tryon_core.collections.shares.model import MOST_PICTURES, SharedGarment, SharedPicture, Vote
from tryon_core.collections.shares.records import ShareRecord, VoteRecord
from tryon_core.errors import InvalidRequest, rule
from tryon_core.job_state import Job, SavedPicture
from tryon_core.requests.request import FilePicture

Picture = tuple[str, str]  # a job's id, and the name of its file


def pictures_wanted(collection: Collection, pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """The pictures of a new share, in the order of rows and columns; where none is named, a refined one in
    place of its first. Raises `InvalidRequest` where one is not there, there is none, or there are more than
    `MOST_PICTURES`."""
    named = set(pictures)
    there = [one for cell in collection.cells for one in _to_share(collection, cell)]
    chosen = [(job.id, saved.name) for job, saved, best in there if best or named]
    chosen = [picture for picture in chosen if not named or picture in named]
    if not chosen or len(chosen) < len(set(pictures)):
        raise InvalidRequest(*rule("share_pictures", found=len(chosen)))
    if len(chosen) > MOST_PICTURES:
        raise InvalidRequest(*rule("share_many", found=len(chosen), most=MOST_PICTURES))
    return tuple(chosen)


def garments_shown(
    collection: Collection, pictures: tuple[Picture, ...], said: Mapping[int, VoteRecord]
) -> tuple[SharedGarment, ...]:
    """What of the pictures is still here, by garment."""
    numbers = {picture: at for at, picture in enumerate(pictures, 1)}
    models = {model.id: model.name for model in collection.models}

    def of(cell: Cell) -> list[SharedPicture]:
        return [
            SharedPicture(
                number := numbers[job.id, saved.name],
                models[cell.model_id],
                saved.width,
                saved.height,
                said[number].verdict if number in said else None,
                said[number].word if number in said else "",
            )
            for job, saved in _ever_of(collection, cell)
            if (job.id, saved.name) in numbers
        ]

    rows = []
    for garment in collection.garments:
        cells = (cell for cell in collection.cells if cell.garment_id == garment.id)
        if shown := [picture for cell in cells for picture in of(cell)]:
            parts = range(1, len(garment.suit.garments) + 1)
            photos = tuple(n for n in parts if photo_of(collection, garment.id, n) is not None)
            rows.append(SharedGarment(garment.id, garment.name, garment.article, photos, tuple(shown)))
    return tuple(rows)


def usual_title(collection: Collection, pictures: tuple[Picture, ...]) -> str:
    """The collection's name; where that only lists its garments, those that the pictures show."""
    shown = [garment.name for garment in garments_shown(collection, pictures, {})]
    return name_of_shown(collection.name, [garment.name for garment in collection.garments], shown)


def _to_share(collection: Collection, cell: Cell) -> Iterator[tuple[Job, SavedPicture, bool]]:
    """A cell's pictures, each refined one behind its first, and whether nothing better was made of it."""
    for job, saved in collection.pictures_of(cell):
        better = collection.made_better(job.id, saved.number)
        yield job, saved, better is None
        if better:
            yield *better, True


def _ever_of(collection: Collection, cell: Cell) -> Iterator[tuple[Job, SavedPicture]]:
    """All that a cell ever had and that is here, in the same order: a link goes on showing what was put under
    it when the same is had again."""
    for job in cell.all_jobs:
        for saved in job.pictures:
            yield job, saved
            refinement = collection.refinement(job.id, saved.number)
            for made in refinement.all_jobs if refinement else ():
                yield from ((made, one) for one in made.pictures)


def photo_of(collection: Collection, garment_id: str, number: int) -> FilePicture | None:
    """A picture of a garment of the collection, of an outfit that of its first part or second, where it lies
    here."""
    garment = next(garment for garment in collection.garments if garment.id == garment_id)
    part = next(iter(garment.suit.garments[number - 1 : number]), None)
    return part.picture if part and isinstance(part.picture, FilePicture) else None


def vote_of(row: VoteRecord, share: ShareRecord) -> Vote:
    """A vote under a link as the owner of both sees it."""
    job_id, picture = share.pictures[row.picture - 1]
    said = (row.verdict, row.word, row.changed_at)
    return Vote(row.share_id, row.name, job_id, picture, *said, shared_with=share.shared_with)
