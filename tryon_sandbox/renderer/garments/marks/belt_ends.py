"""The ends of a belt that lie spread out beside a garment: worn, they would be drawn as its sides."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.sides import BOTH

# How far it sticks out, by the chest lying flat, and within how many rows, by the height. Sides of what has
# no sleeves stick out to 0.23 so, the ends of a belt 0.41.
OUT, ROWS = 0.32, 0.12
STICK_OUT = "The ends of a belt stick out at its sides."


def stick_out(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether a few rows of what has no sleeves are much wider than what is above and below them."""
    if marks.sleeves:
        return False
    start = int(max(float(marks.armpit[side][1]) for side in BOTH))
    spans = np.array([shape.span(y) for y in range(start, int(marks.hem_y))])
    reach = max(2, int(ROWS * shape.height))
    if len(spans) <= 2 * reach:
        return False
    beside = np.maximum(spans[: -2 * reach], spans[2 * reach :])
    return float((spans[reach:-reach] - beside).max()) > OUT * max(marks.chest_width, 1.0)
