"""Corners of a trouser leg's hem, where its outline turns from side to hem, however aslant the leg lies."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points, unit
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side


def squared(shape: Silhouette, marks: TrouserMarks) -> TrouserMarks:
    """The marks with the corners of each hem where its leg reaches farthest down and to that side.

    The inner one is nearer to the leg's end than to the crotch, which may be the farthest in of short ones.
    Both lie farther up where the hem is hollow: a straight one is drawn, of cloth alone.
    """
    outer, inner = dict(marks.outer), dict(marks.inner)
    for side in BOTH:
        down = _along(marks, side)
        across = points([down[1], -down[0]]) * side.sign
        leg = _leg(shape, marks, side)
        inside = np.flatnonzero(leg[:, 1] >= (marks.crotch[1] + leg[:, 1].max()) / 2)
        last = int(np.argmax(leg @ (down + across)))
        first = int(inside[np.argmax(leg[inside] @ (down - across))])
        hollow = _hollow(leg[last : first + 1] @ down)
        outer[side] = _higher(leg[: last + 1][::-1], down, hollow)
        inner[side] = _higher(leg[first:], down, hollow)
    return replace(marks, outer=outer, inner=inner)


def _hollow(hem: Numbers) -> float:
    """How far a hem rises above the line between its ends, given how far down each of its points lies."""
    if len(hem) < 2:
        return 0.0
    return max(0.0, float((np.linspace(hem[0], hem[-1], len(hem)) - hem).max()))


def _higher(path: Points, down: Points, by: float) -> Points:
    """The first point of an edge, walked up from its corner, that lies so much farther up."""
    risen = (path[0] - path) @ down >= by
    return points(path[int(risen.argmax())])


def _along(marks: TrouserMarks, side: Side) -> Points:
    """The direction of a leg: from the middle of its half of the waist to that of its hem."""
    middle = (marks.waist[side] * 3 + marks.waist[LEFT if side is RIGHT else RIGHT]) / 4
    return unit((marks.outer[side] + marks.inner[side]) / 2 - middle)


def _leg(shape: Silhouette, marks: TrouserMarks, side: Side) -> Points:
    """The outline from waist to crotch, round the hem."""
    ends = marks.waist[side], marks.crotch
    return shape.arc(*ends) if side is RIGHT else shape.arc(*ends[::-1])[::-1]
