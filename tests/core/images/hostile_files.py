"""Files that are built to keep their reader busy or to fill its memory, each as small as it can be made."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from PIL import Image

from tests.core.images.odd_builds import segment, with_chunks, with_segments
from tests.core.images.pictures import chunk, claiming, grain, header, saved

_SIDE = 240
_MEGABYTES = 3  # of the traps that need many bytes: they kept their readers for 1 to 15 s


@cache
def _huge() -> bytes:
    """A hundred megabytes, packed."""
    return zlib.compress(bytes(100_000_000))


def _times(part: bytes) -> bytes:
    return part * (_MEGABYTES * 1_000_000 // len(part))


def _jpeg() -> bytes:
    return grain(_SIDE, _SIDE, "JPEG")


def _png() -> bytes:
    return grain(_SIDE, _SIDE, "PNG")


def _gif(behind: bytes = b"", before: bytes = b"") -> bytes:
    picture = grain(_SIDE, _SIDE, "GIF")
    at = 13 + 768
    return picture[:at] + before + picture[at:-1] + behind + b";"


def _passes(side: int, scans: int) -> bytes:
    """A progressive JPEG whose last refinement is repeated."""
    photo = saved(Image.new("RGB", (side, side), (90, 120, 200)), "JPEG", progressive=True, quality=50)
    return photo[:-2] + photo[photo.rindex(b"\xff\xda") : -2] * scans + photo[-2:]


def _notes(count: int, number: int, kind: int = 7) -> bytes:
    """A directory of entries that all name the same long value."""
    entries = b"".join(struct.pack("<HHII", 0x9000 + at % 4096, kind, number, 8) for at in range(count))
    return b"II*\0" + struct.pack("<IH", 8, count) + entries + bytes(4)


_TIFF_TAGS = (
    *((256, 3, 1, 300), (257, 3, 1, 300), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)),
    *((273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 300), (279, 4, 1, 90_000)),
)


def _tiff(more: bytes = b"", entries: int = 0, pages: int = 1) -> bytes:
    tags = b"".join(struct.pack("<HHII", *tag) for tag in _TIFF_TAGS) + more
    size = 2 + len(tags) + 4
    directory = struct.pack("<H", len(_TIFF_TAGS) + entries) + tags
    nexts = (8 + size * (page + 1) if page < pages - 1 else 0 for page in range(pages))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(directory + struct.pack("<I", at) for at in nexts)


def _rings() -> bytes:
    """Directories that point to one another."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"II*\0" + struct.pack("<IH", 8, 4000) + entry * 4000 + struct.pack("<I", 8)


def _webp() -> bytes:
    whole = saved(Image.new("L", (160, 160)), "WEBP")[8:] + _times(b"abcd" + bytes(4))
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _avif() -> bytes:
    """Made with notes that hold nothing, as its writer reads them, and exchanged afterwards."""
    notes = _notes(4000, 50_000)
    nothing = b"II*\0" + struct.pack("<IH", 8, 0) + b"U" * (len(notes) - 10)
    return saved(Image.new("RGB", (160, 160)), "AVIF", exif=nothing).replace(nothing, notes)


