"""The small corner mark that every picture of the sandbox carries."""

from functools import lru_cache

import numpy as np

from tryon_sandbox.renderer.lettering import lettered
from tryon_sandbox.renderer.raster import Floats, floats, over

TEXT = "sandbox preview"
SIZE_SHARE = 0.0145  # of the picture's height
OPACITY = 0.62


def marked(rgb: Floats) -> Floats:
    """The picture with the mark in its lower right corner."""
    height, width = rgb.shape[:2]
    label = _label(max(11, round(height * SIZE_SHARE)))
    high, wide = label.shape
    bottom, right = height - round(0.016 * height), width - round(0.020 * height)
    if bottom - high < 0 or right - wide < 0:
        return rgb
    window = (slice(bottom - high, bottom), slice(right - wide, right))
    out = rgb.copy()
    out[window] = over(rgb[window], _ink(rgb[window]), label)
    return out


def _ink(below: Floats) -> Floats:
    """Dark on light pictures, light on dark ones."""
    tone = 0.22 if float(below.mean()) > 0.45 else 0.92
    return np.full_like(below, tone)


@lru_cache(maxsize=8)
def _label(size: int) -> Floats:
    return floats(lettered((TEXT,), size) * np.float32(OPACITY))
