"""Where the waist of a skirt or of trousers comes to lie: from one side of the body to the other."""

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side


def waist_corner(body: Body, y: float, side: Side) -> Points:
    """The end of a waist at the row `y`, a little beside the body."""
    return points([body.edge(y, side) + side.sign * 0.35 * body.unit, y])


def along_waist(shape: Silhouette, waist: dict[Side, Points], body: Body, y: float) -> tuple[Points, Points]:
    """Where the points of the garment's own `waist` come to lie at the row `y`, and these points."""
    left, right = waist[LEFT], waist[RIGHT]
    path = shape.arc(left, right)
    share = np.clip((path[:, 0] - left[0]) / (right[0] - left[0]), 0, 1)
    start, end = (waist_corner(body, y, side) for side in BOTH)
    target = start + (end - start) * share[:, None]
    target[:, 1] += np.sin(np.pi * share) * body.unit
    return target, path
