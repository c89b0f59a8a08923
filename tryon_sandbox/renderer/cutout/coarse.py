"""The look of a first try-on: cloth a little soft, as the vendor's are before refining."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, blur, floats, largest, over, soft

SOFTNESS = 0.0009  # blur of the cloth, by the picture's height
CHANGED = 0.008


def softened(picture: Floats, bare: Floats) -> Floats:
    """The picture with a slight blur where it differs from the bare figure."""
    away = largest(floats(cv2.absdiff(picture, bare)))
    changed = away > CHANGED
    left, top, wide, high = cv2.boundingRect(changed.astype(np.uint8))
    if not wide:
        return picture
    window = slice(max(top - 8, 0), top + high + 8), slice(max(left - 8, 0), left + wide + 8)
    inside = np.clip((soft(changed[window], 2.0) - 0.6) * 2.5, 0, 1)  # outlines stay crisp
    out = picture.copy()
    part = picture[window]
    out[window] = over(part, blur(part, SOFTNESS * picture.shape[0]), floats(inside))
    return out
