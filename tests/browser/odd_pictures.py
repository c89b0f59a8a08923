"""Files that people bring in place of a JPEG, and how a test puts them into the page."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from functools import cache
from pathlib import Path

import pillow_heif
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import HOUSE

GARMENT = HOUSE / "assets" / "garments" / "tee.jpg"


def heic(folder: Path, name: str = "IMG_0042.HEIC") -> Path:
    """A photo as an iPhone keeps it."""
    path = folder / name
    path.write_bytes(_heic_bytes())
    return path


@cache
def _heic_bytes() -> bytes:
    buffer = io.BytesIO()
    with Image.open(GARMENT) as photo:
        pillow_heif.from_pillow(photo.convert("RGB").resize((800, 800))).save(buffer)
    return buffer.getvalue()


@cache
def claiming(side: int) -> bytes:
    """A small PNG whose header claims `side` x `side` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compressobj(1)
    rows = b"".join(packed.compress(bytes(1 + 3 * side)) for _ in range(side)) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def broken(folder: Path, kind: str) -> Path:
    """A file that no browser, and no vendor, can make a picture of, under the name of one."""
    if kind == "huge":
        path = folder / "poster.png"
        path.write_bytes(claiming(15_000))
        return path
    contents = {
        "text": b"not a picture\n" * 99,
        "page": b"<!doctype html><title>Not found</title>",
        "empty": b"",
        "jpeg xl": b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(900),
        "cut": GARMENT.read_bytes()[:9000],
    }
    path = folder / f"{kind} photo.jpg"
    path.write_bytes(contents[kind])
    return path


def photo(folder: Path, name: str = "red coat.png", colour: str = "#a33") -> Path:
    """A plain photo that every vendor takes, of a size that is not sent in a moment."""
    path = folder / name
    picture = Image.new("RGB", (900, 1200), "#e8e8e8")
    picture.paste(colour, (250, 300, 650, 900))
    picture.save(path)
    return path


def dropped(page: Page, selector: str, *files: Path, kind: str = "") -> None:
    """Drops files on an element, of a type that the system does not know."""
    data = [(file.name, base64.b64encode(file.read_bytes()).decode()) for file in files]
    page.locator(selector).first.evaluate(
        """(place, [files, kind]) => {
            const data = new DataTransfer();
            for (const [name, text] of files) {
              const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
              data.items.add(new File([bytes], name, { type: kind }));
            }
            const how = { bubbles: true, cancelable: true, dataTransfer: data };
            const make = (name) => new DragEvent(name, how);
            place.dispatchEvent(make("dragover"));
            const drop = make("drop");
            place.dispatchEvent(drop);
            window.leavesThePage = !drop.defaultPrevented;
        }""",
        [data, kind],
    )


def jpeg_bytes(side: int) -> bytes:
    """A JPEG of noise, as large as it gets."""
    buffer = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()
