"""The garments draped once more, by themselves: crisp colours and how much they cover."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.drape.draping import drape, in_order
from tryon_sandbox.renderer.dressing import NARROW, WIDE
from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.raster import Floats, floats, luma, resize
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.scene.stand import Stand

SHADOW = 0.62  # what covers less may be no more than a shadow beside the cloth
ANY_FINISH = next(iter(mannequins.FINISHES))  # nothing of the figure itself is seen


@dataclass(frozen=True, slots=True)
class Layer:
    """Lit cloth with nothing behind it.

    `paint` is how it looks on black, `seen` how much of what is behind shows through: less beside the cloth
    too, where its shadow falls. Both are of the picture's size. `pulled` cloth comes straight from the photo:
    only its fine detail is to be had, and less of it is believed.
    """

    paint: Floats
    seen: Floats
    pulled: bool = False

    @property
    def cover(self) -> Floats:
        """How much is cloth, without its shadow."""
        return floats(np.clip((1 - SHADOW - self.seen) / (0.97 - SHADOW), 0, 1))


def on_stand(stand: Stand, garments: list[Garment], size: tuple[int, int]) -> Layer | None:
    """All garments on a mannequin in a picture of `size` (width, height); None when none can be worn.

    Drawn at the studio's own height and then brought to size: drawn larger it would fold otherwise.
    """
    own = _studio_size(size, garments)
    mannequin = mannequins.load(stand.figure_id, stand.pose, finish=ANY_FINISH, view=stand.view, size=own)
    layer = on_body(body.measure(mannequin), garments)
    return layer if layer is None or own == size else _resized(layer, size)


def _studio_size(size: tuple[int, int], garments: list[Garment]) -> tuple[int, int]:
    kind = "dresses" if any(garment.vendor_type == "dresses" for garment in garments) else "tops"
    ratio = size[0] / size[1]
    return min((table[kind] for table in (WIDE, NARROW)), key=lambda own: abs(own[0] / own[1] - ratio))


def on_body(figure: Body, garments: list[Garment]) -> Layer | None:
    """All garments on a body, told from what is behind by black and white; None when none can be worn."""
    wearable = in_order(garments)
    if not wearable:
        return None
    on_black = np.zeros((*figure.shape, 3), np.float32)
    on_white = np.ones_like(on_black)
    for garment in wearable:
        on_black, on_white = drape(on_black, garment, figure), drape(on_white, garment, figure)
    return Layer(on_black, np.clip(luma(on_white - on_black), 0, 1))


def _resized(layer: Layer, size: tuple[int, int]) -> Layer:
    paint, seen = resize(layer.paint, size), resize(layer.seen, size)
    return Layer(floats(np.clip(paint, 0, 1)), floats(np.clip(seen, 0, 1)))
