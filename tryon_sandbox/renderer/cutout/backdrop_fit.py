"""The plain backdrop behind a garment: a quadratic surface fitted to the picture's border."""

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.raster import Floats, border, floats

BORDER_SHARE = 0.025
OUTLIER = 0.10
MOST_NOISE = 0.05
MOST_OUTLIERS = 0.30  # share of the border that is not like the rest of it


class Paint(Protocol):
    """The backdrop as it would be without the garment."""

    def at(self, where: NDArray[np.intp], shape: tuple[int, int]) -> Floats:
        """The backdrop's colours (n, 3) at flat indices of a picture of this size."""
        ...


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Coefficients per colour (6, 3), and how rough the border is (0..1, median deviation)."""

    coefficients: Floats
    noise: float
    outliers: float

    def paint(self, shape: tuple[int, int]) -> Floats:
        """The backdrop alone, at any size."""
        x, y = _axes(shape)
        layers = [
            np.add.outer(one[0] + one[2] * y + one[4] * y * y, one[1] * x + one[3] * x * x)
            + np.multiply.outer(one[5] * y, x)
            for one in self.coefficients.T
        ]
        return floats(cv2.merge([floats(layer) for layer in layers]))

    def at(self, where: NDArray[np.intp], shape: tuple[int, int]) -> Floats:
        """The backdrop's colours (n, 3) at flat indices of a picture of this size."""
        x, y = _axes(shape)
        rows, columns = np.divmod(where, shape[1])
        return floats(_terms(x[columns], y[rows]) @ self.coefficients)


def _axes(shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Coordinates across and down, which do not depend on the size."""
    height, width = shape
    across, down = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    return floats(across / width - 0.5), floats(down / height - 0.5)


def _terms(x: Floats, y: Floats) -> Floats:
    """The six quadratic terms of points."""
    return floats(np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], -1))


def fit(rgb: Floats) -> Backdrop:
    """Fitted to the border pixels that agree with its median."""
    shape = rgb.shape[:2]
    where = np.flatnonzero(border(shape, max(3, round(BORDER_SHARE * max(shape)))))
    colours = rgb.reshape(-1, 3)[where]
    used = np.abs(colours - np.median(colours, axis=0)).max(1) < OUTLIER
    if used.sum() < 32:
        used[:] = True
    x, y = _axes(shape)
    rows, columns = np.divmod(where[used], shape[1])
    terms = _terms(x[columns], y[rows])
    found = np.linalg.lstsq(terms, colours[used], rcond=None)[0]
    left = (colours[used] - terms @ found).mean(1)
    noise = float(np.median(np.abs(left - np.median(left)))) * 1.5 + 0.0015
    return Backdrop(floats(found), noise, float(1 - used.mean()))


def is_rough(noise: float, outliers: float) -> bool:
    """Whether a backdrop is not plain enough to tell of what is on it where that ends."""
    return noise > MOST_NOISE or outliers > MOST_OUTLIERS
