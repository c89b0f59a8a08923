"""What was dropped at once, taken apart: archives opened, lists read. Everything here blocks.

A list (CSV) has a line of headings, then a line a garment: an article number, a name, and a picture as a link
or as the name of a file that was dropped with it; a second picture is the bottom of an outfit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Final

from tryon_core import LONGEST_CSV, CsvLine, LongCell, NoCsv, csv_lines, is_link
from tryon_ui.collection.archives import Dropped, is_list, is_manifest, unpacked
from tryon_ui.collection.draft import Row, tidy
from tryon_ui.texts import say

MOST: Final = 200  # garments of one collection: a rail, and no warehouse
MOST_SAID: Final = 5  # of one drop: more is not read
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "bottom": ("bottom", "下装"),
    "place": (
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
    "article": ("article", "sku", "number", "id", "货号", "编号"),
    "name": ("name", "title", "名称"),
}
_FILE_NAME: Final = ["file", "name"]
_MODELS: Final = (["model"], ["models"], ["模特"])  # as a plan of the command line calls them
_FOLDER: Final = "--"  # behind each folder in the name of an upload whose own name another one has, too


@dataclass(frozen=True, slots=True)
class TakenApart:
    """Garments in order, their verdicts still to come, and what is said of what is none."""

    rows: tuple[Row, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    pictures: list[Dropped] = field(default_factory=list)
    lists: list[Dropped] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
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
    return TakenApart(tuple(rows[:MOST]), _readable(found.said))


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
    heading = lines[0].cells if lines else ()
    columns = _columns(heading)
    if refused := _refused(file.name, heading, columns):
        found.said.append(refused)
        return
    if len(lines) == 1:
        found.said.append(say("collection.nothing_in", name=file.name))
    if any(_words(cell) in _MODELS for cell in heading):
        found.said.append(say("collection.list_of_models", name=file.name))
    for line in lines[1:]:
        cells = line.cells
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        named = {name: told.get(name, "") for name in ("place", "bottom")}
        places = {name: _places(one, found.pictures) for name, one in named.items()}
        if lost := next((name for name, here in places.items() if named[name] and len(here) != 1), ""):
            words = "collection.many_files" if places[lost] else "collection.no_file"
            found.said.append(say(words, name=file.name, line=line.number, file=tidy(named[lost])))
        elif places["place"]:
            name, article = (tidy(told.get(column, "")) for column in ("name", "article"))
            yield Row(places["place"][0], name, article, "".join(places["bottom"]))


def _refused(name: str, heading: Sequence[str], columns: Mapping[str, int]) -> str:
    """Why a list is not read, "" where it is: of two columns under one heading either may be meant."""
    if "place" not in columns:
        return say("collection.no_column", name=name)
    told = [_words(cell) for cell in heading]
    twice = (cell for cell, words in zip(heading, told, strict=True) if told.count(words) > 1)
    column = next((cell for cell in twice if _columns([cell])), "")
    return say("collection.column_twice", name=name, column=tidy(column)) if column else ""


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Where each column is. A heading means what the last of its words says that is known, as "garment name"
    is a name; the first column of a kind counts."""
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        words = _words(cell)
        kinds = ["place"] if words == _FILE_NAME else _kinds(words)
        if kind := next((kind for kind in kinds if kind not in found), ""):
            found[kind] = at
    return found


def _words(cell: str) -> list[str]:
    return cell.lower().replace("_", " ").split()


def _kinds(words: Sequence[str]) -> list[str]:
    """What a heading may mean, the likeliest first: a bottom is one, whatever else is said of it."""
    kinds = [name for word in reversed(words) for name, known in _HEADINGS.items() if word in known]
    return sorted(kinds, key=lambda kind: kind != "bottom")


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
    except NoCsv as broken:
        found.said.append(say("collection.bad_list", name=file.name, line=broken.line))
    return None
