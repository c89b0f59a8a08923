"""XMP in a picture's file: read, and put in without touching a pixel.

XMP specification, part 3: APP1 in JPEG, iTXt in PNG, its own chunk in WebP (RFC 9649, which wants the
extended header then). Everything else of the file is copied byte for byte.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tryon_core.images.file_segments import (
    BEHIND,
    JPEG_SIGNATURE,
    PNG_SIGNATURE,
    STUFFING,
    Block,
    Walk,
    walk,
)
from tryon_core.images.file_signatures import NotAPicture
from tryon_core.images.structure import EXIF
from tryon_core.units import MIB

MOST_XMP = MIB  # bytes of a packet; those of photo editors have some thousand
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_APP0, _APP1 = b"\xe0", b"\xe1"
_MOST_IN_SEGMENT = 0xFFFF - 2  # bytes of a JPEG segment behind its length
_PNG_XMP = b"XML:com.adobe.xmp\x00"
_PLAIN, _PACKED = b"\x00\x00", b"\x01\x00"  # of an iTXt: not compressed, or by zlib
_VP8X_XMP, _VP8X_ALPHA = 0x04, 0x10
_KEY_FRAME, _LOSSLESS = b"\x9d\x01\x2a", b"\x2f"
_SIDE = 0x3FFF  # WebP keeps a side in 14 bits


class NotWritable(ValueError):
    """This file takes no XMP: its kind has no place for it, or it is built in a way that is not followed."""


def xmp_of(data: bytes) -> bytes | None:
    """The packet in a file, None where there is none or it cannot be got at."""
    parts = _parts_of(data)
    if parts is None:
        return None
    kind, walked = parts
    found = (kind.read(block.kind, data[block.body : block.end]) for block in walked.blocks)
    return next((packet for packet in found if packet is not None), None)


def with_xmp(data: bytes, packet: bytes) -> bytes:
    """The same picture with this packet in place of any other. Raises `NotWritable`."""
    parts = _parts_of(data)
    if parts is None or parts[1].odd:
        raise NotWritable
    kind, walked = parts
    blocks = [block for block in walked.blocks if kind.read(block.kind, data[block.body : block.end]) is None]
    try:
        return kind.put(data, blocks, packet)
    except (struct.error, IndexError, OverflowError) as error:
        raise NotWritable from error


def _parts_of(data: bytes) -> tuple[_Kind, Walk] | None:
    kind = next((kind for signature, kind in _KINDS.items() if data.startswith(signature)), None)
    try:
        return (kind, walk(data)) if kind else None
    except NotAPicture:
        return None


def _segment_packet(kind: bytes, body: bytes) -> bytes | None:
    return body.removeprefix(_JPEG_XMP) if kind == _APP1 and body.startswith(_JPEG_XMP) else None


def _chunk_packet(kind: bytes, body: bytes) -> bytes | None:
    """A packet that cannot be unpacked is an empty one."""
    if kind != b"iTXt" or not body.startswith(_PNG_XMP):
        return None
    packed, rest = body[len(_PNG_XMP) :][:2], body[len(_PNG_XMP) + 2 : -4]
    text = rest.partition(b"\x00")[2].partition(b"\x00")[2]  # behind a language and a translated keyword
    return _unpacked(text) if packed == _PACKED else text


def _unpacked(text: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(text, MOST_XMP)
    except zlib.error:
        return b""


def _riff_packet(kind: bytes, body: bytes) -> bytes | None:
    return body.rstrip(b"\x00") if kind == b"XMP " else None  # without the byte that makes it even


def _into_jpeg(data: bytes, blocks: list[Block], packet: bytes) -> bytes:
    """Behind the segments that have to come first, and before all whose places other segments may name."""
    body = _JPEG_XMP + packet
    if len(body) > _MOST_IN_SEGMENT:
        raise NotWritable
    segment = b"\xff" + _APP1 + struct.pack(">H", len(body) + 2) + body
    first = 1
    while _comes_first(data, blocks[first]):
        first += 1
    return _bytes(data, blocks[:first]) + segment + _bytes(data, blocks[first:])


def _comes_first(data: bytes, block: Block) -> bool:
    exif = block.kind == _APP1 and data.startswith(EXIF, block.body)
    return exif or block.kind == _APP0 or block.kind in STUFFING


def _into_png(data: bytes, blocks: list[Block], packet: bytes) -> bytes:
    if blocks[1].kind != b"IHDR":
        raise NotWritable
    body = b"iTXt" + _PNG_XMP + _PLAIN + b"\x00\x00" + packet
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return _bytes(data, blocks[:2]) + chunk + _bytes(data, blocks[2:])


def _into_webp(data: bytes, blocks: list[Block], packet: bytes) -> bytes:
    """At the end, where the specification wants it."""
    chunks = [block for block in blocks if block.kind not in (b"RIFF", BEHIND)]
    extended = chunks[0].kind == b"VP8X"
    header = data[chunks[0].start : chunks[0].end] if extended else _extended_header(data, chunks[0])
    flagged = header[:8] + bytes([header[8] | _VP8X_XMP]) + header[9:]
    body = b"WEBP" + flagged + _bytes(data, chunks[1:] if extended else chunks) + _chunk(b"XMP ", packet)
    behind = _bytes(data, [block for block in blocks if block.kind == BEHIND])
    return _chunk(b"RIFF", body) + behind


def _extended_header(data: bytes, picture: Block) -> bytes:
    """The extended header of a file that has none, from its picture's own. RFC 9649, sections 2.7 and 3.4;
    RFC 6386, section 9.1."""
    body = data[picture.body : picture.end]
    if picture.kind == b"VP8 " and body[3:6] == _KEY_FRAME:
        width, height = (side & _SIDE for side in struct.unpack_from("<HH", body, 6))
        alpha = 0
    elif picture.kind == b"VP8L" and body[:1] == _LOSSLESS:
        (bits,) = struct.unpack_from("<I", body, 1)
        width, height = (bits & _SIDE) + 1, (bits >> 14 & _SIDE) + 1
        alpha = _VP8X_ALPHA if bits >> 28 & 1 else 0
    else:
        raise NotWritable
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return _chunk(b"VP8X", bytes([alpha, 0, 0, 0]) + sides)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _bytes(data: bytes, blocks: Iterable[Block]) -> bytes:
    return b"".join(data[block.start : block.end] for block in blocks)


@dataclass(frozen=True, slots=True)
class _Kind:
    """`read` gives the packet of a block that is one; `put` joins blocks, none of which is one, with one."""

    read: Callable[[bytes, bytes], bytes | None]
    put: Callable[[bytes, list[Block], bytes], bytes]


_KINDS: Mapping[bytes, _Kind] = MappingProxyType(
    {
        JPEG_SIGNATURE: _Kind(_segment_packet, _into_jpeg),
        PNG_SIGNATURE: _Kind(_chunk_packet, _into_png),
        b"RIFF": _Kind(_riff_packet, _into_webp),
    }
)
