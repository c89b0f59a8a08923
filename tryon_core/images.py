"""Pre-flight: what a picture is, whether a vendor takes it, and the mends that are safe.

A file that complies is never touched. All functions block: call them in a worker thread.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from tryon_core.errors import InvalidRequest
from tryon_core.image_rules import EXTENSIONS, MB, MEDIA_TYPES, ImageRule

MAX_PIXELS = 80_000_000  # a 10,000 x 8,000 scan; four bytes each, decoded, is what one job may cost
JPEG_QUALITY = 95
_ORIENTATION = 0x0112  # EXIF tag
BROKEN = (OSError, ValueError, SyntaxError, IndexError, KeyError, struct.error, zlib.error)  # Pillow's ways
_QUARTER_TURNS = (5, 6, 7, 8)  # EXIF orientations that swap width and height


class NotAPicture(ValueError):
    """The bytes are not a whole picture of a kind known here."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header says. `width` and `height` are as a viewer shows them, turned by EXIF."""

    format: str
    width: int
    height: int
    size: int
    turned: bool

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.format]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]


@dataclass(frozen=True, slots=True)
class Mended:
    """A picture made fit for a vendor: the new bytes, their extension, and what was done in words."""

    data: bytes
    extension: str
    notes: tuple[str, ...]


def facts_of(source: Path | bytes) -> Facts:
    """Reads the header only. Raises `NotAPicture`."""
    with _opened(source) as image:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if image.format not in EXTENSIONS:
            raise NotAPicture(f"a {image.format} file")
        orientation = _orientation(image)
        width, height = image.size
        if orientation in _QUARTER_TURNS:
            width, height = height, width
        return Facts(image.format, width, height, size, orientation != 1)


def verified(data: bytes) -> Facts:
    """The facts of a whole picture: every pixel is decoded. Raises `NotAPicture` for a broken one."""
    facts = facts_of(data)
    with _opened(data) as image:
        try:
            image.load()
        except BROKEN as error:
            raise NotAPicture(f"a broken {facts.format} file") from error
    return facts


def extension_of(field: str, data: bytes) -> str:
    """The extension that tells the true type. Raises `InvalidRequest` when it is no picture."""
    try:
        return facts_of(data).extension
    except NotAPicture as error:
        raise InvalidRequest(field, str(error), "a picture") from None


def check(field: str, source: Path, rule: ImageRule) -> Facts:
    """The facts of a picture that complies or can be mended. Raises `InvalidRequest` naming the field."""
    try:
        facts = facts_of(source)
    except NotAPicture as error:
        raise InvalidRequest(field, str(error), _formats(rule)) from None
    if min(facts.width, facts.height) < rule.min_side:
        raise InvalidRequest(field, _size(facts), f"sides of at least {rule.min_side} pixels")
    if facts.size < rule.min_bytes:
        raise InvalidRequest(field, f"{facts.size} bytes", f"at least {rule.min_bytes} bytes")
    scale = rule.max_side / max(facts.width, facts.height)
    if min(facts.width, facts.height) * min(scale, 1.0) < rule.min_side:
        limit = f"sides from {rule.min_side} to {rule.max_side} pixels"
        raise InvalidRequest(field, _size(facts), limit)
    if facts.size > rule.max_bytes and not _wanted_mends(field, facts, rule):
        # Nothing else is wrong with it: squeezing it harder would cost quality that nobody agreed to.
        raise InvalidRequest(
            field, f"{facts.size:,} bytes", f"at most {_bytes(rule.max_bytes)} ({rule.max_bytes:,} bytes)"
        )
    return facts


def check_same_size(first: tuple[str, Facts], second: tuple[str, Facts]) -> None:
    """Both pictures must show the same number of pixels. Raises `InvalidRequest` naming the first."""
    (field, found), (other, wanted) = first, second
    if (found.width, found.height) != (wanted.width, wanted.height):
        raise InvalidRequest(field, _size(found), f"the size of the {other}, {_size(wanted)}")


def mend(field: str, source: Path, rule: ImageRule) -> Mended | None:
    """A version that complies, or None when the file complies as it is. Raises `InvalidRequest`.

    Turned by its EXIF mark, shrunk to the longest side allowed, and written anew (JPEG at quality 95,
    PNG where there is transparency) when the format does not fit. Too many bytes alone are refused.
    """
    facts = check(field, source, rule)
    notes = _wanted_mends(field, facts, rule)
    if not notes:
        return None
    with _opened(source) as image:
        try:
            upright = ImageOps.exif_transpose(image)
        except BROKEN:
            raise InvalidRequest(field, "a broken file", _formats(rule)) from None
    upright.thumbnail((rule.max_side, rule.max_side), Image.Resampling.LANCZOS)
    data, extension = _written(upright, facts, rule)
    if len(data) > rule.max_bytes:
        raise InvalidRequest(field, _bytes(len(data)), f"at most {_bytes(rule.max_bytes)}")
    return Mended(data, extension, notes)


def _wanted_mends(field: str, facts: Facts, rule: ImageRule) -> tuple[str, ...]:
    mends = {
        f"{field}: turned upright.": facts.turned,
        f"{field}: shrunk from {_size(facts)} to at most {rule.max_side} pixels a side.": max(
            facts.width, facts.height
        )
        > rule.max_side,
        f"{field}: converted from {facts.format}.": facts.format not in rule.formats,
    }
    return tuple(note[:1].upper() + note[1:] for note, wanted in mends.items() if wanted)


def _written(image: Image.Image, facts: Facts, rule: ImageRule) -> tuple[bytes, str]:
    lossless = facts.format in ("PNG", "BMP") or image.mode in ("RGBA", "LA", "PA", "P")
    if lossless:
        data = encoded(image, "PNG")
        if len(data) <= rule.max_bytes:
            return data, EXTENSIONS["PNG"]
    return encoded(_on_white(image), "JPEG"), EXTENSIONS["JPEG"]


def encoded(image: Image.Image, kind: str, quality: int = JPEG_QUALITY) -> bytes:
    """The picture as a file of a kind, with its colour profile and without EXIF."""
    buffer = io.BytesIO()
    profile = image.info.get("icc_profile")
    image.save(buffer, kind, quality=quality, icc_profile=profile)
    return buffer.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _opened(source: Path | bytes) -> Image.Image:
    """Opens lazily, bounded in pixels."""
    try:
        image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("far too many pixels") from None
    except FileNotFoundError:
        raise NotAPicture("nothing") from None
    except BROKEN as error:
        raise NotAPicture("something that is not a picture") from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise NotAPicture(f"{image.width} × {image.height} pixels")
    return image


def _orientation(image: Image.Image) -> int:
    """The EXIF mark that says how to turn the picture; 1, upright, where there is none to be read."""
    if "exif" not in image.info and image.format in ("PNG", "BMP", "GIF"):
        return 1  # asking Pillow would decode the whole picture
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (*BROKEN, TypeError):
        return 1


def _size(facts: Facts) -> str:
    return f"{facts.width} × {facts.height} pixels"


def _bytes(count: int) -> str:
    return f"{round(count / MB, 2):g} MB" if count >= MB else f"{count} bytes"


def _formats(rule: ImageRule) -> str:
    kinds = ", ".join(sorted(rule.formats))
    return f"a picture ({kinds}) of at most {MAX_PIXELS // 1_000_000} million pixels"
