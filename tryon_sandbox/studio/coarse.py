"""The look of a first try-on: cloth a little soft, as the vendor's are before refining."""

import numpy as np

from tryon_sandbox.studio.raster import Floats, blur, floats, over, soft

SOFTNESS = 0.0009  # blur of the cloth, by the picture's height
CHANGED = 0.008


def softened(picture: Floats, bare: Floats) -> Floats:
    """The picture with a slight blur where it differs from the bare figure."""
    changed = np.abs(picture - bare).max(-1) > CHANGED
    inside = np.clip((soft(changed, 2.0) - 0.6) * 2.5, 0, 1)  # outlines stay crisp
    return over(picture, blur(picture, SOFTNESS * picture.shape[0]), floats(inside))
