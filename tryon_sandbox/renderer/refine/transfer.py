"""Detail and colour from the cloth drawn anew, light and folds from the coarse picture."""

import numpy as np

from tryon_sandbox.renderer.raster import Floats, blur, floats, luma, over
from tryon_sandbox.renderer.refine.cloth import Layer

# In pixels of a picture 1024 high.
LIGHT = 7.0  # what is wider than this is light
FOLDS = 3.0  # what is wider than this are folds
BEHIND = 1.5  # how far what is behind is carried on under the cloth's edge
DARKEST = 0.04  # keeps the light's ratio calm in black cloth
CALM = 0.012  # a difference in light smaller than this is the coarse picture's noise
BRIGHTER, DARKER = 1.8, 0.55
KNOWN = 0.4  # at least so much must show through for what is behind to be known
THIN = 0.6  # cloth that lets so much through is an edge, and is left as crisp as it came


def transferred(picture: Floats, layer: Layer, trusted: Floats) -> Floats:
    """The picture with the layer in place of its cloth where that is `trusted`, under the picture's light."""
    unit = picture.shape[0] / 1024
    cloth = _relit(picture, layer, unit)
    drawn = cloth + _behind(picture, cloth, layer.seen, unit) * layer.seen[..., None]
    return over(
        picture, floats(np.clip(drawn, 0, 1)), floats(trusted * np.clip((THIN - layer.seen) / 0.3, 0, 1))
    )


def _behind(picture: Floats, cloth: Floats, seen: Floats, unit: float) -> Floats:
    """What would be seen without the cloth and its shadow, carried on a little under the cloth."""
    open_to = np.where(seen > KNOWN, seen, 0)[..., None]
    bare = np.clip((picture - cloth) / np.maximum(seen, KNOWN)[..., None], 0, 1)
    weight = blur(floats(open_to[..., 0]), BEHIND * unit)[..., None]
    carried = blur(floats(bare * open_to), BEHIND * unit) / np.maximum(weight, 1e-3)
    return floats(np.clip(carried, 0, 1))


def _relit(picture: Floats, layer: Layer, unit: float) -> Floats:
    # The outermost pixels of the coarse cloth are mixed with what is beside it: they tell nothing of light.
    core = floats(np.clip(layer.cover * 4 - 3, 0, 1))
    wide = (FOLDS if layer.pulled else LIGHT) * unit
    weight = (blur(core, wide) + 1e-3)[..., None]
    seen, drawn = (blur(_tone(one, layer) * core[..., None], wide) for one in (picture, layer.paint))
    seen, drawn = _channels(seen) / weight, _channels(drawn) / weight
    away = seen - drawn
    wanted = drawn + np.sign(away) * np.maximum(np.abs(away) - CALM, 0)
    ratio = np.clip((wanted + DARKEST) / (drawn + DARKEST), DARKER, BRIGHTER)
    return floats(layer.paint * ratio)


def _tone(picture: Floats, layer: Layer) -> Floats:
    """What the picture's light decides on: brightness; for cloth that is only pulled there, colour too."""
    return picture if layer.pulled else luma(picture)[..., None]


def _channels(image: Floats) -> Floats:
    """OpenCV drops an axis of one."""
    return image[..., None] if image.ndim == 2 else image
