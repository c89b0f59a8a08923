"""The arrays that baking is done in.

Points are rows, (n, 3): x to the viewer's right, y up, z to the viewer.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def unit(v: Floats) -> Floats:
    """Vectors of length one, along the last axis."""
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12), np.float64)


def vector(x: float, y: float, z: float) -> Floats:
    """One point or direction."""
    return np.array([x, y, z], np.float64)


def eased(t: Floats) -> Floats:
    """From 0 to 1, level at both ends."""
    inside = np.clip(t, 0, 1)
    return np.asarray(inside * inside * (3 - 2 * inside), np.float64)
