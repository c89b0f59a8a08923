"""A collar that stands up beside the neck in the photo: where it meets the shoulder, and how high it is."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.sides import BOTH, RIGHT, Side

# How far the corner at its foot lies inwards of the line from neck to shoulder, by the chest: lower ones are
# the rounding of shoulders, and bands of T-shirts.
FOOT = 0.012
NEAR = 0.7  # of the way from neck to shoulder: a corner beyond it is the sleeve's
DAYLIGHT = 0.6  # of the height of what stands up: between straps, and not within a collar
LEAST = 0.03  # by the chest: what rises less lies flat
# The same of what looks like a collar, whose foot lies low where it is spread. Bands of T-shirts rise as far.
LEAST_OF_COLLAR = 0.016
# What looks like a collar, without a corner at its foot, as where its leaves fall over shoulders that slope
# like them: how far its foot lies from the neck's corner, by the neck, and how high it stands, by the chest.
USUAL_FOOT, USUAL_RISE = 0.16, 0.05


@dataclass(frozen=True, slots=True)
class Stand:
    """One side of a collar that stands up, in mask pixels: where it meets the shoulder, how high the neck's
    corner is above the shoulder there, and how far inwards of its foot."""

    foot: Points
    rise: float
    spread: float


def find(shape: Silhouette, marks: TopMarks) -> dict[Side, Stand]:
    """The collar by side; empty where it does not stand up on both, or straps do."""
    found = {side: one for side in BOTH if (one := _stand(shape, marks, side)) is not None}
    if marks.collared and len(found) < 2 and not _lies_otherwise(marks):
        found = {side: found.get(side) or _usual(shape, marks, side) for side in BOTH}
    return found if len(found) == 2 and not _are_straps(shape, marks, found) else {}


def _are_straps(shape: Silhouette, marks: TopMarks, found: dict[Side, Stand]) -> bool:
    """Whether, without sleeves, there is daylight between both sides down to about their feet."""
    middle = shape.upper_edge(marks.centre)
    feet = float(np.mean([one.foot[1] for one in found.values()]))
    daylight = DAYLIGHT * (feet - marks.neck_y)
    return not marks.sleeves and middle is not None and middle - marks.neck_y > daylight


def _lies_otherwise(marks: TopMarks) -> bool:
    return marks.straps or marks.halter or marks.off_shoulder


def _usual(shape: Silhouette, marks: TopMarks, side: Side) -> Stand:
    """A collar as it usually stands up, its foot near the neck's corner."""
    start, path = marks.neck[side], shoulder_path(shape, marks, side)
    near = np.hypot(*(path - start).T) > USUAL_FOOT * marks.neck_width
    foot = points(path[int(near.argmax())])
    return Stand(foot, USUAL_RISE * marks.chest_width, abs(float(foot[0] - start[0])))


def _stand(shape: Silhouette, marks: TopMarks, side: Side) -> Stand | None:
    """The collar of this side; None where the shoulder begins at the neck's corner."""
    if _lies_otherwise(marks):
        return None
    start, end = marks.neck[side], marks.shoulder[side]
    path = shoulder_path(shape, marks, side)
    line = end - start
    size = float(np.hypot(*line)) + 1e-9
    away = path - start
    inwards = points([-line[1], line[0]]) / size * side.sign
    depth = np.where(away @ line / size**2 < NEAR, away @ inwards, 0.0)
    deepest = int(depth.argmax())
    if depth[deepest] < FOOT * marks.chest_width:
        return None
    foot = path[deepest]
    across = abs(float(end[0] - foot[0])) + 1e-9
    slope = max(float(end[1] - foot[1]), 0.0) / across
    rise = float(foot[1] - start[1]) - slope * abs(float(foot[0] - start[0]))
    spread = abs(float(foot[0] - start[0]))
    least = LEAST_OF_COLLAR if marks.collared else LEAST
    return Stand(points(foot), rise, spread) if rise > least * marks.chest_width else None


def shoulder_path(shape: Silhouette, marks: TopMarks, side: Side) -> Points:
    """The outline from the neck's corner to the shoulder's tip."""
    if side is RIGHT:
        return shape.arc(marks.neck[side], marks.shoulder[side])
    return shape.arc(marks.shoulder[side], marks.neck[side])[::-1]


def foot_of(path: Points, collar: Stand) -> int:
    """The index in the shoulder's path of the collar's foot."""
    return int(np.clip(((path - collar.foot) ** 2).sum(1).argmin(), 1, len(path) - 2))
