"""From what was typed to the requests of the core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tryon_cli.backends.backend import Refused
from tryon_cli.words import Words
from tryon_core import (
    DEFAULT_MODEL,
    Age,
    Body,
    DescribedModel,
    FilePicture,
    Garment,
    GarmentType,
    Gender,
    LibraryModel,
    LinkPicture,
    Model,
    OwnPhotos,
    Picture,
    Style,
    Suit,
    TryOnRequest,
    Version,
    View,
    is_link,
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a described model is like; None is the usual."""

    gender: Gender | None = None
    style: Style | None = None
    age: Age | None = None
    body: Body | None = None

    def model(self) -> DescribedModel | None:
        """The model, where anything of it was said."""
        if not any((self.gender, self.style, self.age, self.body)):
            return None
        usual = DescribedModel()
        return DescribedModel(
            self.gender or usual.gender,
            self.style or usual.style,
            self.age or usual.age,
            self.body or usual.body,
        )


@dataclass(frozen=True, slots=True)
class Options:
    """What is the same for all jobs of one command."""

    view: View
    count: int
    version: Version
    quality_gate: bool
    trial: bool


def picture(words: Words, typed: str) -> Picture:
    """A file or a link. Raises `Refused` where there is no such file, and `InvalidRequest`."""
    if is_link(typed):
        return LinkPicture(typed)
    path = Path(typed).expanduser()
    if not path.is_file():
        raise Refused(words("no_file", file=typed))
    return FilePicture(path)


def suit(words: Words, garment: str, bottom: str, kind: GarmentType) -> Suit:
    """A garment, or with a bottom an outfit."""
    first = picture(words, garment)
    if not bottom:
        return Suit((Garment(first, kind),))
    return Suit((Garment(first, GarmentType.TOPS), Garment(picture(words, bottom), GarmentType.BOTTOMS)))


def models(words: Words, names: Sequence[str], photos: Sequence[str], traits: Traits) -> tuple[Model, ...]:
    """Every model that was named, described or given by photos, each for a job of its own."""
    own = OwnPhotos(tuple(picture(words, photo) for photo in photos)) if photos else None
    asked: list[Model] = [LibraryModel(name) for name in dict.fromkeys(names)]
    asked += [model for model in (traits.model(), own) if model]
    return tuple(asked) or (LibraryModel(DEFAULT_MODEL),)


def requests(suit: Suit, models: Sequence[Model], options: Options) -> tuple[TryOnRequest, ...]:
    """One request for each model."""
    return tuple(
        TryOnRequest(
            (suit,),
            model,
            view=options.view,
            count=options.count,
            quality_gate=options.quality_gate,
            version=options.version,
            trial=options.trial,
        )
        for model in models
    )
