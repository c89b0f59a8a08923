"""Files whose picture is fine and whose building is not: odd parts, two files in one, rare depths."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Literal

from PIL import Image

from tests.core.images.pictures import chunk, header, saved

Verdict = Literal["as it is", "mended", "refused"]
Build = tuple[str, bytes, Verdict, Verdict]  # name, file, the verdict by Aidge's rules, by AILab's

APP1, COMMENT = 0xE1, 0xFE


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def with_segments(photo: bytes, *segments: bytes) -> bytes:
    """A JPEG with segments in front."""
    return photo[:2] + b"".join(segments) + photo[2:]


def with_chunks(picture: bytes, *chunks: bytes, last: bool = False) -> bytes:
    """A PNG with chunks behind its header, or before its end."""
    at = len(picture) - 12 if last else 33
    return picture[:at] + b"".join(chunks) + picture[at:]


def with_riff(picture: bytes, kind: bytes, body: bytes) -> bytes:
    """A WebP with one more chunk at its end."""
    whole = picture[8:] + kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def orientation(mark: int) -> bytes:
    """EXIF directories that hold nothing but this orientation."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, mark, 0, 0)


def all_builds(scene: Image.Image) -> Iterator[Build]:
    """Every odd building of one scene."""
    yield from _jpegs(saved(scene, "JPEG"))
    yield from _pngs(saved(scene, "PNG"))
    yield from _webps(saved(scene, "WEBP"))
    yield from _two_in_one(scene)
    yield from _depths(scene)
    yield from _tiffs(scene)


