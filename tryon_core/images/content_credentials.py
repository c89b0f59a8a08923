"""Signed Content Credentials in a picture's file: found, and what they say of its making. Not verified.

C2PA specification 2.1, appendix A: boxes in APP11 segments of JPEG (pieced together as ISO/IEC 19566-5 has
it), a `caBX` chunk of PNG, a `C2PA` chunk of WebP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tryon_core.images.file_segments import JPEG_SIGNATURE, PNG_SIGNATURE, Block, walk
from tryon_core.images.file_signatures import NotAPicture

_APP11 = b"\xeb"
_BOXES_IN_JPEG = b"JP"
_PART_HEADER = 16  # bytes of an APP11 segment before its part: mark, box number, sequence, box length, type
_LABEL = b"c2pa"  # of the box that holds a manifest, and of its kind
_SOURCE_TYPE = re.compile(rb"//cv\.iptc\.org/newscodes/digitalsourcetype/([A-Za-z]{3,60})")


@dataclass(frozen=True, slots=True)
class Credentials:
    """`source_type` is IPTC's word for how it was made, as the signed manifest has it; "" for none."""

    source_type: str


def credentials_of(data: bytes) -> Credentials | None:
    """The Content Credentials in a file; None where none are found."""
    boxes_of = next((look for signature, look in _LOOKS.items() if data.startswith(signature)), None)
    if boxes_of is None:
        return None
    try:
        boxes = boxes_of(data, walk(data).blocks)
    except NotAPicture:
        return None
    if _LABEL not in boxes:
        return None
    named = _SOURCE_TYPE.findall(boxes)
    return Credentials(named[-1].decode() if named else "")  # the last manifest is the one in force


def _jpeg_boxes(data: bytes, blocks: Iterable[Block]) -> bytes:
    bodies = (data[block.body : block.end] for block in blocks if block.kind == _APP11)
    return b"".join(body[_PART_HEADER:] for body in bodies if body.startswith(_BOXES_IN_JPEG))


def _png_boxes(data: bytes, blocks: Iterable[Block]) -> bytes:
    return b"".join(data[block.body : block.end - 4] for block in blocks if block.kind == b"caBX")


def _webp_boxes(data: bytes, blocks: Iterable[Block]) -> bytes:
    return b"".join(data[block.body : block.end] for block in blocks if block.kind == b"C2PA")


_LOOKS: Mapping[bytes, Callable[[bytes, Iterable[Block]], bytes]] = MappingProxyType(
    {JPEG_SIGNATURE: _jpeg_boxes, PNG_SIGNATURE: _png_boxes, b"RIFF": _webp_boxes}
)
