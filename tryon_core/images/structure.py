"""What a picture's file is made of, found without decoding; one built to keep its reader busy is refused.

Notes, as EXIF and TIFF have them, are directories that name their values by place and length, so that a few
kilobytes can claim gigabytes: readers copy what is claimed. TIFF 6.0, section 2.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from PIL import Image

from tryon_core.images.file_segments import FRAME_OF_GIF, START_OF_SCAN, walk
from tryon_core.images.file_signatures import BROKEN, NotAPicture
from tryon_core.sentences import said

EXIF = b"Exif\x00\x00"
UPRIGHT = 1  # EXIF's orientation of a picture that is shown as it is stored
_ORIENTATION = 0x0112  # EXIF tag
_APP1 = b"\xe1"
# A progressive JPEG is gone over once more for every scan, 1.1 ms a megapixel (measured). Photos have about
# ten: this leaves 16 to the largest that is decoded at all, and takes a second at most.
_MOST_SCANNED = 800_000_000

# Bytes by the number of a value's type: BYTE, ASCII, SHORT, LONG, RATIONAL, ..., IFD.
_UNITS = dict(enumerate((1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4), 1)) | {16: 8, 17: 8, 18: 8}
_INNER = frozenset({0x8769, 0x8825, 0xA005})  # tags that point to a directory: EXIF, GPS, interoperability
_INSIDE = 4  # bytes of a value that stand in the entry itself
_MOST_DIRECTORIES = 500
_MOST_ENTRIES = 20_000  # of all directories; cameras write about a hundred
_MOST_NUMBERS = 65_536  # of one entry: readers make an object of each; an offset for every row is far less
_SHARED = 2  # values may overlap a little: in all they take at most this many times the bytes that are there
# The last two are swapped: Pillow reads them, too.
_ORDERS = {b"II*\x00": "<", b"MM\x00*": ">", b"II\x00*": "<", b"MM*\x00": ">"}
_ANY_HEADER = re.compile(rb"(II|MM)(\*\x00|\x00\*)")
_MOST_HEADERS = 16


@dataclass(frozen=True, slots=True)
class _Tag:
    tag: int
    unit: int
    count: int
    value: int

    @property
    def size(self) -> int:
        return self.unit * self.count


@dataclass(frozen=True, slots=True)
class Structure:
    """`mark` is EXIF's orientation; `frames` counts pictures, 0 where only the reader knows; `odd` means that
    the blocks cannot be followed to the end."""

    mark: int = UPRIGHT
    frames: int = 0
    odd: bool = False
    scans: int = 1

    def ensure_quick(self, pixels: int) -> None:
        """Raises `NotAPicture` where the same pixels are painted over too often."""
        if self.scans * pixels > _MOST_SCANNED:
            raise NotAPicture(said("file.passes", passes=self.scans))


def structure_of(data: bytes) -> Structure:
    """Raises `NotAPicture` for a file with far more parts, notes or pictures than any program writes."""
    look = next((look for signature, look in _LOOKS.items() if data.startswith(signature)), _boxed)
    return look(data)


def _jpeg(data: bytes) -> Structure:
    walked = walk(data)
    # Where the blocks are lost, every pair of bytes that may begin a scan counts.
    scans = data.count(b"\xff" + START_OF_SCAN) if walked.odd else walked.count(START_OF_SCAN)
    notes = b"".join(
        data[block.body + len(EXIF) : block.end]
        for block in walked.blocks
        if block.kind == _APP1 and data.startswith(EXIF, block.body)
    )
    return Structure(_mark_of(notes), 1, walked.odd, scans)


def _png(data: bytes) -> Structure:
    walked = walk(data)
    notes = (data[block.body : block.end - 4] for block in walked.blocks if block.kind == b"eXIf")
    return Structure(_mark_of(next(notes, b"")), 0, walked.odd)


def _webp(data: bytes) -> Structure:
    walked = walk(data)
    notes = (data[block.body : block.end] for block in walked.blocks if block.kind == b"EXIF")
    return Structure(_mark_of(next(notes, b"").removeprefix(EXIF)), 0, walked.odd)


def _gif(data: bytes) -> Structure:
    return Structure(frames=max(1, walk(data).count(FRAME_OF_GIF)))


def _bmp(_: bytes) -> Structure:
    return Structure(frames=1)


def _tiff(data: bytes) -> Structure:
    """Pillow turns a TIFF upright by itself."""
    _ensure_light(data)
    return Structure(frames=_pages(data))


def _big_tiff(_: bytes) -> Structure:
    raise NotAPicture(said("file.big_tiff"))


def _boxed(data: bytes) -> Structure:
    """AVIF and HEIC, whose notes may lie anywhere, and all that is no picture."""
    _ensure_all_light(data)
    return Structure()


def _mark_of(notes: bytes) -> int:
    """The orientation; upright where there is none to be read."""
    _ensure_light(notes)
    try:
        found = Image.Exif()
        found.load(notes)
        mark = int(found.get(_ORIENTATION, UPRIGHT))
    except BROKEN:
        return UPRIGHT
    return mark if 1 <= mark <= 8 else UPRIGHT


def _pages(data: bytes) -> int:
    """How many pictures are chained in a TIFF. Raises `NotAPicture`."""
    order = _order_of(data)
    return max(1, sum(1 for _ in _chain(data, order, _first(data, order)))) if order else 1


def _ensure_light(data: bytes) -> None:
    """Raises `NotAPicture` for a TIFF, or the body of an EXIF block, that claims more than it holds.

    What is cut short or no directory at all is left to the reader, which stops there.
    """
    order = _order_of(data)
    if not order:
        return
    claimed = 0
    for entry in _entries_of_all(data, order):
        if entry.unit > 1 and entry.count > _MOST_NUMBERS:
            raise NotAPicture(said("file.long_note"))
        claimed += entry.size if entry.size > _INSIDE else 0
        if claimed > _SHARED * len(data):
            raise NotAPicture(said("file.false_notes"))


def _ensure_all_light(data: bytes) -> None:
    """The same for every directory that begins somewhere in a file whose blocks are not walked."""
    found = list(islice(_ANY_HEADER.finditer(data), _MOST_HEADERS + 1))
    if len(found) > _MOST_HEADERS:
        raise NotAPicture(said("file.many_notes"))
    for header in found:
        _ensure_light(data[header.start() :])


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
            raise NotAPicture(said("file.pages", most=_MOST_DIRECTORIES))
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
                raise NotAPicture(said("file.notes", most=_MOST_ENTRIES))
            for entry in _entries(data, order, at + 2, count):
                yield entry
                waiting += [entry.value] if entry.tag in _INNER else []


def _entries(data: bytes, order: str, at: int, count: int) -> Iterator[_Tag]:
    for tag, kind, number, value in struct.iter_unpack(f"{order}HHII", data[at : at + 12 * count]):
        yield _Tag(tag, _UNITS.get(kind, 0), number, value)


_Look = Callable[[bytes], Structure]
_LOOKS: Mapping[bytes, _Look] = MappingProxyType(
    {
        b"\xff\xd8\xff": _jpeg,
        b"\x89PNG\r\n\x1a\n": _png,
        b"RIFF": _webp,
        b"GIF8": _gif,
        b"BM": _bmp,
        **dict.fromkeys((b"II+\x00", b"MM\x00+"), _big_tiff),
        **dict.fromkeys((b"II", b"MM"), _tiff),
    }
)
