"""Something to hand over: garments with pictures of any kind, in a folder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from tests.core.images.pictures import saved
from tryon_core.collections.export.contents import Export, ExportGarment, ExportPicture

MADE_AT = 1_780_000_000.0  # 28 May 2026
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "BMP": ".bmp"}


def figure(width: int = 90, height: int = 120, seed: int = 0) -> Image.Image:
    """Somebody in front of an even ground, slim enough for a narrow tile."""
    image = Image.new("RGB", (width, height), "#dddddd")
    colour = (40 + seed * 37 % 160, 90, 40 + seed * 11 % 160)
    box = (width * 0.35, height * 0.2, width * 0.65, height * 0.95)
    ImageDraw.Draw(image).rectangle(box, fill=colour)
    return image


def picture(folder: Path, data: bytes, name: str, **changes: object) -> ExportPicture:
    """A saved picture with all that is known of it."""
    path = folder / name
    path.write_bytes(data)
    with Image.open(path) as image:
        width, height = image.size
    found = ExportPicture(
        path=path,
        garment="Hoodie",
        article="40-1187",
        model="James",
        view="full body",
        n=1,
        vendor="A vendor",
        live=True,
        task_id="task-1",
        request_id="request-1",
        width=width,
        height=height,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        made_at=MADE_AT,
        charged="Yes",
        options={"count": 4, "trial": False, "version": "standard"},
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def export(folder: Path, *counts: int, kind: str = "JPEG", language: str = "en") -> Export:
    """So many pictures of each garment."""
    garments = tuple(garment(folder, at, count, kind) for at, count in enumerate(counts, 1))
    return Export("Autumn 26", garments, MADE_AT, "The buying team", language)


def garment(folder: Path, at: int, count: int, kind: str) -> ExportGarment:
    names = {"garment": f"Garment {at}", "article": f"40-{at:04}"}
    pictures = tuple(
        picture(
            folder,
            saved(figure(seed=at * 50 + n), kind),
            f"{at}-{n}{ENDINGS[kind]}",
            model=f"Model {n}",
            **names,
        )
        for n in range(1, count + 1)
    )
    photo = folder / f"photo-{at}.jpg"
    figure(400, 400, seed=at).save(photo)
    return ExportGarment(names["garment"], names["article"], pictures, (photo,))
