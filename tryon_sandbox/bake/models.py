"""The library's tiles: each named figure, dressed, from the crown to the hips, as pictures for choosing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress
from tryon_sandbox.renderer.cutout.backdrop import Picture
from tryon_sandbox.renderer.scene.library import cast
from tryon_sandbox.renderer.scene.mannequins import Mannequin, load
from tryon_sandbox.renderer.scene.picture import decode

# Width and height: three times what a tile measures on the page, for dense screens.
TILE = (240, 252)
# Shares of the way from crown to hips: room above the crown, and how far below the hips a tile ends.
_ABOVE, _BELOW = 0.09, 0.02
_QUALITY = 90
_LONGEST = 4096  # no limit: studio pictures are smaller


# What each wears on its tile, of the sample garments; who is not named wears the base layer.
_OUTFITS: Mapping[str, tuple[str, ...]] = {
    "James": ("tee", "jeans"),
    "Ariel": ("tee", "skirt"),
    "Zuri": ("sweater", "trousers"),
    "Mila": ("shirt", "jeans"),
    "Theo": ("shirt", "trousers"),
    "Nora": ("dress",),
    "Kofi": ("printed_tee", "jeans"),
    "Sam": ("tee", "jeans"),
    "Ines": ("dress",),
    "Hugo": ("hoodie", "trousers"),
    "Lina": ("sweater", "jeans"),
    "Amara": ("white_shirt", "skirt"),
    "Ravi": ("sweater", "jeans"),
    "Noor": ("hoodie", "trousers"),
    "Otto": ("shirt", "jeans"),
    "Mei": ("printed_tee", "skirt"),
}


def bake(folder: Path, names: Sequence[str]) -> None:
    """Bakes tiles of these figures, of all when no name is given. Raises KeyError for a name that is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or LIBRARY:
        tile = Image.fromarray(np.rint(_tile(name, folder.parent / "garments") * 255).astype(np.uint8))
        tile.save(folder / f"{name}.webp", quality=_QUALITY, method=6)


def _tile(name: str, garments: Path) -> Picture:
    figure = LIBRARY[name]
    pieces = tuple(Piece((garments / f"{worn}.jpg").read_bytes()) for worn in _OUTFITS.get(name, ()))
    whole = decode(dress(Look(pieces, figure)).png, longest=_LONGEST).rgb
    figure_id, pose, finish = cast(figure, 0)
    size = whole.shape[1], whole.shape[0]
    mannequin = load(figure_id, pose, finish=finish, view="fullbody", size=size, style=figure.style)
    return _head_to_hip(whole, mannequin)


def _head_to_hip(whole: Picture, mannequin: Mannequin) -> Picture:
    """Cut by crown and hips, so that all heads sit at one height."""
    joints = mannequin.keypoints
    crown, hips = joints["top"][1], (joints["hipR"][1] + joints["hipL"][1]) / 2
    top, bottom = crown - _ABOVE * (hips - crown), hips + _BELOW * (hips - crown)
    half = (bottom - top) * TILE[0] / TILE[1] / 2
    middle = (joints["chin"][0] + joints["hipR"][0] / 2 + joints["hipL"][0] / 2) / 2
    cut = whole[round(top) : round(bottom), round(middle - half) : round(middle + half)]
    return np.clip(cv2.resize(cut, TILE, interpolation=cv2.INTER_AREA), 0, 1).astype(np.float32)
