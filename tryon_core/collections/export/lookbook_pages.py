"""The pages of a lookbook, before anybody draws them: cover, index, and one or more for each garment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from tryon_core.collections.export.contents import Export, ExportGarment, ExportPicture

T = TypeVar("T")

LEAST_LISTED = 4  # garments: fewer are seen by turning a page, and would stand lost on an index
ON_INDEX = 12  # garments a page: four in a row, three rows
ON_FIRST = 4  # pictures of a garment's first page: one large, three small
ALL_ON_FIRST = 5  # where there are no more: one would be left over, alone on a page
ON_FURTHER = 6


@dataclass(frozen=True, slots=True)
class Numbered:
    """A picture with its number on the garment's pages."""

    number: int
    picture: ExportPicture


@dataclass(frozen=True, slots=True)
class GarmentPage:
    """`first` is the page with the large picture and the garment's own photos."""

    garment: ExportGarment
    pictures: tuple[Numbered, ...]
    first: bool

    @property
    def tables_below(self) -> bool:
        """Whether the tables stand in the row of the small pictures, which do not fill it, and the photos are
        as high as the large one."""
        return self.first and 1 < len(self.pictures) < ON_FIRST and bool(self.garment.photos)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Garments, each with the number of its page."""

    entries: tuple[tuple[ExportGarment, int], ...]


@dataclass(frozen=True, slots=True)
class CoverPage:
    """The front."""


Page = CoverPage | IndexPage | GarmentPage


def pages_of(export: Export) -> tuple[Page, ...]:
    """All pages in order. Garments without a picture are left out; where they are few, there is no index."""
    shown = [garment for garment in export.garments if garment.pictures]
    chapters = [tuple(_chapter(garment)) for garment in shown]
    indexes = -(-len(shown) // ON_INDEX) if len(shown) >= LEAST_LISTED else 0
    number = 2 + indexes  # behind the cover and the index
    entries: list[tuple[ExportGarment, int]] = []
    for garment, chapter in zip(shown, chapters, strict=True):
        entries.append((garment, number))
        number += len(chapter)
    index = [IndexPage(tuple(part)) for part in _parted(entries, ON_INDEX)][:indexes]
    return CoverPage(), *index, *(page for chapter in chapters for page in chapter)


def _chapter(garment: ExportGarment) -> Iterator[GarmentPage]:
    numbered = tuple(Numbered(number, picture) for number, picture in enumerate(garment.pictures, 1))
    first = len(numbered) if len(numbered) <= ALL_ON_FIRST else ON_FIRST
    yield GarmentPage(garment, numbered[:first], first=True)
    for part in _even(numbered[first:], ON_FURTHER):
        yield GarmentPage(garment, tuple(part), first=False)


def _even(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """As few parts as there can be, of sizes that differ by one at most, the larger ones first."""
    parts = -(-len(items) // most)
    ends = [-(-len(items) * part // max(parts, 1)) for part in range(parts + 1)]
    return (items[start:end] for start, end in pairwise(ends))


def _parted(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
