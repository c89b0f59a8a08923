"""What a picture is, by its header: kind, size, colours, frames. Nothing here judges or changes it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

from tryon_core.images.file_signatures import BROKEN, LOOKED_AT, FileGone, NotAPicture, words_for
from tryon_core.images.structure import UPRIGHT, structure_of
from tryon_core.sentences import said
from tryon_core.units import MIB

MAX_BYTES = 64 * MIB  # of a file; what can be uploaded is less
MAX_PIXELS = 50_000_000  # a phone's 8,160 x 6,120; four bytes each, decoded, is what one picture may cost
_ONLY_THE_READER_KNOWS = ("AVIF", "HEIF")  # how they are turned
_ORIENTATION = 0x0112  # EXIF tag
_QUARTER_TURNS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_TURNS = {  # by EXIF orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SAME_KIND = {"MPO": "JPEG"}  # several JPEGs in one file, as phones write them; the first is the photo
# The colours that a profile must be of to apply, by Pillow's mode.
_SPACES = {"RGB": "RGB", "RGBA": "RGB", "P": "RGB", "L": "GRAY", "1": "GRAY"}
_LIKE_SRGB = re.compile(r"s\W?rgb|^c2$|^sgr[ae]y|gr[ae]y gamma 2[.,]2", re.IGNORECASE)  # c2: a tiny sRGB
_DEEP_MODES = ("I;16", "I;16B", "I;16L")
_WITHOUT_A_WHITE = ("I", "F")  # 32 bits a pixel, of which no file says what is white

# What pictures are kept and served as: the system's own table of media types lacks WebP on bare machines.
KINDS = {
    "JPEG": (".jpg", "image/jpeg"),
    "PNG": (".png", "image/png"),
    "BMP": (".bmp", "image/bmp"),
    "WEBP": (".webp", "image/webp"),
    "GIF": (".gif", "image/gif"),
    "TIFF": (".tiff", "image/tiff"),
    "AVIF": (".avif", "image/avif"),
    "HEIF": (".heic", "image/heic"),
}
_SERVED_AS = dict(KINDS.values()) | {".jpeg": "image/jpeg", ".zip": "application/zip"}
UNKNOWN = "application/octet-stream"  # shown by no browser as a page


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header says. `width` and `height` are as a viewer shows them, turned by EXIF.

    `mark` is EXIF's orientation, 1 to 8; `mode` is Pillow's; `deep` means more than 8 bits a colour;
    `profile` names a colour profile other than sRGB; `frames` counts the pictures of an animation; `odd`
    means that the file's blocks cannot be followed to its end, though its picture can be read.
    """

    format: str
    width: int
    height: int
    size: int
    mark: int = UPRIGHT
    mode: str = "RGB"
    deep: bool = False
    profile: str = ""
    frames: int = 1
    odd: bool = False

    @property
    def turned(self) -> bool:
        """Whether a viewer has to turn or mirror what is stored."""
        return self.mark != UPRIGHT

    @property
    def extension(self) -> str:
        """With its dot: `.jpg`."""
        return KINDS[self.format][0]

    @property
    def media_type(self) -> str:
        """As HTTP names it: `image/jpeg`."""
        return KINDS[self.format][1]


def facts_of(source: Path | bytes) -> Facts:
    """Decodes nothing. Raises `NotAPicture`, also for a file that is built to keep its reader busy."""
    data = bytes_of(source)
    structure = structure_of(data)
    with opened(data) as image:
        kind = _SAME_KIND.get(image.format or "", image.format or "")
        structure.ensure_quick(image.width * image.height)
        if image.mode in _WITHOUT_A_WHITE:
            raise NotAPicture(said("file.deep"))
        width, height = image.size
        mark = _mark(image) if kind in _ONLY_THE_READER_KNOWS else structure.mark
        if mark in _QUARTER_TURNS:
            width, height = height, width
        return Facts(
            format=kind,
            width=width,
            height=height,
            size=len(data),
            mark=mark,
            mode=image.mode,
            deep=image.mode in _DEEP_MODES or _is_deep_png(data, kind),
            profile=_foreign_profile(image),
            frames=structure.frames or _frames(image),
            odd=structure.odd,
        )


