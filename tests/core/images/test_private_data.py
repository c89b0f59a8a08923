"""What a file tells of place, camera and editing is gone after the mends, wherever it stood."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from tests.core.images.odd_builds import orientation, segment, with_chunks, with_riff, with_segments
from tests.core.images.odd_files import scene
from tests.core.images.pictures import chunk, mend, put, saved
from tests.core.images.profiles import srgb
from tryon_core.sentences import said
from tryon_core.vendors.aidge.spec import IMAGE_RULE as AIDGE
from tryon_core.vendors.ailab.spec import IMAGE_RULE as AILAB

SECRET = b"52.5163N"  # stands for a place wherever it is written
TAGS = (0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x010E, 0x0132)  # maker, model, software, artist, ...
UPRIGHT = {0x0112: 1}


def exif(mark: int = 1, inner: bool = True) -> Image.Exif:
    """Everything that a camera writes: tags, an inner directory with a maker's note, GPS, a thumbnail."""
    found = Image.Exif()
    for tag in TAGS:
        found[tag] = SECRET.decode()
    found[0x0112] = mark
    if inner:
        found.get_ifd(0x8769).update(
            {0x927C: SECRET * 9, 0x9286: SECRET, 0xA430: SECRET.decode(), 0x9003: "x"}
        )
        found.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 58.7), 29: SECRET.decode()})
    return found


def thumbnail_alone() -> bytes:
    """EXIF that shows how to turn the photo, and an older state of it in small."""
    directory = orientation(1)[:-4] + struct.pack("<I", 26)
    return directory + struct.pack("<HHHII", 1, 0x0103, 3, 1, 6) + bytes(4) + SECRET


def jpegs() -> Iterator[tuple[str, bytes]]:
    plain = saved(scene(), "JPEG", icc_profile=srgb())
    yield "EXIF", saved(scene(), "JPEG", icc_profile=srgb(), exif=exif())
    yield "XMP", saved(scene(), "JPEG", icc_profile=srgb(), xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")
    yield "a thumbnail", with_segments(plain, segment(0xE1, b"Exif\0\0" + thumbnail_alone()))
    yield "IPTC", with_segments(plain, segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + SECRET))
    yield (
        "MPF and a second photo",
        saved(scene(), "MPO", save_all=True, append_images=[scene()], icc_profile=srgb(), exif=exif()),
    )
    for marker in (0xE0, *range(0xE3, 0xF0)):
        yield f"APP{marker - 0xE0}", with_segments(plain, segment(marker, b"Maker\0" + SECRET))
    yield "a trailer", plain + SECRET


def pngs() -> Iterator[tuple[str, bytes]]:
    plain = saved(scene(), "PNG", icc_profile=srgb())
    yield "EXIF", saved(scene(), "PNG", icc_profile=srgb(), exif=exif())
    for where in (False, True):
        yield f"EXIF, last: {where}", with_chunks(plain, chunk(b"eXIf", exif().tobytes()[6:]), last=where)
        yield f"text, last: {where}", with_chunks(plain, chunk(b"tEXt", b"Location\0" + SECRET), last=where)
    yield "XMP", with_chunks(plain, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET))
    packed = zlib.compress(b"\nexif\n8\n" + SECRET)
    yield "packed text", with_chunks(plain, chunk(b"zTXt", b"Raw profile type exif\0\0" + packed))
    yield "a chunk of its own", with_chunks(plain, chunk(b"gpSx", SECRET))
    yield "a trailer", plain + SECRET


def webps() -> Iterator[tuple[str, bytes]]:
    plain = saved(scene(), "WEBP", icc_profile=srgb())
    yield "EXIF", saved(scene(), "WEBP", icc_profile=srgb(), exif=exif())
    yield "XMP", saved(scene(), "WEBP", icc_profile=srgb(), xmp=b"<x:xmpmeta>" + SECRET)
    yield "a chunk of its own", with_riff(plain, b"gpSx", SECRET)
    yield "a trailer", plain + SECRET


