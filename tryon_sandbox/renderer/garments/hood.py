"""A hood that lies stretched out above the shoulders: worn, it would hang behind the neck, unseen."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.garments.landmarks import TopMarks
from tryon_sandbox.renderer.garments.neck_corners import at_kinks
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# By the chest lying flat: how far the outline goes up above the shoulders' tips, and how wide it is half way
# up. Hoods from 0.57 and to 0.76; collars to 0.41, and those that are higher are wider than 0.82.
UPRIGHT, SLIM = 0.45, 0.80
FOOT = 0.03  # how far the corner between hood and shoulder lies inwards of the line between both


def lying(shape: Silhouette, marks: TopMarks) -> tuple[Silhouette, TopMarks]:
    """The outline and marks with a hood cut off at its foot; those of all others with neck corners set."""
    if not is_upright(shape, marks):
        return shape, at_kinks(shape, marks)
    feet = {side: _foot(shape, marks, side) for side in BOTH}
    left, right = feet[LEFT], feet[RIGHT]
    if left is None or right is None:
        return shape, at_kinks(shape, marks)
    across = np.arange(shape.mask.shape[1])
    level = np.interp(across, [left[0], right[0]], [left[1], right[1]])
    level[(across < marks.shoulder[LEFT][0]) | (across > marks.shoulder[RIGHT][0])] = 0
    below = np.arange(shape.mask.shape[0])[:, None] >= level
    cut = replace(measure(np.asarray(shape.mask & below, np.bool_)), middle=shape.middle)
    return cut, replace(marks, neck={LEFT: left, RIGHT: right})


def is_upright(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether something narrow stands up above shoulders with sleeves."""
    if not marks.sleeves or marks.straps or marks.off_shoulder:
        return False
    rise = float(marks.shoulder[LEFT][1] + marks.shoulder[RIGHT][1]) / 2 - shape.top
    half = shape.span(shape.top + rise / 2)
    return rise > UPRIGHT * marks.chest_width and half < SLIM * marks.chest_width


def _foot(shape: Silhouette, marks: TopMarks, side: Side) -> Points | None:
    """The corner of the outline farthest inwards of the line from the hood's end to the shoulder's tip."""
    start, end = marks.neck[side], marks.shoulder[side]
    path = shape.arc(start, end) if side is RIGHT else shape.arc(end, start)
    line = path[-1] - path[0]
    inwards = points([-line[1], line[0]]) / (np.hypot(*line) + 1e-9)
    depth = (path - path[0]) @ inwards
    deepest = int(depth.argmax())
    return points(path[deepest]) if depth[deepest] > FOOT * marks.chest_width else None
