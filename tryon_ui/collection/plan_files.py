"""What was dropped at once, taken apart: archives opened, lists read. Everything here blocks.

A list (CSV) has a line of headings, then a line a garment: an article number, a name, and a picture as a link
or as the name of a file that was dropped with it; a second picture is the bottom of an outfit.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from tryon_ui.collection.draft import Row, is_link, tidy
from tryon_ui.files import new_folder
from tryon_ui.texts import say
from tryon_ui.upload_limits import LARGEST_FILE, MB

MOST: Final = 200  # garments of one collection: a rail, and no warehouse
UNPACKED: Final = 512 * MB  # of one archive
LONGEST_LIST: Final = 2 * MB
_BESIDE: Final = (".", "Thumbs.db", "desktop.ini")  # what systems put into folders and archives
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("picture", "link", "url", "image", "photo", "file", "garment", "top", "图片", "链接", "文件"),
    "bottom": ("bottom", "下装"),
    "article": ("article", "sku", "number", "id", "货号", "编号"),
    "name": ("name", "title", "名称"),
}
_ENCODINGS: Final = ("utf-8-sig", "gb18030", "cp1252")  # as spreadsheets write them


@dataclass(frozen=True, slots=True)
class TakenApart:
    """Garments in order, their verdicts still to come, and what is said of what is none."""

    rows: tuple[Row, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    pictures: list[Path] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def taken_apart(files: Sequence[Path]) -> TakenApart:
    """The garments that lie in uploaded files, each of which may be a picture, an archive or a list."""
    found = _Found()
    for file in files:
        _sort(file, found)
    rows = [row for one in found.lists for row in _of_list(one, found)]
    named = {place for row in rows for place in (row.place, row.bottom)}
    rows += [Row(str(picture)) for picture in found.pictures if str(picture) not in named]
    if len(rows) > MOST:
        found.said.append(say("collection.too_many", most=MOST, n=len(rows) - MOST))
    return TakenApart(tuple(rows[:MOST]), tuple(found.said))


def _sort(file: Path, found: _Found) -> None:
    kind = file.suffix.lower()
    if kind == ".zip":
        _unpack(file, found)
    elif kind in (".csv", ".tsv"):
        found.lists.append(file)
    else:
        found.pictures.append(file)


def _unpack(archive: Path, found: _Found) -> None:
    try:
        with zipfile.ZipFile(archive) as opened:
            _unpack_all(archive.name, opened, found)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        found.said.append(say("collection.bad_archive", name=archive.name))


def _unpack_all(name: str, opened: zipfile.ZipFile, found: _Found) -> None:
    room = UNPACKED
    inside = [one for one in opened.infolist() if not one.is_dir() and not _is_beside(one.filename)]
    for one in inside[: MOST + 1]:
        inner = PurePosixPath(one.filename.replace("\\", "/")).name
        with opened.open(one) as stream:
            data = stream.read(min(LARGEST_FILE, room) + 1)  # what the archive says of itself may be wrong
        if len(data) > room:
            found.said.append(say("collection.large_archive", name=name))
            return
        if len(data) > LARGEST_FILE:
            found.said.append(say("collection.large_file", name=inner))
            continue
        room -= len(data)
        file = new_folder() / inner
        file.write_bytes(data)
        if file.suffix.lower() != ".zip":
            _sort(file, found)
    if len(inside) > MOST + 1:
        found.said.append(say("collection.too_many", most=MOST, n=len(inside) - MOST))


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith(_BESIDE)


def _of_list(file: Path, found: _Found) -> Iterator[Row]:
    columns: dict[str, int] = {}
    lines = iter(_lines(file))
    for heading in lines:
        columns = _columns(heading)
        break
    if "place" not in columns:
        found.said.append(say("collection.no_column", name=file.name))
        return
    by_name = {picture.name.lower(): str(picture) for picture in found.pictures}
    for number, line in enumerate(lines, 2):
        told = {name: line[at].strip() if at < len(line) else "" for name, at in columns.items()}
        places = {name: _place(told.get(name, ""), by_name) for name in ("place", "bottom")}
        lost = [told[name] for name, place in places.items() if told.get(name) and not place]
        if lost:
            found.said.append(say("collection.no_file", name=file.name, line=number, file=tidy(lost[0])))
        elif places["place"]:
            name, article = (tidy(told.get(column, "")) for column in ("name", "article"))
            yield Row(places["place"], name, article, places["bottom"])


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Where each column is. A heading means what one of its words says, the first column of a kind counts."""
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        words = cell.strip().lower().replace("_", " ").split() or [""]
        for name, known in _HEADINGS.items():
            if name not in found and any(word in known for word in (*words, cell.strip())):
                found[name] = at
                break
    return found


def _place(told: str, by_name: Mapping[str, str]) -> str:
    if is_link(told):
        return told
    return by_name.get(PurePosixPath(told.replace("\\", "/")).name.lower(), "") if told else ""


def _lines(file: Path) -> list[list[str]]:
    data = file.read_bytes()[:LONGEST_LIST]
    text = next(filter(None, (_decoded(data, encoding) for encoding in _ENCODINGS)), "")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    return [line for line in csv.reader(io.StringIO(text), delimiter=separator) if any(line)][: MOST + 1]


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""