CUT = [
    (kind, name, data)
    for kind, files in (("JPEG", jpegs), ("PNG", pngs), ("WEBP", webps))
    for name, data in files()
]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, on notes that are cut short
@pytest.mark.parametrize(("kind", "name", "data"), CUT, ids=[f"{kind} {name}" for kind, name, _ in CUT])
def test_private_data_is_cut_out_and_pixels_profile_and_turn_stay(
    tmp_path: Path, kind: str, name: str, data: bytes
) -> None:
    mended = mend("garment 1", put(tmp_path, data), AIDGE)
    assert mended is not None and mended.notes == (f"Garment 1: {said('mend.cut_out')}.",)
    assert SECRET not in mended.data and zlib.compress(SECRET)[2:9] not in mended.data
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(mended.data)) as after:
        assert after.format == kind and after.size == before.size
        assert not set(after.getexif()) - {0x0112} and not after.info.get("xmp")
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert mend("garment 1", put(tmp_path, mended.data), AIDGE) is None


@pytest.mark.parametrize("mark", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_lies_is_turned_and_tells_nothing(tmp_path: Path, kind: str, mark: int) -> None:
    shown = scene(size=(320, 240))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[mark]  # the number of Pillow's transposition
    data = saved(shown.transpose(Image.Transpose(undo)), kind, exif=exif(mark), quality=95)
    mended = mend("garment 1", put(tmp_path, data), AIDGE)
    assert mended is not None and SECRET not in mended.data
    assert mended.notes == ("Garment 1: turned upright.", f"Garment 1: {said('mend.left_out')}.")
    with Image.open(io.BytesIO(mended.data)) as after:
        assert after.size == shown.size and not after.getexif()
        left = after.convert("RGB").resize((8, 6))
        assert np.asarray(ImageChops.difference(left, shown.resize((8, 6)))).max() < 24


def others() -> Iterator[tuple[str, bytes]]:
    info = {270: SECRET.decode(), 700: SECRET, 34853: {29: SECRET.decode()}, 33723: SECRET}
    yield "GIF", saved(scene("P"), "GIF", comment=SECRET)
    yield "TIFF", saved(scene(), "TIFF", tiffinfo=info)
    yield "AVIF", saved(scene(), "AVIF", exif=exif(), xmp=b"<x:xmpmeta>" + SECRET)
    yield "WEBP", saved(scene(), "WEBP", exif=exif(), xmp=b"<x:xmpmeta>" + SECRET)
    yield "JPEG", saved(scene("CMYK"), "JPEG", exif=exif(), comment=SECRET, xmp=b"<x:xmpmeta>" + SECRET)
    yield "PNG", with_chunks(saved(scene("I;16"), "PNG"), chunk(b"tEXt", b"Comment\0" + SECRET))


@pytest.mark.parametrize(("kind", "data"), list(others()))
def test_a_picture_that_is_written_anew_takes_nothing_along(tmp_path: Path, kind: str, data: bytes) -> None:
    assert SECRET in data
    mended = mend("top", put(tmp_path, data), AILAB)
    assert mended is not None and SECRET not in mended.data


def test_a_photo_whose_blocks_are_lost_is_written_anew_without_what_it_told(tmp_path: Path) -> None:
    photo = saved(scene(), "JPEG", exif=exif())
    lost = photo[:-2] + b"\xff\xe5\xff\xff" + photo[-2:]  # a segment that claims more than there is
    mended = mend("top", put(tmp_path, lost), AILAB)
    assert mended is not None and SECRET not in mended.data
    assert mended.notes == ("Top: written anew, as its file is built in an odd way.",)


def test_bytes_that_only_tell_do_not_count_towards_the_limit(tmp_path: Path) -> None:
    photo = saved(scene(), "JPEG")
    heavy = with_segments(photo, *[segment(0xE4, b"x" * 65_000)] * 90)
    assert len(heavy) > AILAB.max_bytes
    mended = mend("top", put(tmp_path, heavy), AILAB)
    assert mended is not None and mended.data == photo