def _too_many() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "JPEG of comments", lambda: with_segments(_jpeg(), _times(segment(0xFE, b"")))
    yield "JPEG of filling bytes", lambda: with_segments(_jpeg(), _times(b"\xff"))
    yield "JPEG of stuffing", lambda: with_segments(_jpeg(), _times(b"\xff\x00"))
    yield "JPEG of restarts", lambda: _jpeg()[:-2] + _times(b"\xff\xd0\xff\xd9")
    yield "JPEG in a thousand passes", lambda: _passes(1500, 1000)
    yield "JPEG of 49 megapixels in a hundred passes", lambda: _passes(7000, 100)
    lost = b"\xff\xe5\xff\xff\xff\xd9"  # a segment that claims more than there is
    yield "JPEG of many passes, lost at its end", lambda: _passes(1500, 400)[:-2] + lost
    yield "PNG of empty chunks", lambda: with_chunks(_png(), _times(chunk(b"tIME", b"")))
    yield "PNG of texts", lambda: with_chunks(_png(), _times(chunk(b"tEXt", b"a\0b")))
    yield "PNG of empty pixels", lambda: with_chunks(_png(), _times(chunk(b"IDAT", b"")))
    yield (
        "GIF of frames",
        lambda: _gif(_times(b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\2\2\x44\1\0")),
    )
    yield "GIF of comments", lambda: _gif(before=_times(b"\x21\xfe\1a\0"))
    yield "GIF of one comment", lambda: _gif(before=b"\x21\xfe" + _times(b"\1a") + b"\0")
    yield "GIF of nothing", lambda: _gif(before=bytes(_MEGABYTES * 1_000_000))
    yield (
        "GIF of a split frame",
        lambda: _gif(b"\x2c" + struct.pack("<HHHH", 0, 0, 9, 9) + b"\0\2" + _times(b"\1a")),
    )
    yield "WebP of chunks", _webp
    yield "TIFF of pages", lambda: _tiff(pages=20_000)


def _too_large() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "PNG of 2,500 megapixels", lambda: claiming(50_000, 50_000)
    yield "PNG of 50,000 by 1,001", lambda: claiming(50_000, 1_001)
    yield "PNG with a packed text", lambda: with_chunks(_png(), chunk(b"zTXt", b"Comment\0\0" + _huge()))
    yield "PNG with a packed profile", lambda: with_chunks(_png(), chunk(b"iCCP", b"x\0\0" + _huge()))
    text = b"Comment\0\1\0\0\0"
    yield "PNG with a packed note", lambda: with_chunks(_png(), chunk(b"iTXt", text + _huge()))
    small = header(200, 200)
    yield (
        "PNG with far too many pixels packed",
        lambda: small + chunk(b"IDAT", _huge()) + chunk(b"IEND", b""),
    )
    heavy = _notes(4000, 50_000) + bytes(14_000)
    yield "JPEG with notes of gigabytes", lambda: with_segments(_jpeg(), segment(0xE1, b"Exif\0\0" + heavy))
    yield "PNG with notes of gigabytes", lambda: with_chunks(_png(), chunk(b"eXIf", heavy))
    webp = saved(Image.new("L", (160, 160)), "WEBP", exif=b"Exif\0\0" + heavy)
    yield "WebP with notes of gigabytes", lambda: webp
    yield "AVIF with notes of gigabytes", _avif
    yield "JPEG with notes in rings", lambda: with_segments(_jpeg(), segment(0xE1, b"Exif\0\0" + _rings()))
    blob = _MEGABYTES * 1_000_000
    more = b"".join(struct.pack("<HHII", 40_000 + at, 1, blob, 8) for at in range(5_000))
    yield "TIFF with notes of gigabytes", lambda: _tiff(more, 5_000) + bytes(blob)
    numbers = struct.pack("<HHII", 40_000, 5, blob // 8, 8)
    yield "TIFF with millions of numbers", lambda: _tiff(numbers, 1) + bytes(blob)
    strips = struct.pack("<HHII", 273, 4, blob // 4, 8)
    yield "TIFF of millions of strips", lambda: _tiff(strips, 1) + bytes(blob)


def _others() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "PostScript of remarks", lambda: b"%!PS-Adobe-3.0\n%%BoundingBox: 0 0 600 600\n" + _times(b"%%a\n")
    yield "PPM of one remark", lambda: b"P6\n#" + _times(b"a")
    yield "XPM of lines", lambda: b"/* XPM */" + _times(b"\n")
    yield "XBM of lines", lambda: _times(b"#define a 1\n")
    yield "SVG of groups", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + _times(b"<g/>")
    yield "SVG behind a remark", lambda: b"<!--" + _times(b" ")
    yield "text", lambda: _times(b"text ")
    yield "TIFF headers", lambda: b"\0" * 8 + _times(b"II*\0\x08\0\0\0")


TRAPS: Mapping[str, Callable[[], bytes]] = dict((*_too_many(), *_too_large(), *_others()))
"""Name, and what makes the file."""

HARMLESS = {
    "JPEG of restarts": "mended",
    "JPEG with notes in rings": "mended",
    "PNG with far too many pixels packed": "as it is",
}
"""The traps that need not be refused, as nobody is caught in them; all others are."""

LARGE: Mapping[str, Callable[[], bytes]] = {
    "PNG of 49 megapixels with alpha": lambda: saved(
        Image.new("RGBA", (7000, 7000)), "PNG", compress_level=1
    ),
}
"""As large as is taken at all, in the kind that takes most memory: mended all the same."""
