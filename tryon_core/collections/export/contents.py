"""What is handed over, frozen: garments in the order they were arranged in, each with its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tryon_core.collections.export.ai_label import SourceLabel, SourceType
from tryon_core.collections.shares.model import Vote
from tryon_core.sentences import ENGLISH, said


@dataclass(frozen=True, slots=True)
class ExportPicture:
    """A saved picture and all that the manifest says of it.

    `garment`, `article` and `model` are the visitor's words; `view` and `options` what was asked for. `n`
    counts from 1 within its garment and model. `width` and `height` are pixels as stored, `size` is bytes,
    `sha256` of the file as the vendor served it, `made_at` Unix seconds. `vendor` is its name, `live` is
    False for the sandbox's copy of it. `refined_from` is the SHA-256 of the picture that this one was made
    of, "" for a first one. `person` says that it was made from a real person's photo, `chosen` that it has
    a star or was made of one that has. `votes` is what was said of it under links, oldest first.
    """

    path: Path
    garment: str
    article: str
    model: str
    view: str
    n: int
    vendor: str
    live: bool
    task_id: str
    request_id: str
    width: int
    height: int
    size: int
    sha256: str
    made_at: float
    charged: str
    person: bool = False
    refined_from: str = ""
    note: str = ""
    chosen: bool = False
    votes: tuple[Vote, ...] = ()
    options: Mapping[str, str | int | bool] = field(default_factory=dict)

    @property
    def label(self) -> SourceLabel:
        """What a copy of it is to say of itself."""
        source_type = SourceType.COMPOSITE if self.person else SourceType.GENERATED
        vendor = self.vendor if self.live else said("export.sandbox", vendor=self.vendor)
        return SourceLabel(source_type, vendor, self.made_at)


@dataclass(frozen=True, slots=True)
class ExportGarment:
    """A garment with its pictures in order; `photos` are those that it was tried on from, as far as they are
    here: of an outfit one of each part."""

    name: str
    article: str
    pictures: tuple[ExportPicture, ...]
    photos: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """All that is handed over. `cover` are up to three pictures of it, `made_at` is Unix seconds, `by` is
    whose it is, "" for nobody named."""

    title: str
    garments: tuple[ExportGarment, ...]
    made_at: float
    by: str = ""
    language: str = ENGLISH

    @property
    def pictures(self) -> Iterator[ExportPicture]:
        return (picture for garment in self.garments for picture in garment.pictures)

    @property
    def cover(self) -> tuple[ExportPicture, ...]:
        """Up to three pictures for the front, of different garments first."""
        firsts = [garment.pictures[0] for garment in self.garments if garment.pictures]
        others = [picture for picture in self.pictures if picture not in firsts]
        return tuple([*firsts, *others][:MOST_ON_COVER])


MOST_ON_COVER = 3
