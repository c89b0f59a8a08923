"""What a file is by its first bytes, in words for a visitor who brought something that cannot be used."""

from __future__ import annotations

import re
import struct
import zlib

from tryon_core.sentences import said

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
    """The bytes are not a whole picture of a kind known here, or one that it would be unwise to read.

    `found` says what they are.
    """

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class FileGone(NotAPicture):
    """There is no file any more: nothing is wrong with what it was."""

    def __init__(self) -> None:
        super().__init__(said("word.nothing"))


LOOKED_AT = 1024  # bytes: a drawing or a page may begin with remarks

_BROKEN_PICTURES = (
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"RIFF....WEBP", "WebP"),
    (rb"BM", "BMP"),
    (rb"(II\*\x00|MM\x00\*)", "TIFF"),
    (rb"....ftypavi[fs]", "AVIF"),
    (rb"....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)", "HEIC"),
)
_OTHER_PICTURES = (
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "jpeg_2000"),
    (rb"\x00\x00\x00\x0cJXL |\xff\x0a", "jpeg_xl"),
    (rb"(II\+|MM\x00\+)", "big_tiff"),
    (rb"8BPS", "photoshop"),
    (rb"\x00\x00[\x01\x02]\x00", "icon"),
    (rb"P[1-7][\s#]", "ppm"),
    (rb"DDS ", "dds"),
    (rb"....ftypcrx|FUJIFILMCCD-RAW", "raw"),
)
_NO_PICTURES = (
    (rb"%PDF", "pdf"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "postscript"),
    (rb"PK\x03\x04", "zip"),
    (rb"....ftyp|\x1a\x45\xdf\xa3|RIFF....AVI ", "video"),
    (rb"\s*(<\?xml.*?)?(<!--.*?)?<svg", "svg"),
    (rb"\s*(<!doctype html|<html|<head|<body)", "web_page"),
)
_KINDS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE if pattern.startswith(rb"\s") else re.DOTALL), name)
    for pattern, name in (*_BROKEN_PICTURES, *_OTHER_PICTURES, *_NO_PICTURES)
)


def words_for(beginning: bytes) -> str:
    """What a file is that could not be opened; `beginning` holds up to `LOOKED_AT` bytes."""
    if not beginning:
        return said("file.empty")
    found = next((name for pattern, name in _KINDS if pattern.match(beginning)), "unknown")
    return said("file.broken", kind=found) if found[0].isupper() else said(f"file.{found}")
