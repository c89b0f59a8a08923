"""Bakes what the refiner starts from, and the small pictures that the empty page shows."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PIL import Image

from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress, refine

_SMALL = (408, 544)  # width and height: twice what it measures on the page
_QUALITY = 88
_PHOTO_QUALITY = 90  # of the pairs beside the first, which come as JPEGs


def bake(folder: Path, names: Sequence[str]) -> None:
    """Writes the pictures of `PICTURES`, or only those named, from the garments beside the folder.

    Raises KeyError for another name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or tuple(PICTURES):
        (folder / name).write_bytes(PICTURES[name](folder.parent / "garments"))


def _worn(who: str, garments: Path, *names: str) -> bytes:
    pieces = tuple(Piece((garments / f"{name}.jpg").read_bytes()) for name in names)
    return dress(Look(pieces, LIBRARY[who])).png


def _refined(garments: Path) -> bytes:
    top, bottom = ((garments / f"{name}.jpg").read_bytes() for name in ("hoodie", "jeans"))
    coarse = _worn("Mila", garments, "hoodie", "jeans")
    return refine(person=_worn("Mila", garments), top=top, coarse=coarse, gender="woman", bottom=bottom)


def _small(png: bytes) -> bytes:
    buffer = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB").resize(_SMALL, Image.Resampling.LANCZOS)
    picture.save(buffer, "WEBP", quality=_QUALITY, method=6)
    return buffer.getvalue()


def _photo(png: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(buffer, "JPEG", quality=_PHOTO_QUALITY, subsampling=0)
    return buffer.getvalue()


PICTURES: Mapping[str, Callable[[Path], bytes]] = {
    "person.png": lambda garments: _worn("Mila", garments),
    "coarse.png": lambda garments: _worn("Mila", garments, "hoodie", "jeans"),
    "kofi-person.jpg": lambda garments: _photo(_worn("Kofi", garments)),
    "kofi-coarse.jpg": lambda garments: _photo(_worn("Kofi", garments, "printed_tee", "jeans")),
    "ariel-person.jpg": lambda garments: _photo(_worn("Ariel", garments)),
    "ariel-coarse.jpg": lambda garments: _photo(_worn("Ariel", garments, "sweater")),
    "worn.webp": lambda garments: _small(_worn("James", garments, "hoodie")),
    "refined.webp": lambda garments: _small(_refined(garments)),
}
