"""What a file is by its first bytes, in words for a visitor who brought something that cannot be used."""

from __future__ import annotations

import re
import struct
import zlib

# Pillow's ways to say that a file is broken, as thousands of damaged files brought them up.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)


class NotAPicture(ValueError):
    """The bytes are not a whole picture of a kind known here, or one that it would be unwise to read."""


LOOKED_AT = 1024  # bytes: a drawing or a page may begin with remarks

_BROKEN_PICTURES = (
    (rb"\xff\xd8\xff", "a broken JPEG file"),
    (rb"\x89PNG\r\n\x1a\n", "a broken PNG file"),
    (rb"GIF8[79]a", "a broken GIF file"),
    (rb"RIFF....WEBP", "a broken WebP file"),
    (rb"BM", "a broken BMP file"),
    (rb"(II\*\x00|MM\x00\*)", "a broken TIFF file"),
    (rb"....ftypavi[fs]", "a broken AVIF file"),
    (rb"....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)", "a broken HEIC file"),
)
_OTHER_PICTURES = (
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (rb"\x00\x00\x00\x0cJXL |\xff\x0a", "a JPEG XL picture"),
    (rb"(II\+|MM\x00\+)", "a BigTIFF picture"),
    (rb"8BPS", "a Photoshop document"),
    (rb"\x00\x00[\x01\x02]\x00", "an icon"),
    (rb"P[1-7][\s#]", "a PPM picture"),
    (rb"DDS ", "a DDS picture"),
    (rb"....ftypcrx|FUJIFILMCCD-RAW", "a camera's raw file"),
)
_NO_PICTURES = (
    (rb"%PDF", "a PDF document"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript file"),
    (rb"PK\x03\x04", "a ZIP archive or an office document"),
    (rb"....ftyp|\x1a\x45\xdf\xa3|RIFF....AVI ", "a video"),
    (rb"\s*(<\?xml.*?)?(<!--.*?)?<svg", "an SVG drawing"),
    (rb"\s*(<!doctype html|<html|<head|<body)", "a web page"),
)
_KINDS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE if pattern.startswith(rb"\s") else re.DOTALL), words)
    for pattern, words in (*_BROKEN_PICTURES, *_OTHER_PICTURES, *_NO_PICTURES)
)


def words_for(beginning: bytes) -> str:
    """What a file is that could not be opened; `beginning` holds up to `LOOKED_AT` bytes."""
    if not beginning:
        return "an empty file"
    return next(
        (words for pattern, words in _KINDS if pattern.match(beginning)), "something that is not a picture"
    )
