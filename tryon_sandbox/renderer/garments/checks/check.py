"""What the checks of landmarks have in common."""

from collections.abc import Callable

import numpy as np

from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette

Check = tuple[str, Callable[[], bool]]  # a reason, and whether it holds
CUFFS_DIFFER = 2.6  # the wider of two cuffs or hems by the narrower, at the most


def within(value: float, limits: tuple[float, float]) -> bool:
    """Whether it lies between both limits."""
    return limits[0] < value < limits[1]


def in_turn(shape: Silhouette, places: list[Points]) -> bool:
    """Whether the outline, walked once around clockwise, meets these places one after the other."""
    where = np.array([shape.nearest(place) for place in places])
    steps = (np.roll(where, -1) - where) % len(shape.contour)
    return int(steps.sum()) == len(shape.contour)
