"""Bakes the sample garments: flat-lay product photos that were never photographed."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PIL import Image

from tryon_sandbox.bake import garments_bottoms, garments_dresses, garments_shirts, garments_tops
from tryon_sandbox.bake.garments_table import Photo

THUMB = 120

GARMENTS: Mapping[str, Callable[[], Photo]] = {
    "hoodie": garments_tops.hoodie,
    "shirt": garments_shirts.shirt,
    "tee": garments_tops.tee,
    "jeans": garments_bottoms.jeans,
    "skirt": garments_bottoms.skirt,
    "dress": garments_dresses.dress,
    "sweater": garments_tops.sweater,
    "trousers": garments_bottoms.trousers,
    "white_shirt": garments_shirts.white_shirt,
    "printed_tee": garments_tops.printed_tee,
}


def bake(folder: Path, names: Sequence[str]) -> None:
    """Writes `<name>.jpg` and `thumbs/<name>.webp` for each name, or for all when there are none.

    Raises KeyError for a name that is not in GARMENTS.
    """
    (folder / "thumbs").mkdir(parents=True, exist_ok=True)
    for name in names or tuple(GARMENTS):
        photo = GARMENTS[name]()
        (folder / f"{name}.jpg").write_bytes(photo.jpeg())
        (folder / "thumbs" / f"{name}.webp").write_bytes(_thumb(photo))


def _thumb(photo: Photo) -> bytes:
    out = io.BytesIO()
    small = Image.fromarray(photo.rgb).resize((THUMB, THUMB), Image.Resampling.LANCZOS)
    small.save(out, "WEBP", quality=82, method=6)
    return out.getvalue()
