"""Neck corners where a collar ends and a shoulder begins, however flat the shoulders slope."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

NARROWEST, WIDEST = 0.18, 0.95  # neck by shoulders
UNEVEN = 0.06  # of the shoulders; corners at more different heights are no pair
TO_TIP = 0.80  # the shoulder's own rounding beyond this share of the way to its tip is left out
CLEAR = 0.012  # a corner stands out of the straight line by at least this share of the shoulders


def at_kinks(shape: Silhouette, marks: TopMarks) -> TopMarks:
    """The marks with neck corners at the kink of the upper edge, where there is one.

    The highest point beside the neck lies too far out when the shoulders are nearly level, and too far in
    when the back collar is.
    """
    span = float(marks.shoulder[RIGHT][0] - marks.shoulder[LEFT][0])
    if marks.straps or marks.halter or marks.off_shoulder:
        return marks
    found = {side: _kink(shape, marks, side, span) for side in BOTH}
    width = float(found[RIGHT][0] - found[LEFT][0])
    level = abs(float(found[RIGHT][1] - found[LEFT][1])) < UNEVEN * span
    return replace(marks, neck=found) if level and NARROWEST * span < width < WIDEST * span else marks


def _kink(shape: Silhouette, marks: TopMarks, side: Side, span: float) -> Points:
    """The point of the upper edge farthest above the chord from the neck's middle to the shoulder."""
    middle = float(marks.shoulder[LEFT][0] + marks.shoulder[RIGHT][0]) / 2
    across = np.linspace(middle, middle + (float(marks.shoulder[side][0]) - middle) * TO_TIP, 60)
    edge = _edge(shape, across)
    chord = np.linspace(edge[0], edge[-1], len(across))
    above = chord - edge
    above[np.abs(across - middle) < NARROWEST / 2 * span] = -np.inf
    best = int(above.argmax())
    if above[best] < CLEAR * span:
        return marks.neck[side]
    return points([across[best], edge[best]])


def _edge(shape: Silhouette, across: Numbers) -> Numbers:
    heights = [shape.upper_edge(float(x)) for x in across]
    return np.array([shape.bottom if y is None else y for y in heights], np.float64)
