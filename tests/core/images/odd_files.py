"""Files as visitors bring them: every kind and state that can be made, each with the verdict it deserves.

The verdicts are written down as a table of what was made, not computed by what is tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

from PIL import Image, ImageCms

from tests.core.images.odd_builds import all_builds
from tests.core.images.pictures import saved
from tests.core.images.profiles import DISPLAY_P3, PROPHOTO, grey, of_primaries, srgb

Verdict = Literal["as it is", "mended", "refused"]
SIZE = (360, 280)
COMMON = ("JPEG", "PNG", "BMP")  # taken by both vendors


@dataclass(frozen=True, slots=True)
class OddFile:
    """A file, and what pre-flight shall say of it by Aidge's rules and by AILab's."""

    name: str
    data: bytes
    aidge: Verdict
    ailab: Verdict


def scene(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture with gradients and grain, large enough in bytes for every vendor."""
    return _scene(mode, size).copy()


@cache
def _scene(mode: str, size: tuple[int, int]) -> Image.Image:
    across, down = Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)
    grain = Image.frombytes("L", size, Random(7).randbytes(size[0] * size[1]))
    picture = Image.merge("RGB", (across, down, grain))
    if mode == "I;16":
        return grain.convert("I").point(lambda value: value * 257).convert("I;16")
    if mode in ("RGBA", "LA"):
        picture.putalpha(down.point(lambda seen: max(seen, 1)))  # nothing is hidden altogether
    return picture.convert(mode)


def all_files() -> Iterator[OddFile]:
    yield from _modes()
    yield from _turned()
    yield from _with_places()
    yield from _with_profiles()
    yield from _animated()
    yield from _sizes()
    yield from _cut_short()
    yield from _no_pictures()
    yield from (OddFile(*build) for build in all_builds(scene()))


# kind, modes that it can hold, and the verdicts for a plain one
_MODES: tuple[tuple[str, tuple[str, ...], Verdict, Verdict], ...] = (
    ("JPEG", ("L", "RGB"), "as it is", "as it is"),
    ("JPEG", ("CMYK",), "mended", "mended"),
    ("PNG", ("1", "L", "LA", "P", "RGB", "RGBA"), "as it is", "as it is"),
    ("PNG", ("I;16",), "mended", "mended"),
    ("BMP", ("1", "L", "P", "RGB"), "as it is", "as it is"),
    ("WEBP", ("RGB", "RGBA"), "as it is", "mended"),
    ("GIF", ("L", "P"), "mended", "mended"),
    ("TIFF", ("L", "RGB", "CMYK", "I;16"), "mended", "mended"),
    ("AVIF", ("RGB", "RGBA"), "mended", "mended"),
)


def _modes() -> Iterator[OddFile]:
    for kind, modes, aidge, ailab in _MODES:
        for mode in modes:
            yield OddFile(f"{kind} {mode}", saved(scene(mode), kind), aidge, ailab)
    for quality in (5, 30, 60, 100):
        data = saved(scene(size=(640, 480)), "JPEG", quality=quality)
        yield OddFile(f"JPEG at {quality}", data, "as it is", "as it is")
    for options in ({"progressive": True}, {"optimize": True}, {"subsampling": 0}, {"subsampling": 2}):
        yield OddFile(f"JPEG {options}", saved(scene(), "JPEG", **options), "as it is", "as it is")
    for level in (0, 1, 9):
        data = saved(scene(), "PNG", compress_level=level)
        yield OddFile(f"PNG level {level}", data, "as it is", "as it is")
    for compression in ("raw", "tiff_lzw", "tiff_deflate", "packbits"):
        data = saved(scene(), "TIFF", compression=compression)
        yield OddFile(f"TIFF {compression}", data, "mended", "mended")


def _turned() -> Iterator[OddFile]:
    for kind in ("JPEG", "PNG", "WEBP"):
        for mark in range(1, 9):
            exif = Image.Exif()
            exif[0x0112] = mark
            upright: Verdict = "as it is" if mark == 1 else "mended"
            data = saved(scene(), kind, exif=exif)
            yield OddFile(f"{kind} turned {mark}", data, upright, "mended" if kind == "WEBP" else upright)


def _with_places() -> Iterator[OddFile]:
    for kind in ("JPEG", "PNG", "WEBP"):
        for name, exif in (("GPS", gps()), ("camera", camera())):
            yield OddFile(f"{kind} with {name}", saved(scene(), kind, exif=exif), "mended", "mended")
    for kind in ("JPEG", "WEBP"):
        xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>1</exif:GPSLatitude></x:xmpmeta>"
        yield OddFile(f"{kind} with XMP", saved(scene(), kind, xmp=xmp), "mended", "mended")
    several = saved(scene(), "MPO", save_all=True, append_images=[scene()])
    yield OddFile("several photos in one file", several, "mended", "mended")
    yield OddFile("with a trailer", saved(scene(), "JPEG") + b"SEFT" * 20, "mended", "mended")
    yield OddFile("with zeros behind", saved(scene(), "JPEG") + bytes(64), "as it is", "as it is")
    yield OddFile("with a comment", saved(scene(), "JPEG", comment=b"made by hand"), "as it is", "as it is")


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}
    return exif


