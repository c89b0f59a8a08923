"""Location, camera and editing data in a photo's file: found, and cut out without touching a pixel.

Only whole blocks of the file are left out; the compressed picture itself is copied byte for byte. What a
block holds is known by name where it serves to show the picture; any other is taken to tell something.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PIL import ExifTags, Image

from tryon_core.images.file_segments import BEHIND, JPEG_SIGNATURE, PNG_SIGNATURE, Block, walk
from tryon_core.images.file_signatures import BROKEN
from tryon_core.images.structure import EXIF

# EXIF that says nothing of where, when, by whom or with what: orientation, resolutions, colour positions,
# the pointer to the inner directory; and in there version, colour space, size, components, interoperability.
_HARMLESS_TAGS = frozenset({0x0112, 0x011A, 0x011B, 0x0128, 0x0213, 0x8769, 0xA005})
_HARMLESS_INNER = frozenset({0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0xA005})
_MOST_HARMLESS = 512  # bytes that those take at most: a longer block holds what no entry names

# JPEG: how the contents of the segments begin that say how to show the picture. APP0, APP2, APP14.
_HARMLESS_SEGMENTS: Mapping[bytes, bytes] = MappingProxyType(
    {b"\xe0": b"JFIF\x00", b"\xe2": b"ICC_PROFILE\x00", b"\xee": b"Adobe"}
)
_APP1 = b"\xe1"
_APPLICATIONS = frozenset(bytes([marker]) for marker in range(0xE0, 0xF0))

# PNG: the chunks of its third edition that concern colours, size and animation, and older ones of that sort.
_HARMLESS_CHUNKS = frozenset(
    b"cHRM cICP cLLI gAMA iCCP mDCV sBIT sRGB bKGD hIST tRNS pHYs sPLT acTL fcTL fdAT oFFs pCAL sCAL".split()
)
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_HARMLESS_TEXTS = frozenset({b"Comment", b"Copyright", b"Disclaimer", b"Software", b"Title", b"Warning"})

_HARMLESS_RIFF = frozenset({b"RIFF", b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
_VP8X_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}


def without_private_data(data: bytes) -> bytes:
    """The same picture without such data; the very same bytes when there is none, or the file is odd."""
    for signature, kind in _KINDS.items():
        if data.startswith(signature):
            return _cut(data, kind)
    return data


def _cut(data: bytes, kind: _Kind) -> bytes:
    walked = walk(data)
    if walked.odd:
        return data
    gone = [block for block in walked.blocks if _is_private(data, block, kind)]
    if not gone:
        return data
    left = set(walked.blocks).difference(gone)
    return kind.joined(data, [block for block in walked.blocks if block in left])


def _is_private(data: bytes, block: Block, kind: _Kind) -> bool:
    if block.kind == BEHIND:
        return bool(data[block.start :].strip(b"\x00\r\n "))
    return kind.tells(block.kind, data[block.body : block.end])


def _segment_tells(kind: bytes, body: bytes) -> bool:
    if kind == _APP1:
        return not body.startswith(EXIF) or _exif_tells(body)
    return kind in _APPLICATIONS and not _is_harmless(kind, body)


def _is_harmless(kind: bytes, body: bytes) -> bool:
    beginning = _HARMLESS_SEGMENTS.get(kind)
    return beginning is not None and body.startswith(beginning)


def _chunk_tells(kind: bytes, body: bytes) -> bool:
    if kind == b"eXIf":
        return _exif_tells(EXIF + body[:-4])
    if kind in _TEXTS:
        return body.partition(b"\x00")[0] not in _HARMLESS_TEXTS
    return kind[:1].islower() and kind not in _HARMLESS_CHUNKS


def _riff_tells(kind: bytes, body: bytes) -> bool:
    if kind == b"EXIF":
        return _exif_tells(EXIF + body.removeprefix(EXIF))
    return kind not in _HARMLESS_RIFF


def _nothing_tells(kind: bytes, body: bytes) -> bool:
    return False


def _exif_tells(exif: bytes) -> bool:
    """Whether EXIF says more than how to show the picture. What cannot be read is taken to tell."""
    if len(exif) > _MOST_HARMLESS:
        return True
    try:
        outer = Image.Exif()
        outer.load(exif)
        inner = outer.get_ifd(ExifTags.IFD.Exif)
        private = not set(outer) or set(outer) - _HARMLESS_TAGS or set(inner) - _HARMLESS_INNER
        more = outer.get_ifd(ExifTags.IFD.GPSInfo) or outer.get_ifd(ExifTags.IFD.IFD1)
    except BROKEN:
        return True
    return bool(private or more)


def _joined(data: bytes, blocks: Sequence[Block]) -> bytes:
    return b"".join(data[block.start : block.end] for block in blocks)


def _joined_riff(data: bytes, blocks: Sequence[Block]) -> bytes:
    """The header tells the length; the extended one also which chunks follow."""
    there = {block.kind for block in blocks}
    gone = sum(flag for kind, flag in _VP8X_FLAGS.items() if kind not in there)
    body = b"".join(_flagged(data, block, gone) for block in blocks if block.kind not in (b"RIFF", BEHIND))
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _flagged(data: bytes, block: Block, gone: int) -> bytes:
    chunk = data[block.start : block.end]
    return chunk[:8] + bytes([chunk[8] & ~gone]) + chunk[9:] if block.kind == b"VP8X" else chunk


@dataclass(frozen=True, slots=True)
class _Kind:
    tells: Callable[[bytes, bytes], bool]
    joined: Callable[[bytes, Sequence[Block]], bytes] = _joined


_KINDS: Mapping[bytes, _Kind] = MappingProxyType(
    {
        JPEG_SIGNATURE: _Kind(_segment_tells),
        PNG_SIGNATURE: _Kind(_chunk_tells),
        b"RIFF": _Kind(_riff_tells, _joined_riff),
        b"BM": _Kind(_nothing_tells),
    }
)
