"""Which pictures a card shows: what went in, what came out, and the places of those still to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tryon_core import (
    FilePicture,
    Job,
    JobState,
    LibraryModel,
    RefineRequest,
    SavedPicture,
    TryOnRequest,
    pictures_of,
)
from tryon_ui import links
from tryon_ui.card.parts import BeforeAfter, Option, Origin, Tile
from tryon_ui.texts import phrases, say

Portraits = Mapping[str, str]
"""The address of each library model's picture, by the model's name."""
NO_PORTRAITS: Final[Portraits] = MappingProxyType({})
_ORIGINS: Final = 4  # more do not fit beside each other


def tiles_of(job: Job) -> tuple[Tile, ...]:
    """A place for each picture of the job, those that are here first."""
    made = pictures_made(job)
    missing = max(0, job.expected - len(made))
    live = job.state is JobState.RUNNING
    blank = (Tile(len(made) + n, "", live=live) for n in range(1, missing + 1))
    return (*made, *blank)


def pictures_made(job: Job) -> tuple[Tile, ...]:
    """The pictures that are here."""
    return tuple(_tile(job, picture) for picture in job.pictures)


def options_of(job: Job) -> tuple[Option, ...]:
    """What can be laid side by side, once a picture is here."""
    if not job.pictures:
        return ()
    went_in = (_option(label, job.id, name) for label, name in inputs_of(job))
    came_out = (_option(say("card.picture_n", n=p.number), job.id, p.name, p.sha256) for p in job.pictures)
    return (*went_in, *came_out)


def slider_of(job: Job) -> BeforeAfter | None:
    """The refined picture over the one that it was made of."""
    request = job.request
    if not isinstance(request, RefineRequest) or not job.pictures:
        return None
    if not isinstance(request.coarse, FilePicture):
        return None
    before = (job.id, request.coarse.path.name)
    after = (job.id, job.pictures[-1].name, job.pictures[-1].sha256)
    return BeforeAfter(links.file(*before), links.file(*after), links.view(*before), links.view(*after))


def origins_of(job: Job, portraits: Portraits) -> tuple[Origin, ...]:
    """What the job was made from, as far as there are pictures of it."""
    return tuple(_origins(job, portraits))[:_ORIGINS]


def thumbs_of(job: Job) -> tuple[str, ...]:
    """Small pictures that tell the job at a glance: what went in first, then what came out."""
    inputs = [name for _, name in inputs_of(job)][:2]
    before = [(name, "") for name in (inputs[:1] if job.pictures else inputs)]
    after = [(picture.name, picture.sha256) for picture in job.pictures]
    return tuple(links.thumb(job.id, *one) for one in (*before, *after))


def size_of(picture: SavedPicture) -> str:
    """`768 × 1024`."""
    return say("word.size", width=picture.width, height=picture.height)


def _origins(job: Job, portraits: Portraits) -> Iterator[Origin]:
    for key, picture in pictures_of(job.request):
        if isinstance(picture, FilePicture):
            link = links.thumb(job.id, picture.path.name)
            yield Origin(phrases.input_label(key), link, person=key.startswith(_PERSONS))
    model = job.request.model if isinstance(job.request, TryOnRequest) else None
    if isinstance(model, LibraryModel) and model.name in portraits:
        yield Origin(model.name, portraits[model.name], person=True)


_PERSONS: Final = ("model", "person", "coarse")


def _option(label: str, *picture: str) -> Option:
    return Option(label, links.file(*picture), links.view(*picture))


def _tile(job: Job, picture: SavedPicture) -> Tile:
    named = (job.id, picture.name, picture.sha256)
    return Tile(
        number=picture.number,
        alt=say("card.picture_of", title=job.title, n=picture.number),
        thumb=links.thumb(*named),
        view=links.view(*named),
        srcset=links.views(job.id, picture),
        full=links.file(*named),
        save=links.download(*named),
        title=_title(job, picture),
        name=picture.name,
    )


def _title(job: Job, picture: SavedPicture) -> str:
    if job.expected == 0:
        return say("card.picture_n", n=picture.number)
    return say("card.picture_n_of_m", n=picture.number, m=max(job.expected, picture.number))


def inputs_of(job: Job) -> tuple[tuple[str, str], ...]:
    """Label and file name of every picture that went in and lies in the job's folder."""
    return tuple(
        (phrases.input_label(key), picture.path.name)
        for key, picture in pictures_of(job.request)
        if isinstance(picture, FilePicture)
    )
