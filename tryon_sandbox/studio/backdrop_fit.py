"""The plain backdrop behind a garment: a quadratic surface fitted to the picture's border."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.studio.raster import Floats, border, floats, luma

BORDER_SHARE = 0.025
OUTLIER = 0.10


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Coefficients per colour (6, 3), and how rough the border is (0..1, median deviation)."""

    coefficients: Floats
    noise: float
    outliers: float

    def paint(self, shape: tuple[int, int]) -> Floats:
        """The backdrop alone, at any size."""
        return floats(surface(shape) @ self.coefficients)


def surface(shape: tuple[int, int]) -> Floats:
    """The six quadratic terms at every pixel, in coordinates that do not depend on the size."""
    height, width = shape
    down, right = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = right / width - 0.5, down / height - 0.5
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], -1)


def fit(rgb: Floats) -> Backdrop:
    """Fitted to the border pixels that agree with its median."""
    shape = rgb.shape[:2]
    frame = border(shape, max(3, round(BORDER_SHARE * max(shape))))
    away = np.abs(rgb - np.median(rgb[frame], axis=0)).max(-1)
    used = frame & (away < OUTLIER)
    if used.sum() < 32:
        used = frame
    terms = surface(shape)
    found = np.linalg.lstsq(terms[used], rgb[used], rcond=None)[0]
    left = luma(rgb)[used] - luma(floats(terms @ found))[used]
    noise = float(np.median(np.abs(left - np.median(left)))) * 1.5 + 0.0015
    return Backdrop(floats(found), noise, float((frame & ~used).sum() / frame.sum()))
