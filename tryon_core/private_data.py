"""Location, camera and editing data in a photo's file: found, and cut out without touching a pixel.

Only whole blocks of the file are left out; the compressed picture itself is copied byte for byte.
JPEG: ISO/IEC 10918-1 annex B (markers). PNG: W3C PNG (chunks). WebP: RFC 9649 (RIFF chunks).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from PIL import Image

from tryon_core.facts import BROKEN

# EXIF that says nothing of where, when, by whom or with what: orientation, resolutions, colour positions,
# the pointer to the inner directory; and in there version, colour space, size, components, interoperability.
_HARMLESS_TAGS = frozenset({0x0112, 0x011A, 0x011B, 0x0128, 0x0213, 0x8769, 0xA005})
_HARMLESS_INNER = frozenset({0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0xA005})
_INNER, _GPS = 0x8769, 0x8825

_EXIF = b"Exif\x00\x00"
_IPTC = b"8BIM\x04\x04"  # the record of place and author among Photoshop's resources
_APP1, _APP2, _APP13 = 0xE1, 0xE2, 0xED
_START_OF_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_VP8X_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}

Pieces = Iterator[tuple[bool, bytes]]  # whether it is private, and the bytes


def without_private_data(data: bytes) -> bytes:
    """The same picture without such data; the very same bytes when there is none, or the file is odd."""
    for signature, cut in _CUTS.items():
        if data.startswith(signature):
            return cut(data)
    return data


def _jpeg(data: bytes) -> bytes:
    try:
        pieces = list(_segments(data))
    except (struct.error, IndexError):
        return data
    return data if not any(private for private, _ in pieces) else _kept(pieces)


def _kept(pieces: list[tuple[bool, bytes]]) -> bytes:
    return b"".join(piece for private, piece in pieces if not private)


def _segments(data: bytes) -> Pieces:
    """The file's segments in order; other pictures and trailers behind the picture's end are private."""
    yield False, data[:2]
    at = 2
    while True:
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise IndexError("no marker")
        if marker == _END:
            yield False, data[at : at + 2]
            yield _holds_something(data[at + 2 :]), data[at + 2 :]
            return
        end = _segment_end(data, at, marker)
        yield _is_private_segment(marker, data[at + 4 : end]), data[at:end]
        at = end


def _segment_end(data: bytes, at: int, marker: int) -> int:
    if marker in _ALONE:
        return at + 2
    end = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    if marker != _START_OF_SCAN:
        return end
    following = _NEXT_MARKER.search(data, end)
    if following is None:
        raise IndexError("no end")
    return following.start()


def _is_private_segment(marker: int, body: bytes) -> bool:
    if marker == _APP1:
        return not body.startswith(_EXIF) or _tells(body)
    return (marker == _APP13 and _IPTC in body) or (marker == _APP2 and body.startswith(b"MPF"))


def _holds_something(trailer: bytes) -> bool:
    return bool(trailer.strip(b"\x00\r\n "))


def _tells(exif: bytes) -> bool:
    """Whether EXIF says more than how to show the picture. What cannot be read is taken to tell."""
    try:
        outer = Image.Exif()
        outer.load(exif)
        inner = outer.get_ifd(_INNER)
        told = set(outer) - _HARMLESS_TAGS or set(inner) - _HARMLESS_INNER or outer.get_ifd(_GPS)
    except BROKEN:
        return True
    return bool(told)


def _png(data: bytes) -> bytes:
    try:
        pieces = list(_chunks(data))
    except (struct.error, IndexError):
        return data
    return data if not any(private for private, _ in pieces) else _kept(pieces)


def _chunks(data: bytes) -> Pieces:
    yield False, data[:8]
    at = 8
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise IndexError("cut short")
        yield _is_private_chunk(kind, data[at + 8 : end - 4]), data[at:end]
        if kind == b"IEND":
            yield _holds_something(data[end:]), data[end:]
            return
        at = end


def _is_private_chunk(kind: bytes, body: bytes) -> bool:
    if kind == b"eXIf":
        return _tells(_EXIF + body)
    texts = (b"XML:com.adobe.xmp", b"Raw profile type ")
    return kind in (b"tEXt", b"zTXt", b"iTXt") and body.startswith(texts)


def _webp(data: bytes) -> bytes:
    if data[8:12] != b"WEBP":
        return data
    try:
        chunks = list(_riff(data))
    except (struct.error, IndexError):
        return data
    private = {chunk[:4] for chunk in chunks if _is_private_riff(chunk)}
    if not private:
        return data
    kept = [_unflagged(chunk, private) for chunk in chunks if chunk[:4] not in private]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        size = int(struct.unpack_from("<I", data, at + 4)[0])
        if at + 8 + size > len(data):
            raise IndexError("cut short")
        end = at + 8 + size + size % 2
        yield data[at:end]
        at = end


def _is_private_riff(chunk: bytes) -> bool:
    if chunk.startswith(b"EXIF"):
        return _tells(_EXIF + chunk[8:].removeprefix(_EXIF))
    return chunk.startswith(b"XMP ")


def _unflagged(chunk: bytes, gone: set[bytes]) -> bytes:
    """The extended header says which chunks follow: those that are gone do not."""
    if not chunk.startswith(b"VP8X"):
        return chunk
    flags = sum(flag for kind, flag in _VP8X_FLAGS.items() if kind in gone)
    return chunk[:8] + bytes([chunk[8] & ~flags]) + chunk[9:]


_CUTS: Mapping[bytes, Callable[[bytes], bytes]] = MappingProxyType(
    {b"\xff\xd8\xff": _jpeg, _PNG_SIGNATURE: _png, b"RIFF": _webp}
)
