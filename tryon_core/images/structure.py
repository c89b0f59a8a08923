"""What a picture's file is made of, found without decoding; one built to keep its reader busy is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image

from tryon_core.images.exif_directories import TooManyDirectories, ensure_all_light, ensure_light, pages
from tryon_core.images.file_segments import FRAME_OF_GIF, START_OF_SCAN, TooManySegments, walk
from tryon_core.images.file_signatures import BROKEN, NotAPicture

EXIF = b"Exif\x00\x00"
UPRIGHT = 1  # EXIF's orientation of a picture that is shown as it is stored
_ORIENTATION = 0x0112  # EXIF tag
_APP1 = b"\xe1"
# A progressive JPEG is gone over once more for every scan, 1.1 ms a megapixel (measured). Photos have about
# ten: this leaves 16 to the largest that is decoded at all, and takes a second at most.
_MOST_SCANNED = 800_000_000


@dataclass(frozen=True, slots=True)
class Structure:
    """`mark` is EXIF's orientation; `frames` counts pictures, 0 where only the reader knows; `odd` means that
    the blocks cannot be followed to the end."""

    mark: int = UPRIGHT
    frames: int = 0
    odd: bool = False
    scans: int = 1

    def ensure_quick(self, pixels: int) -> None:
        """Raises `NotAPicture` where the same pixels are painted over too often."""
        if self.scans * pixels > _MOST_SCANNED:
            raise NotAPicture(f"a picture that is drawn in {self.scans:,} passes")


def structure_of(data: bytes) -> Structure:
    """Raises `NotAPicture` for a file with far more parts, notes or pictures than any program writes."""
    look = next((look for signature, look in _LOOKS.items() if data.startswith(signature)), _boxed)
    try:
        return look(data)
    except (TooManySegments, TooManyDirectories) as error:
        raise NotAPicture(f"a file with {error}") from None


def _jpeg(data: bytes) -> Structure:
    walked = walk(data)
    # Where the blocks are lost, every pair of bytes that may begin a scan counts.
    scans = data.count(b"\xff" + START_OF_SCAN) if walked.odd else walked.count(START_OF_SCAN)
    notes = b"".join(
        data[block.body + len(EXIF) : block.end]
        for block in walked.blocks
        if block.kind == _APP1 and data.startswith(EXIF, block.body)
    )
    return Structure(_mark_of(notes), 1, walked.odd, scans)


def _png(data: bytes) -> Structure:
    walked = walk(data)
    notes = (data[block.body : block.end - 4] for block in walked.blocks if block.kind == b"eXIf")
    return Structure(_mark_of(next(notes, b"")), 0, walked.odd)


def _webp(data: bytes) -> Structure:
    walked = walk(data)
    notes = (data[block.body : block.end] for block in walked.blocks if block.kind == b"EXIF")
    return Structure(_mark_of(next(notes, b"").removeprefix(EXIF)), 0, walked.odd)


def _gif(data: bytes) -> Structure:
    return Structure(frames=max(1, walk(data).count(FRAME_OF_GIF)))


def _bmp(_: bytes) -> Structure:
    return Structure(frames=1)


def _tiff(data: bytes) -> Structure:
    """Pillow turns a TIFF upright by itself."""
    ensure_light(data)
    return Structure(frames=pages(data))


def _big_tiff(_: bytes) -> Structure:
    raise NotAPicture("a BigTIFF picture")


def _boxed(data: bytes) -> Structure:
    """AVIF and HEIC, whose notes may lie anywhere, and all that is no picture."""
    ensure_all_light(data)
    return Structure()


def _mark_of(notes: bytes) -> int:
    """The orientation; upright where there is none to be read."""
    ensure_light(notes)
    try:
        found = Image.Exif()
        found.load(notes)
        mark = int(found.get(_ORIENTATION, UPRIGHT))
    except BROKEN:
        return UPRIGHT
    return mark if 1 <= mark <= 8 else UPRIGHT


_Look = Callable[[bytes], Structure]
_LOOKS: Mapping[bytes, _Look] = MappingProxyType(
    {
        b"\xff\xd8\xff": _jpeg,
        b"\x89PNG\r\n\x1a\n": _png,
        b"RIFF": _webp,
        b"GIF8": _gif,
        b"BM": _bmp,
        **dict.fromkeys((b"II+\x00", b"MM\x00+"), _big_tiff),
        **dict.fromkeys((b"II", b"MM"), _tiff),
    }
)
