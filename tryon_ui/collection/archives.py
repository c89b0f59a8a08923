"""A dropped archive opened, each file of it by itself: one that cannot be read sinks no other. Blocks."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from tryon_core import MIB
from tryon_ui.files import new_folder
from tryon_ui.texts import say
from tryon_ui.upload_limits import LARGEST_FILE

UNPACKED: Final = 512 * MIB  # of one archive
LONGEST_STEM: Final = 120  # bytes, without the ending: most file systems take 255 with it
_BESIDE: Final = (".", "Thumbs.db", "desktop.ini")  # what systems put into folders and archives
_MANIFEST: Final = "manifest.json"  # of what was exported here: it says what the list beside it says, too
_LOCKED: Final = 0x1  # of a member's flags
_LISTS: Final = (".csv", ".tsv")
# What `zipfile` and its decompressors raise for bytes that are not what they say, or a kind that they lack.
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file to be looked at, and its name with the folders that it lay in."""

    path: Path
    name: str


@dataclass(slots=True)
class Unpacked:
    """What was in an archive; `unread` files were too many."""

    files: list[Dropped] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    unread: int = 0


def is_list(name: str) -> bool:
    """Whether a file is a list of garments, by its name."""
    return name.lower().endswith(_LISTS)


def unpacked(archive: Path, most: int) -> Unpacked:
    """The files of an archive, `most` of them and all lists, its lists first."""
    found = Unpacked()
    try:
        with zipfile.ZipFile(archive) as opened:
            _unpack(archive.name, opened, found, most)
    except _UNREADABLE:
        found.said.append(say("collection.bad_archive", name=archive.name))
    return found


def _unpack(name: str, opened: zipfile.ZipFile, found: Unpacked, most: int) -> None:
    inside = [one for one in opened.infolist() if not one.is_dir() and not _is_beside(one.filename)]
    lists = [one for one in inside if is_list(one.filename)][:most]
    others = [one for one in inside if not is_list(one.filename)]
    room, unread = UNPACKED, [one.filename for one in inside if one.flag_bits & _LOCKED]
    if unread:
        found.said.append(say("collection.locked_archive", name=name))
        return
    if not inside:
        found.said.append(say("collection.nothing_in", name=name))
    found.unread = max(0, len(others) - most)
    for one in (*lists, *others[:most]):
        data = _read(opened, one, min(LARGEST_FILE, room) + 1)
        if data is None:
            unread.append(one.filename)
        elif len(data) > room:
            found.said.append(say("collection.large_archive", name=name))
            break
        elif len(data) > LARGEST_FILE:
            found.said.append(say("collection.large_file", name=_inner(one.filename)))
        else:
            room -= len(data)
            found.files.append(_written(one.filename, data))
    if unread:
        found.said.append(say("collection.bad_inside", name=name, file=_inner(unread[0]), n=len(unread)))


def _read(opened: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes | None:
    """As much as is wanted: what the archive says of itself may be wrong. None for what is not to be read; an
    archive in an archive is not opened."""
    if one.filename.lower().endswith(".zip"):
        return None
    try:
        with opened.open(one) as stream:
            return stream.read(most)
    except _UNREADABLE:
        return None


def _written(name: str, data: bytes) -> Dropped:
    file = new_folder() / _inner(name)
    file.write_bytes(data)
    return Dropped(file, name)


def _inner(name: str) -> str:
    """The name without folders, as long as a file system takes."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.stem.encode()[:LONGEST_STEM].decode(errors="ignore") + path.suffix[: LONGEST_STEM // 4]


def is_manifest(name: str) -> bool:
    """Whether a file is for programs what the list beside it is for people, by its name."""
    return PurePosixPath(name.replace("\\", "/")).name.lower() == _MANIFEST


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return "__MACOSX" in path.parts or path.name.startswith(_BESIDE) or is_manifest(name)