def bytes_of(source: Path | bytes) -> bytes:
    """A file's bytes. Raises `NotAPicture` for one that cannot be read, or is larger than any photo."""
    if isinstance(source, bytes):
        return source
    try:
        size = source.stat().st_size
        if size <= MAX_BYTES:
            return source.read_bytes()
    except FileNotFoundError:
        raise FileGone from None
    except (OSError, ValueError):  # a folder, say, or a name that no file can have
        raise NotAPicture(said("file.unreadable")) from None
    raise NotAPicture(said("size.bytes", size=size))


def verified(data: bytes) -> Facts:
    """The facts of a whole picture: every pixel is decoded. Raises `NotAPicture` for a broken one."""
    facts = facts_of(data)
    with opened(data) as image:
        _load(image, facts)
    return facts


def ensure_whole(data: bytes, facts: Facts) -> None:
    """Reads the file to its end. Raises `NotAPicture` for one that is broken or cut short.

    A JPEG is decoded at an eighth of its size: everything is read, little is computed.
    """
    with opened(data) as image:
        image.draft("L", (image.width // 8, image.height // 8))
        _load(image, facts)


def _load(image: Image.Image, facts: Facts) -> None:
    try:
        image.load()
    except BROKEN as error:
        raise NotAPicture(said("file.broken", kind=facts.format)) from error


def opened(data: bytes) -> Image.Image:
    """Opens lazily, bounded in pixels; for files that `facts_of` has let pass. Raises `NotAPicture`."""
    try:
        image = Image.open(io.BytesIO(data), formats=_opened())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture(said("file.pixels")) from None
    except BROKEN as error:
        raise NotAPicture(words_for(data[:LOOKED_AT])) from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise NotAPicture(said("size.pixels", width=image.width, height=image.height))
    return image


def media_type_of(path: Path) -> str:
    """What to serve a file as, by its extension; the files are our own, named by what was found in them."""
    return _SERVED_AS.get(path.suffix.lower(), UNKNOWN)


def upright(image: Image.Image, facts: Facts) -> Image.Image:
    """The picture as a viewer shows it."""
    return image.transpose(_TURNS[facts.mark]) if facts.turned else image


@cache
def _opened() -> tuple[str, ...]:
    """The kinds that Pillow may look for: its forty others have readers that nobody here needs, and some are
    slow to notice that a file is not theirs. HEIC it reads by a plugin."""
    register_heif_opener()
    return tuple(KINDS)


def _is_deep_png(data: bytes, kind: str) -> bool:
    """Pillow reads a 16-bit colour PNG as if it had 8: only the header, byte 24, tells."""
    return kind == "PNG" and data[24:25] == b"\x10"


def _mark(image: Image.Image) -> int:
    """EXIF's orientation as the reader says it."""
    try:
        mark = int(image.getexif().get(_ORIENTATION, UPRIGHT))
    except BROKEN:
        return UPRIGHT
    return mark if 1 <= mark <= 8 else UPRIGHT


def _foreign_profile(image: Image.Image) -> str:
    """The name of a colour profile that is not sRGB; nothing when there is none, or none to be understood."""
    raw, space = image.info.get("icc_profile"), _SPACES.get(image.mode)
    if not raw or space is None:
        return ""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(raw))
        name = ImageCms.getProfileDescription(profile).strip()
    except (ImageCms.PyCMSError, *BROKEN):
        return ""
    if profile.profile.xcolor_space.strip() != space or _LIKE_SRGB.search(name):
        return ""
    return name or said("mend.nameless")


def _frames(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except BROKEN:
        return 1
