"""Colour profiles made on the spot: other primaries, and grey with another curve (ICC.1:2010)."""

from __future__ import annotations

import struct

from PIL import ImageCms

# Red, green and blue in XYZ, adapted to D50, as the profiles of these names hold them.
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
PROPHOTO = ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491))

Primaries = tuple[tuple[float, float, float], ...]


def srgb() -> bytes:
    """The profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def of_primaries(primaries: Primaries, name: str) -> bytes:
    """sRGB's profile with other primaries, under a name of four letters."""
    profile = bytearray(srgb())
    for tag, colour in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True):
        at = 128 + 4
        for record in range(int.from_bytes(profile[128:132], "big")):
            signature, offset, _ = struct.unpack_from(">4sII", profile, at + 12 * record)
            if signature == tag:
                struct.pack_into(">3i", profile, offset + 8, *(round(value * 65536) for value in colour))
    return bytes(profile).replace("sRGB".encode("utf-16-be"), name.encode("utf-16-be"))


def grey(gamma: float, name: str) -> bytes:
    """A grey profile with a curve of this gamma."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name.encode() + bytes(79),
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"kTRC": b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)),
        b"cprt": b"text" + bytes(4) + b"none\0",
    }
    directory, body = struct.pack(">I", len(tags)), b""
    begin = 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        directory += tag + struct.pack(">II", begin + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = begin + len(body)
    header = struct.pack(">I4sI", size, b"lcms", 0x02400000) + b"mntrGRAYXYZ " + bytes(12) + b"acsp"
    header += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + directory + body
