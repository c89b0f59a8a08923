"""EXIF and TIFF directories: how they are chained, and whether reading them would take more than they hold.

A directory names its values by place and length, so that a few kilobytes can claim gigabytes: readers copy
what is claimed. TIFF 6.0, section 2.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

# Bytes by the number of a value's type: BYTE, ASCII, SHORT, LONG, RATIONAL, ..., IFD.
_UNITS = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_INNER = frozenset({0x8769, 0x8825, 0xA005})  # tags that point to a directory: EXIF, GPS, interoperability
_INSIDE = 4  # bytes of a value that stand in the entry itself
_MOST_DIRECTORIES = 500
_MOST_ENTRIES = 20_000  # of all directories; cameras write about a hundred
_MOST_NUMBERS = 65_536  # of one entry: readers make an object of each; an offset for every row is far less
_SHARED = 2  # values may overlap a little: in all they take at most this many times the bytes that are there
_ORDERS = {
    b"II*\x00": "<",
    b"MM\x00*": ">",
    b"II\x00*": "<",
    b"MM*\x00": ">",
}  # Pillow reads them swapped, too
_ANY_HEADER = re.compile(rb"(II|MM)(\*\x00|\x00\*)")
_MOST_HEADERS = 16


class TooManyDirectories(ValueError):
    """The directories claim more than they hold, or there are far more than any program writes."""


@dataclass(frozen=True, slots=True)
class _Tag:
    tag: int
    unit: int
    count: int
    value: int

    @property
    def size(self) -> int:
        return self.unit * self.count


def pages(data: bytes) -> int:
    """How many pictures are chained in a TIFF. Raises `TooManyDirectories`."""
    order = _order_of(data)
    return max(1, sum(1 for _ in _chain(data, order, _first(data, order)))) if order else 1


def ensure_light(data: bytes) -> None:
    """Raises `TooManyDirectories` for a TIFF, or the body of an EXIF block, that claims more than it holds.

    What is cut short or no directory at all is left to the reader, which stops there.
    """
    order = _order_of(data)
    if not order:
        return
    claimed = 0
    for entry in _entries_of_all(data, order):
        if entry.unit > 1 and entry.count > _MOST_NUMBERS:
            raise TooManyDirectories("a note of too many numbers")
        claimed += entry.size if entry.size > _INSIDE else 0
        if claimed > _SHARED * len(data):
            raise TooManyDirectories("notes that claim more than the file holds")


def ensure_all_light(data: bytes) -> None:
    """The same for every directory that begins somewhere in a file whose blocks are not walked."""
    found = list(islice(_ANY_HEADER.finditer(data), _MOST_HEADERS + 1))
    if len(found) > _MOST_HEADERS:
        raise TooManyDirectories("too many notes")
    for header in found:
        ensure_light(data[header.start() :])


def _order_of(data: bytes) -> str:
    """The byte order as `struct` writes it; nothing for what is no directory."""
    return _ORDERS.get(data[:4], "")


def _first(data: bytes, order: str) -> int:
    return int(struct.unpack_from(f"{order}I", data, 4)[0]) if len(data) >= 8 else 0


def _chain(data: bytes, order: str, at: int) -> Iterator[tuple[int, int]]:
    """Where the directories are, from one on, and how many entries each has."""
    seen: set[int] = set()
    while at and at not in seen:
        if len(seen) == _MOST_DIRECTORIES:
            raise TooManyDirectories(f"more than {_MOST_DIRECTORIES} pictures")
        seen.add(at)
        if at + 2 > len(data):
            return
        (count,) = struct.unpack_from(f"{order}H", data, at)
        end = at + 2 + 12 * count
        yield at, min(count, (len(data) - at - 2) // 12)
        at = int(struct.unpack_from(f"{order}I", data, end)[0]) if end + 4 <= len(data) else 0


def _entries_of_all(data: bytes, order: str) -> Iterator[_Tag]:
    """The entries of every directory: those of the chain, and those that an entry points to."""
    waiting, seen, read = [_first(data, order)], set[int](), 0
    while waiting:
        for at, count in _chain(data, order, waiting.pop()):
            if at in seen:
                break
            seen.add(at)
            read += count
            if read > _MOST_ENTRIES:
                raise TooManyDirectories(f"more than {_MOST_ENTRIES:,} notes")
            for entry in _entries(data, order, at + 2, count):
                yield entry
                waiting += [entry.value] if entry.tag in _INNER else []


def _entries(data: bytes, order: str, at: int, count: int) -> Iterator[_Tag]:
    for tag, kind, number, value in struct.iter_unpack(f"{order}HHII", data[at : at + 12 * count]):
        yield _Tag(tag, _UNITS.get(kind, 0), number, value)
