"""The columns of a list of garments, by the words that shops use: one table for page and command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ListColumn(StrEnum):
    """What a column tells of a line's garment, by its usual heading. Several columns may be of models, and
    one of each other kind."""

    GARMENT = "garment"
    BOTTOM = "bottom"
    ARTICLE = "article"
    NAME = "name"
    MODEL = "model"


_HEADINGS: Final[Mapping[ListColumn, tuple[str, ...]]] = {
    ListColumn.BOTTOM: ("bottom", "下装"),
    ListColumn.GARMENT: (
        "picture",
        "link",
        "url",
        "image",
        "photo",
        "file",
        "filename",
        "garment",
        "top",
        "图片",
        "链接",
        "文件",
    ),
    ListColumn.ARTICLE: ("article", "sku", "number", "id", "货号", "编号"),
    ListColumn.NAME: ("name", "title", "名称"),
}
_MODEL: Final = ("model", "模特")  # what a heading of models begins with
_FILE_NAME: Final = ["file", "name"]


@dataclass(frozen=True, slots=True)
class ListColumns:
    """What each column of a list is, `None` for one that is not read. `twice` is a heading that two columns
    have, "" where none is: either may be meant."""

    kinds: tuple[ListColumn | None, ...]
    twice: str = ""

    def cell(self, cells: Sequence[str], kind: ListColumn) -> str:
        """What a line says in its column of a kind, "" where there is none."""
        return next(self._of(cells, kind), "")

    def models(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The models that a line names, of all of its columns of them."""
        told = (
            one for cell in self._of(cells, ListColumn.MODEL) for one in cell.replace("；", ";").split(";")
        )
        return tuple(name for one in told if (name := one.strip()))

    def _of(self, cells: Sequence[str], kind: ListColumn) -> Iterator[str]:
        places = (at for at, column in enumerate(self.kinds) if column is kind and at < len(cells))
        return (cells[at].strip() for at in places)


def list_columns(heading: Sequence[str]) -> ListColumns:
    """What the first line of a list says of its columns. A heading means what the last of its words says that
    is known, as "garment name" is a name; the first column of a kind counts."""
    found: list[ListColumn | None] = []
    for cell in heading:
        kinds = (kind for kind in _kinds(_words(cell)) if kind is ListColumn.MODEL or kind not in found)
        found.append(next(kinds, None))
    return ListColumns(tuple(found), _twice(heading))


def _words(cell: str) -> list[str]:
    return cell.lower().replace("_", " ").split()


def _kinds(words: Sequence[str]) -> Sequence[ListColumn]:
    """What a heading may mean, the likeliest first: a bottom is one, whatever else is said of it, and a photo
    of a model is no garment's; a model number is an article's."""
    if words == _FILE_NAME:
        return [ListColumn.GARMENT]
    kinds = [kind for word in reversed(words) for kind, known in _HEADINGS.items() if word in known]
    if words and words[0].startswith(_MODEL) and ListColumn.ARTICLE not in kinds[:1]:
        return [ListColumn.MODEL]
    return sorted(kinds, key=lambda kind: kind is not ListColumn.BOTTOM)


def _twice(heading: Sequence[str]) -> str:
    told = [_words(cell) for cell in heading]
    return next((cell for cell, words in zip(heading, told, strict=True) if _counts(words, told)), "")


def _counts(words: Sequence[str], told: Sequence[Sequence[str]]) -> bool:
    """Whether a heading that should be there once is there again."""
    return told.count(words) > 1 and _kinds(words)[:1] not in ([], [ListColumn.MODEL])
