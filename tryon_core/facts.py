"""What a picture is, by its header: kind, size, colours, frames. Nothing here judges or changes it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageCms

from tryon_core.kinds import LOOKED_AT, words_for

MAX_PIXELS = 50_000_000  # a phone's 8,160 x 6,120; four bytes each, decoded, is what one picture may cost
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
_ORIENTATION = 0x0112  # EXIF tag
_QUARTER_TURNS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_SAME_KIND = {"MPO": "JPEG"}  # several JPEGs in one file, as phones write them; the first is the photo
_DEEP_MODES = ("I;16", "I;16B", "I;16L", "I", "F")
_WITHOUT_EXIF = ("BMP", "GIF")

EXTENSIONS: Mapping[str, str] = MappingProxyType(
    {
        "JPEG": ".jpg",
        "PNG": ".png",
        "BMP": ".bmp",
        "WEBP": ".webp",
        "GIF": ".gif",
        "TIFF": ".tiff",
        "AVIF": ".avif",
        "HEIF": ".heic",
    }
)
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "JPEG": "image/jpeg",
        "PNG": "image/png",
        "BMP": "image/bmp",
        "WEBP": "image/webp",
        "GIF": "image/gif",
        "TIFF": "image/tiff",
        "AVIF": "image/avif",
        "HEIF": "image/heic",
    }
)


class NotAPicture(ValueError):
    """The bytes are not a whole picture of a kind known here."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header says. `width` and `height` are as a viewer shows them, turned by EXIF.

    `mode` is Pillow's; `deep` means more than 8 bits a colour; `profile` names a colour profile other than
    sRGB; `frames` counts the pictures of an animation.
    """

    format: str
    width: int
    height: int
    size: int
    turned: bool
    mode: str = "RGB"
    deep: bool = False
    profile: str = ""
    frames: int = 1

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.format]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]


def facts_of(source: Path | bytes) -> Facts:
    """Reads the header only. Raises `NotAPicture`."""
    with opened(source) as image:
        kind = _SAME_KIND.get(image.format or "", image.format or "")
        if kind not in EXTENSIONS:
            raise NotAPicture(f"a {image.format} file")
        orientation = _orientation(image)
        width, height = image.size
        if orientation in _QUARTER_TURNS:
            width, height = height, width
        return Facts(
            format=kind,
            width=width,
            height=height,
            size=len(source) if isinstance(source, bytes) else source.stat().st_size,
            turned=orientation != 1,
            mode=image.mode,
            deep=image.mode in _DEEP_MODES or _is_deep_png(source, kind),
            profile=_foreign_profile(image),
            frames=1 if kind == "JPEG" else _frames(image),
        )


def verified(data: bytes) -> Facts:
    """The facts of a whole picture: every pixel is decoded. Raises `NotAPicture` for a broken one."""
    facts = facts_of(data)
    with opened(data) as image:
        try:
            image.load()
        except BROKEN as error:
            raise NotAPicture(f"a broken {facts.format} file") from error
    return facts


def ensure_whole(source: Path | bytes, facts: Facts) -> None:
    """Reads the file to its end. Raises `NotAPicture` for one that is broken or cut short.

    A JPEG is decoded at an eighth of its size: everything is read, little is computed.
    """
    with opened(source) as image:
        image.draft("L", (image.width // 8, image.height // 8))
        try:
            image.load()
        except BROKEN as error:
            raise NotAPicture(f"a broken {facts.format} file") from error


def opened(source: Path | bytes) -> Image.Image:
    """Opens lazily, bounded in pixels. Raises `NotAPicture`."""
    try:
        image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=_opened())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("far too many pixels") from None
    except FileNotFoundError:
        raise NotAPicture("nothing") from None
    except BROKEN as error:
        raise NotAPicture(words_for(_beginning(source, LOOKED_AT))) from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise NotAPicture(f"{image.width} × {image.height} pixels")
    return image


@cache
def _opened() -> tuple[str, ...]:
    """The kinds that Pillow may look for: its forty others have readers that nobody here needs, and some are
    slow to notice that a file is not theirs. HEIC it reads by a plugin, used when it is installed."""
    plain = tuple(kind for kind in (*EXTENSIONS, *_SAME_KIND) if kind != "HEIF")
    try:
        import_module("pillow_heif").register_heif_opener()
    except ImportError:
        return plain
    return (*plain, "HEIF")


def _beginning(source: Path | bytes, count: int) -> bytes:
    if isinstance(source, bytes):
        return source[:count]
    with source.open("rb") as file:
        return file.read(count)


def _is_deep_png(source: Path | bytes, kind: str) -> bool:
    """Pillow reads a 16-bit colour PNG as if it had 8: only the header, byte 24, tells."""
    return kind == "PNG" and _beginning(source, 25)[24:25] == b"\x10"


def _orientation(image: Image.Image) -> int:
    """The EXIF mark that says how to turn the picture; 1, upright, where there is none to be read."""
    if "exif" not in image.info and image.format in ("PNG", *_WITHOUT_EXIF):
        return 1  # asking Pillow would decode the whole picture
    try:
        mark = int(image.getexif().get(_ORIENTATION, 1))
    except BROKEN:
        return 1
    return mark if 1 <= mark <= 8 else 1


def _foreign_profile(image: Image.Image) -> str:
    """The name of a colour profile that is not sRGB; nothing when there is none, or none to be understood."""
    raw = image.info.get("icc_profile")
    if not raw or image.mode not in ("RGB", "RGBA", "P"):
        return ""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(raw))
        name = ImageCms.getProfileDescription(profile).strip()
    except (ImageCms.PyCMSError, *BROKEN):
        return ""
    if profile.profile.xcolor_space.strip() != "RGB":
        return ""
    return "" if "srgb" in name.lower() or name == "c2" else name  # c2: a well-known tiny sRGB


def _frames(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except BROKEN:
        return 1