# The segments of JPEG that programs write, and whether they have to go.
_SEGMENTS: tuple[tuple[str, int, bytes, Verdict], ...] = (
    ("a comment", COMMENT, b"by an encoder", "as it is"),
    ("an empty comment", COMMENT, b"", "as it is"),
    ("a page of HTML as comment", COMMENT, b"<html><script>alert(1)</script>", "as it is"),
    ("XMP", APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>", "mended"),
    ("more XMP", APP1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40), "mended"),
    ("an unknown APP1", APP1, b"QVCI\0" + bytes(40), "mended"),
    ("orientation 1 alone", APP1, b"Exif\0\0" + orientation(1), "as it is"),
    ("orientation 3 alone", APP1, b"Exif\0\0" + orientation(3), "mended"),
    ("EXIF that is cut short", APP1, b"Exif\0\0" + orientation(1)[:12], "mended"),
    ("EXIF that is text", APP1, b"Exif\0\0where it was taken", "mended"),
    ("EXIF with room behind", APP1, b"Exif\0\0" + orientation(1) + b"x" * 600, "mended"),
    ("MPF", 0xE2, b"MPF\0" + orientation(1), "mended"),
    ("FlashPix", 0xE2, b"FPXR\0" + bytes(40), "mended"),
    ("Meta", 0xE3, b"Meta\0\0" + orientation(1), "mended"),
    ("a maker's APP4", 0xE4, b"Qualcomm Camera Attributes\0", "mended"),
    ("Ricoh", 0xE5, b"RMETA\0" + bytes(20), "mended"),
    ("GoPro", 0xE6, b"GoPro\0GPS5" + bytes(20), "mended"),
    ("content credentials", 0xEB, b"JP\0\1" + bytes(20), "mended"),
    ("an old camera's picture info", 0xEC, b"[picture info]\nTimeDate=1\n", "mended"),
    ("IPTC", 0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x05Paris", "mended"),
    ("Photoshop's thumbnail", 0xED, b"Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x02ab", "mended"),
)


def _jpegs(photo: bytes) -> Iterator[Build]:
    for name, marker, body, verdict in _SEGMENTS:
        yield f"JPEG with {name}", with_segments(photo, segment(marker, body)), verdict, verdict
    yield "JPEG with filling bytes", with_segments(photo, b"\xff" * 9), "as it is", "as it is"
    yield "JPEG with comments in hundreds", with_segments(photo, segment(COMMENT, b"x") * 400), *_BOTH_FINE
    yield "JPEG without an end", photo[:-2], "refused", "refused"
    yield "JPEG with two beginnings", photo[:2] + photo, "refused", "refused"
    yield "JPEG that begins in text", b"GET / " + photo, "refused", "refused"
    yield "JPEG with bytes between", with_segments(photo, b"between"), "refused", "refused"


_BOTH_FINE: tuple[Verdict, Verdict] = ("as it is", "as it is")

# The chunks of PNG that programs write, and whether they have to go.
_CHUNKS: tuple[tuple[str, bytes, bytes, Verdict], ...] = (
    ("gamma", b"gAMA", struct.pack(">I", 45455), "as it is"),
    (
        "primaries",
        b"cHRM",
        struct.pack(">8I", *[31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]),
        "as it is",
    ),
    ("resolution", b"pHYs", struct.pack(">IIB", 3780, 3780, 1), "as it is"),
    ("sRGB", b"sRGB", b"\0", "as it is"),
    ("software", b"tEXt", b"Software\0a program", "as it is"),
    ("packed comment", b"zTXt", b"Comment\0\0" + zlib.compress(b"text"), "as it is"),
    ("a time", b"tIME", struct.pack(">HBBBBB", 2024, 1, 2, 3, 4, 5), "mended"),
    ("an author", b"tEXt", b"Author\0somebody", "mended"),
    ("a source", b"tEXt", b"Source\0a camera", "mended"),
    ("a date", b"tEXt", b"date:create\x002024-01-01", "mended"),
    ("EXIF as text", b"tEXt", b"exif:GPSLatitude\x0052/1", "mended"),
    ("raw EXIF", b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n4\n45786966"), "mended"),
    ("XMP", b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>", "mended"),
    ("orientation 1", b"eXIf", orientation(1), "as it is"),
    ("orientation 6", b"eXIf", orientation(6), "mended"),
    ("EXIF that is text", b"eXIf", b"where it was taken", "mended"),
    ("content credentials", b"caBX", bytes(40), "mended"),
    ("a private chunk", b"prVt", b"anything", "mended"),
)


def _pngs(picture: bytes) -> Iterator[Build]:
    for name, kind, body, verdict in _CHUNKS:
        yield f"PNG with {name}", with_chunks(picture, chunk(kind, body)), verdict, verdict
    turned = with_chunks(picture, chunk(b"eXIf", orientation(6)), last=True)
    yield "PNG turned by its last chunk", turned, "mended", "mended"
    yield "PNG without an end", picture[:-12], "mended", "mended"
    yield "PNG with a wrong checksum", picture[:29] + b"none" + picture[33:], "refused", "refused"
    yield "PNG with an empty chunk in hundreds", with_chunks(picture, chunk(b"IDAT", b"") * 400), *_BOTH_FINE


def _webps(picture: bytes) -> Iterator[Build]:
    extended = _extended(picture)
    yield "WebP extended", extended, "as it is", "mended"
    yield "WebP with an unknown chunk", with_riff(extended, b"geo ", b"52.5 N"), "mended", "mended"
    yield "WebP with XMP", with_riff(extended, b"XMP ", b"<x:xmpmeta/>"), "mended", "mended"
    yield "WebP with orientation 1", with_riff(extended, b"EXIF", orientation(1)), "as it is", "mended"
    yield "WebP with a trailer", picture + b"trailer", "mended", "mended"


def _extended(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture)) as image:
        width, height = image.size
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    whole = b"WEBPVP8X" + struct.pack("<I", 10) + bytes([0x0C, 0, 0, 0]) + sides + picture[12:]
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


_OTHER_FILES = {
    "a ZIP": b"PK\x03\x04" + b"file" * 9,
    "a program": b"MZ\x90\x00" + b"code" * 9,
    "a page": b"<script>alert(1)</script>",
    "a video": b"\0\0\0\x18ftypmp42" + b"\0\0\0\1moov" * 9,
}


def _two_in_one(scene: Image.Image) -> Iterator[Build]:
    for kind in ("JPEG", "PNG", "BMP"):
        for name, data in _OTHER_FILES.items():
            yield f"{kind} with {name} behind", saved(scene, kind) + data, "mended", "mended"
    yield "GIF with a program behind", saved(scene, "GIF") + _OTHER_FILES["a program"], "mended", "mended"
    yield "a ZIP with a photo behind", _OTHER_FILES["a ZIP"] + saved(scene, "JPEG"), "refused", "refused"
    yield "a page with a photo in it", b"<html>" + saved(scene, "PNG"), "refused", "refused"


# PNG: bits, kind of colours by number, values a pixel, verdict.
_DEPTHS: tuple[tuple[str, int, int, int, Verdict], ...] = (
    ("2 bits of grey", 2, 0, 1, "as it is"),
    ("4 bits of grey", 4, 0, 1, "as it is"),
    ("16 bits of grey", 16, 0, 1, "mended"),
    ("16 bits of colour", 16, 2, 3, "mended"),
    ("16 bits of grey and alpha", 16, 4, 2, "mended"),
    ("16 bits of colour and alpha", 16, 6, 4, "mended"),
)


def _depths(scene: Image.Image) -> Iterator[Build]:
    grain = scene.getchannel(2).tobytes()
    for name, bits, colours, values, verdict in _DEPTHS:
        yield f"PNG of {name}", _raw_png(grain, bits, colours, values), verdict, verdict
    interlaced = bytearray(_raw_png(grain, 8, 2, 3))
    interlaced[28] = 1
    wrong = bytes(interlaced[:29]) + struct.pack(">I", zlib.crc32(interlaced[12:29])) + bytes(interlaced[33:])
    yield "PNG that says it is interlaced", wrong, "refused", "refused"
    clear = saved(scene.convert("P"), "PNG", transparency=0)
    yield "PNG of a palette with a clear colour", clear, *_BOTH_FINE
    yield "JPEG of inverted CMYK", saved(scene.convert("CMYK"), "JPEG"), "mended", "mended"
    yield "JPEG of CMYK without Adobe's mark", _without_adobe(scene), "mended", "mended"
    yield "TIFF of 16 bits of colour", _deep_tiff(grain), "mended", "mended"


def _raw_png(grain: bytes, bits: int, colours: int, values: int) -> bytes:
    width = height = 200
    row = (width * bits * values + 7) // 8
    pixels = grain * 4
    rows = b"".join(b"\0" + pixels[at : at + row] for at in range(0, row * height, row))
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    # Comments bring it to the weight that AILab wants, however well the pixels are packed.
    return header(width, height, bits, colours) + chunk(b"tEXt", b"Comment\0" + b"-" * 6_000) + body


def _without_adobe(scene: Image.Image) -> bytes:
    photo = saved(scene.convert("CMYK"), "JPEG")
    at = photo.index(b"\xff\xee")
    return photo[:at] + photo[at + 2 + int.from_bytes(photo[at + 2 : at + 4], "big") :]


def _deep_tiff(grain: bytes) -> bytes:
    side = 200
    pixels = (grain * 5)[: side * side * 6]
    pixels += bytes(side * side * 6 - len(pixels))
    records = (
        (256, 3, 1, side),
        (257, 3, 1, side),
        (258, 3, 3, 8 + 2 + 12 * 9 + 4),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, 8 + 2 + 12 * 9 + 4 + 6),
        (277, 3, 1, 3),
        (278, 3, 1, side),
        (279, 4, 1, len(pixels)),
    )
    directory = (
        struct.pack("<H", 9) + b"".join(struct.pack("<HHII", *record) for record in records) + bytes(4)
    )
    return b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<3H", 16, 16, 16) + pixels


def _tiffs(scene: Image.Image) -> Iterator[Build]:
    for mark in (1, 3, 6, 8):
        exif = Image.Exif()
        exif[0x0112] = mark
        yield f"TIFF turned {mark}", saved(scene, "TIFF", exif=exif), "mended", "mended"
    tiff = saved(scene, "TIFF")
    yield "TIFF of the other magic", tiff[:2] + b"\0*" + tiff[4:], "mended", "mended"
    yield "BigTIFF", saved(scene, "TIFF", big_tiff=True), "refused", "refused"
    yield "TIFF behind JPEG's beginning", b"\xff\xd8\xff" + tiff, "refused", "refused"
