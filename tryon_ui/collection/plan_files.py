"""What was dropped at once, taken apart: archives opened, lists read. Everything here blocks.

A list (CSV) has a line of headings, read by `list_columns` of the core as by command, then a line a garment:
an article number, a name, and a picture as a link or as the name of a file that was dropped with it; a second
picture is the bottom of an outfit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Final

from tryon_core import (
    LONGEST_CSV,
    CsvLine,
    ListColumn,
    ListColumns,
    LongCell,
    NoCsv,
    OtherEncoding,
    csv_lines,
    is_link,
    list_columns,
)
from tryon_ui.collection.archives import Dropped, is_list, is_manifest, unpacked
from tryon_ui.collection.draft import Row, tidy
from tryon_ui.texts import say

MOST: Final = 200  # garments of one collection: a rail, and no warehouse
MOST_SAID: Final = 5  # of one drop: more is not read
_FOLDER: Final = "--"  # behind each folder in the name of an upload whose own name another one has, too


@dataclass(frozen=True, slots=True)
class TakenApart:
    """Garments in order, their verdicts still to come, what is said of what is none, and what is only worth
    knowing: nothing is left out for it."""

    rows: tuple[Row, ...] = ()
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    pictures: list[Dropped] = field(default_factory=list)
    lists: list[Dropped] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: int = 0


def taken_apart(files: Sequence[Path]) -> TakenApart:
    """The garments that lie in uploaded files, each of which may be a picture, an archive or a list."""
    found = _Found()
    for file in files:
        if len(files) == 1 or not is_manifest(file.name):
            _sort(file, found)
    rows = [row for one in found.lists for row in _of_list(one.path, found)]
    named = {place for row in rows for place in (row.place, row.bottom)}
    rows += [Row(place) for place in (str(one.path) for one in found.pictures) if place not in named]
    if (left_out := len(rows) - MOST + found.unread) > 0:
        found.said.append(say("collection.too_many", most=MOST, n=left_out))
    return TakenApart(tuple(rows[:MOST]), _readable(found.said), _readable(found.notes))


def _readable(said: Sequence[str]) -> tuple[str, ...]:
    if len(said) <= MOST_SAID:
        return tuple(said)
    return (*said[:MOST_SAID], say("collection.more_said", n=len(said) - MOST_SAID))


def _sort(file: Path, found: _Found) -> None:
    if file.suffix.lower() != ".zip":
        _keep(Dropped(file, file.name), found)
        return
    inside = unpacked(file, MOST)
    found.said += inside.said
    found.unread += inside.unread
    for one in inside.files:
        _keep(one, found)


def _keep(one: Dropped, found: _Found) -> None:
    (found.lists if is_list(one.name) else found.pictures).append(one)


def _of_list(file: Path, found: _Found) -> Iterator[Row]:
    lines = _lines(file, found)
    if lines is None:
        return
    columns = list_columns(lines[0].cells if lines else ())
    if refused := _refused(file.name, columns):
        found.said.append(refused)
        return
    if len(lines) == 1:
        found.said.append(say("collection.nothing_in", name=file.name))
    if ListColumn.MODEL in columns.kinds:
        found.notes.append(say("collection.list_of_models", name=file.name))
    for line in lines[1:]:
        told = {kind: columns.cell(line.cells, kind) for kind in ListColumn}
        named = (told[ListColumn.GARMENT], told[ListColumn.BOTTOM])
        (place, bottom) = places = [_places(one, found.pictures) for one in named]
        lost = next((at for at, here in enumerate(places) if named[at] and len(here) != 1), None)
        if lost is not None:
            words = "collection.many_files" if places[lost] else "collection.no_file"
            found.said.append(say(words, name=file.name, line=line.number, file=tidy(named[lost])))
        elif not place:
            found.said.append(say("collection.no_picture", name=file.name, line=line.number))
        else:
            name, article = (tidy(told[kind]) for kind in (ListColumn.NAME, ListColumn.ARTICLE))
            yield Row(place[0], name, article, "".join(bottom))


def _refused(name: str, columns: ListColumns) -> str:
    """Why a list is not read, "" where it is."""
    if ListColumn.GARMENT not in columns.kinds:
        return say("collection.no_column", name=name)
    return say("collection.column_twice", name=name, column=tidy(columns.twice)) if columns.twice else ""


def _places(told: str, pictures: Sequence[Dropped]) -> list[str]:
    """The link, or the files that it can mean: those of its name, of which more folders are those that are
    told go before others."""
    if not told or is_link(told):
        return [told] if told else []
    shared = {str(one.path): _shared(_parts(one.name), _parts(told)) for one in pictures}
    most = max(shared.values(), default=0)
    return [place for place, count in shared.items() if count == most] if most else []


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many names two paths have in common, from their ends."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/").replace(_FOLDER, "/").lower()).parts


def _lines(file: Path, found: _Found) -> Sequence[CsvLine] | None:
    """None where it has been said why there is nothing to read."""
    data = file.read_bytes()
    try:
        if len(data) <= LONGEST_CSV:
            return csv_lines(data)
        found.said.append(say("collection.large_file", name=file.name))
    except LongCell as cell:
        found.said.append(say("collection.long_cell", name=file.name, line=cell.line, most=cell.most))
    except OtherEncoding as other:
        seems = other.found or say("collection.no_encoding")
        found.said.append(say("collection.other_encoding", name=file.name, found=seems))
    except NoCsv as broken:
        found.said.append(say("collection.bad_list", name=file.name, line=broken.line))
    return None
