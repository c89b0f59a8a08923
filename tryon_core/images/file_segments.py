"""How a picture's file is built: its blocks in order, walked without decoding, and bounded in number.

JPEG: ISO/IEC 10918-1 annex B (markers). PNG: W3C PNG (chunks). WebP: RFC 9649 (RIFF chunks). GIF: GIF89a
(extensions and frames). BMP: the pixels by the header's arithmetic. Other kinds are not walked.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from tryon_core.images.file_signatures import NotAPicture
from tryon_core.sentences import said

JPEG_SIGNATURE, PNG_SIGNATURE = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
BEHIND = b""  # the kind of whatever lies behind the picture's end
END_OF_JPEG, START_OF_SCAN, FRAME_OF_GIF = b"\xd9", b"\xda", b","

STUFFING = b"\x00\xff"  # second bytes of a pair that fills the room between two JPEG segments
_ALONE = frozenset(bytes([marker]) for marker in (0x01, *range(0xD0, 0xD9)))  # markers without a length
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_MOST_SUB_BLOCKS = 300_000  # of one GIF frame; at 255 bytes each they hold 76 MB
_PLAIN_BMP = (0, 3, 6)  # compressions that leave every row at its full length
_SHORT_BMP_HEADER = 12  # bytes
_BMP_WITH_PROFILE, _PROFILE_INSIDE = 124, b"DEBM"  # "MBED", from right to left; the other kind names a file


class Block(NamedTuple):
    """From `start` to `end` of the file; the content begins at `body`. `kind` is a JPEG's marker without its
    0xFF, a chunk's four letters, a GIF's introducer, or `BEHIND`."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Walk:
    """The blocks as far as they could be followed; `odd` when that is not to the end."""

    blocks: tuple[Block, ...]
    odd: bool = False

    def count(self, kind: bytes) -> int:
        """How many blocks of a kind there are."""
        return sum(block.kind == kind for block in self.blocks)


def walk(data: bytes) -> Walk:
    """The blocks of a file; none for a kind that is not walked. Raises `NotAPicture` for far more than
    any program writes: reading them would take long."""
    for signature, (blocks_of, most) in _WALKS.items():
        if data.startswith(signature):
            return _walked(blocks_of(data), most)
    return Walk(())


def _walked(blocks: Iterator[Block], most: int) -> Walk:
    found: list[Block] = []
    try:
        for block in islice(blocks, most + 1):
            found.append(block)
    except (struct.error, IndexError):
        return Walk(tuple(found), odd=True)
    if len(found) > most:
        raise NotAPicture(said("file.parts", most=most))
    return Walk(tuple(found))


def _jpeg(data: bytes) -> Iterator[Block]:
    yield Block(data[1:2], 0, 2, 2)
    at = 2
    while True:
        mark, kind = data[at], data[at + 1 : at + 2]
        if mark != 0xFF or not kind:
            raise IndexError("no marker")
        end = _jpeg_end(data, at, kind)
        yield Block(kind, at, min(at + 4, end), end)
        if kind == END_OF_JPEG:
            yield Block(BEHIND, end, end, len(data))
            return
        at = end


def _jpeg_end(data: bytes, at: int, kind: bytes) -> int:
    if kind in STUFFING:
        return at + (1 if kind == b"\xff" else 2)
    if kind in _ALONE or kind == END_OF_JPEG:
        return at + 2
    end = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    if kind != START_OF_SCAN:
        return end
    following = _NEXT_MARKER.search(data, end)
    if following is None:
        raise IndexError("no end")
    return following.start()


def _png(data: bytes) -> Iterator[Block]:
    yield Block(data[1:4], 0, 8, 8)
    at, kind = 8, b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise IndexError("cut short")
        yield Block(kind, at, at + 8, end)
        at = end
    yield Block(BEHIND, at, at, len(data))


def _webp(data: bytes) -> Iterator[Block]:
    size = int(struct.unpack_from("<I", data, 4)[0])
    if data[8:12] != b"WEBP" or 8 + size > len(data):
        raise IndexError("no WebP, or cut short")
    yield Block(data[:4], 0, 12, 12)
    at = 12
    while at < 8 + size:
        kind, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if end > 8 + size + size % 2:
            raise IndexError("cut short")
        yield Block(kind, at, at + 8, end)
        at = end
    yield Block(BEHIND, at, at, len(data))


def _gif(data: bytes) -> Iterator[Block]:
    at = 13 + _palette(data[10])
    yield Block(data[:1], 0, 6, at)
    while (kind := data[at : at + 1]) != b";":
        for block in _gif_parts(data, at, kind):
            yield block
            at = block.end


def _gif_parts(data: bytes, at: int, kind: bytes) -> Iterator[Block]:
    """A frame as one block; an extension as one for each piece, as readers put it together piece by piece."""
    if not kind:
        raise IndexError("no end")
    if kind == FRAME_OF_GIF:
        yield Block(kind, at, at, _frame_end(data, at + 11 + _palette(data[at + 9])))
    elif kind == b"!":
        yield Block(kind, at, at + 2, at := at + 2)
        while size := data[at]:
            yield Block(b"", at, at + 1, at := at + 1 + size)
        yield Block(b"", at, at + 1, at + 1)
    else:
        yield Block(kind, at, at, at + 1)  # what readers do not know they skip byte by byte


def _palette(flags: int) -> int:
    return 3 * 2 ** (flags % 8 + 1) if flags & 0x80 else 0


def _frame_end(data: bytes, at: int) -> int:
    for _ in range(_MOST_SUB_BLOCKS):
        if not data[at]:
            return at + 1
        at += 1 + data[at]
    raise NotAPicture(said("file.parts", most=_MOST_SUB_BLOCKS))


def _bmp(data: bytes) -> Iterator[Block]:
    end = _bmp_end(data)
    yield Block(data[:2], 0, 14, end)
    yield Block(BEHIND, end, end, len(data))


def _bmp_end(data: bytes) -> int:
    """Where the pixels end, or the colour profile behind them; where that cannot be known, the file's end."""
    at, size = struct.unpack_from("<II", data, 10)
    plain = size == _SHORT_BMP_HEADER
    width, height, _, bits = struct.unpack_from("<HHHH" if plain else "<iiHH", data, 18)
    packed = 0 if plain else int(struct.unpack_from("<I", data, 30)[0])
    if packed not in _PLAIN_BMP:
        return len(data)
    end = int(at + (bits * width + 31) // 32 * 4 * abs(height))
    if size >= _BMP_WITH_PROFILE and data[70:74] == _PROFILE_INSIDE:
        offset, length = struct.unpack_from("<II", data, 126)
        end = max(end, 14 + offset + length)
    return min(max(end, 0), len(data))


_Walker = Callable[[bytes], Iterator[Block]]
# By the first bytes: the walk, and the most blocks. A JPEG's colour profile takes up to 255 of them, a PNG's
# pixels one for every 8 KB from the usual library; the comments of a GIF are pieced together one by one.
_WALKS: Mapping[bytes, tuple[_Walker, int]] = MappingProxyType(
    {
        JPEG_SIGNATURE: (_jpeg, 5_000),
        PNG_SIGNATURE: (_png, 20_000),
        b"RIFF": (_webp, 20_000),
        b"GIF8": (_gif, 4_000),
        b"BM": (_bmp, 2),
    }
)
