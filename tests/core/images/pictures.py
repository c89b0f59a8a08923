"""Picture files made on the spot: of any kind, of exactly these sides, of exactly this many bytes."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from random import Random

from PIL import Image

from tryon_core.images import mending, preflight
from tryon_core.images.mending import Mended
from tryon_core.images.rules import ImageRule

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_IN_A_SEGMENT = 65_533  # bytes of a JPEG comment, without its length field


# To pack well and to choose fitting colours took half of the time of these pictures; nobody looks at that.
_QUICK: dict[str, dict[str, object]] = {"PNG": {"compress_level": 1}, "AVIF": {"speed": 10}}


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of a kind."""
    if kind == "GIF" and image.mode == "RGB":
        image = image.convert("P")
    buffer = io.BytesIO()
    image.save(buffer, kind, **{**_QUICK.get(kind, {}), **options})
    return buffer.getvalue()


def put(folder: Path, data: bytes, name: str = "picture") -> Path:
    """The bytes as a file in a folder."""
    path = folder / name
    path.write_bytes(data)
    return path


def turned(image: Image.Image, kind: str = "JPEG", mark: int = 6) -> bytes:
    """A photo that lies on its side (or on its head), with the mark that tells a viewer to turn it."""
    exif = Image.Exif()
    exif[0x0112] = mark
    return saved(image, kind, exif=exif)


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, depth: int = 8, colours: int = 2) -> bytes:
    """The beginning of a PNG; `colours` is the kind of colours by number: 0 grey, 2 RGB, 6 RGBA."""
    return PNG_SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def claiming(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is this large; nearly nothing follows."""
    return header(width, height) + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


def flat(width: int, height: int, kind: str) -> bytes:
    """The lightest picture of these sides: white, of one bit a pixel where the kind can hold that."""
    return saved(Image.new("L" if kind == "JPEG" else "1", (width, height), 1), kind)


def grain(width: int, height: int, kind: str) -> bytes:
    """A grey picture of noise, the same each time: about a byte a pixel."""
    return saved(Image.frombytes("L", (width, height), Random(7).randbytes(width * height)), kind)


def padded(data: bytes, kind: str, size: int) -> bytes:
    """The same picture in exactly `size` bytes: comments in a JPEG, else zeros behind the picture."""
    missing = size - len(data)
    if kind == "JPEG":
        return data[:2] + _comments(missing) + data[2:]
    return data + bytes(missing)


def _comments(count: int) -> bytes:
    """JPEG comments that take this many bytes with their markers; 4 at least."""
    comments = []
    while count:
        room = min(count - 4, _MOST_IN_A_SEGMENT)
        room -= 4 if 0 < count - 4 - room < 4 else 0  # the rest must hold one more
        comments.append(b"\xff\xfe" + struct.pack(">H", room + 2) + b"x" * room)
        count -= 4 + room
    return b"".join(comments)


def mend(field: str, source: Path, rule: ImageRule) -> Mended | None:
    """A picture examined and mended, as a job does in two steps."""
    return mending.mend(field, source, rule, preflight.examine(field, source, rule).facts)