def camera() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Camera maker", "Camera 1"
    return exif


def _with_profiles() -> Iterator[OddFile]:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    profiles: tuple[tuple[str, str, bytes, Verdict], ...] = (
        ("sRGB's profile", "RGB", srgb(), "as it is"),
        ("a broken profile", "RGB", b"no profile", "as it is"),
        ("a profile of other colours", "RGB", lab, "as it is"),
        ("a foreign profile", "RGB", with_swapped_colours(srgb()), "mended"),
        ("Display P3", "RGB", of_primaries(DISPLAY_P3, "Show"), "mended"),
        ("ProPhoto", "RGB", of_primaries(PROPHOTO, "Prof"), "mended"),
        ("usual grey", "L", grey(2.2, "Gray Gamma 2.2"), "as it is"),
        ("linear grey", "L", grey(1.0, "Linear grey"), "mended"),
        ("grey in colour", "RGB", grey(1.0, "Linear grey"), "as it is"),
        ("colour in grey", "L", srgb(), "as it is"),
    )
    for kind in ("JPEG", "PNG"):
        for name, mode, profile, verdict in profiles:
            data = saved(scene(mode), kind, icc_profile=profile)
            yield OddFile(f"{kind} with {name}", data, verdict, verdict)


def with_swapped_colours(profile: bytes) -> bytes:
    """An RGB profile under another name, in which red is green and green is red (ICC.1, tag table)."""
    swapped = profile.replace(b"rXYZ", b"?XYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"?XYZ", b"gXYZ", 1)
    return swapped.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))


def _animated() -> Iterator[OddFile]:
    others = [scene("L").convert("RGB"), scene().rotate(180)]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        frames = [image.convert("P") for image in others] if kind == "GIF" else others
        data = saved(scene(), kind, save_all=True, append_images=frames)
        yield OddFile(f"{kind} of three", data, "mended", "mended")


# width, height, and the verdicts: what is far beside the limits; `boundaries` holds what is close to them
_SIDES: tuple[tuple[int, int, Verdict, Verdict], ...] = (
    (1, 1, "refused", "refused"),
    (1, 3000, "refused", "refused"),
    (20, 900, "refused", "refused"),
    (3020, 150, "refused", "refused"),
    (5000, 200, "refused", "mended"),
)


def _sizes() -> Iterator[OddFile]:
    for width, height, aidge, ailab in _SIDES:
        for kind in COMMON:
            data = saved(scene("L", (width, height)), kind)
            yield OddFile(f"{kind} {width} × {height}", data, aidge, ailab)


def _cut_short() -> Iterator[OddFile]:
    for kind in (*COMMON, "WEBP", "GIF", "TIFF"):
        whole = saved(scene(), kind)
        for percent in (0, 1, 5, 20, 50, 80, 95):
            data = whole[: len(whole) * percent // 100]
            yield OddFile(f"{kind} cut at {percent} %", data, "refused", "refused")


_OTHERS = {
    "text": b"this is no picture\n" * 400,
    "html": b"<!doctype html><img src=x>" * 400,
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='600' height='600'></svg>" * 100,
    "pdf": b"%PDF-1.7\n" + bytes(9000),
    "zip": b"PK\x03\x04" + bytes(9000),
    "mp4": b"\x00\x00\x00\x20ftypisom" + bytes(9000),
    "heic": b"\x00\x00\x00\x20ftypheic" + bytes(9000),
    "elf": b"\x7fELF" + bytes(9000),
    "json": b'{"picture": null}' * 600,
    "jpeg header alone": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000),
    "png header alone": b"\x89PNG\r\n\x1a\n" + bytes(9000),
    "webp header alone": b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(9000),
    "gif header alone": b"GIF89a" + bytes(9000),
    "bmp header alone": b"BM" + bytes(9000),
    "tiff header alone": b"II*\x00" + bytes(9000),
    "icon": b"\x00\x00\x01\x00\x01\x00" + bytes(9000),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 600 600\n" * 300,
    "zeros": bytes(9000),
    "ones": b"\xff" * 9000,
}


def _no_pictures() -> Iterator[OddFile]:
    for name, data in _OTHERS.items():
        yield OddFile(name, data, "refused", "refused")
    for name in ("PPM", "TGA", "PCX", "ICO", "SGI", "JPEG2000", "DDS"):
        yield OddFile(f"{name} picture", saved(scene(), name), "refused", "refused")
