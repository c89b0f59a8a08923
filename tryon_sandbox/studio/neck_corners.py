"""Neck corners where a collar ends and a shoulder begins, however flat the shoulders slope."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.studio.curves import Numbers, Points, points
from tryon_sandbox.studio.landmarks import TopMarks
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT, Side
from tryon_sandbox.studio.silhouette import Silhouette

WIDE = 0.50  # neck by shoulders, above which the corners are looked for again
NARROWEST = 0.30
TO_TIP = 0.80  # the shoulder's own rounding beyond this share of the way to its tip is left out
CLEAR = 0.012  # a corner stands out of the straight line by at least this share of the shoulders


def at_kinks(shape: Silhouette, marks: TopMarks) -> TopMarks:
    """The marks with neck corners moved inwards to the kink of the upper edge, where there is one.

    The highest point beside the neck lies too far out when the shoulders are nearly level. A true boat neck
    has its kink far out, too, and keeps it.
    """
    span = float(marks.shoulder[RIGHT][0] - marks.shoulder[LEFT][0])
    if marks.neck_width < WIDE * span:
        return marks
    found = {side: _kink(shape, marks, side, span) for side in BOTH}
    middle = float(marks.shoulder[LEFT][0] + marks.shoulder[RIGHT][0]) / 2
    reach = max(abs(float(found[side][0]) - middle) for side in BOTH)
    if 2 * reach >= marks.neck_width:
        return marks
    return replace(marks, neck={side: _at(shape, marks, side, middle + side.sign * reach) for side in BOTH})


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


def _at(shape: Silhouette, marks: TopMarks, side: Side, x: float) -> Points:
    y = shape.upper_edge(x)
    return marks.neck[side] if y is None else points([x, y])


def _edge(shape: Silhouette, across: Numbers) -> Numbers:
    heights = [shape.upper_edge(float(x)) for x in across]
    return np.array([shape.bottom if y is None else y for y in heights], np.float64)
