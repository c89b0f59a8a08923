"""A hood that lies stretched out above the shoulders: worn, most of it would hang behind the neck, unseen."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import standing
from tryon_sandbox.renderer.garments.necks.neck_corners import at_kinks
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# By the chest lying flat: how high a hood stands above its foot, and how far apart its feet are. Hoods that
# are laid out from 0.31 and 0.45; collars and roll necks to 0.30, a form's neck 0.30 and 0.34, with its top
# 0.51 above the shoulders' tips. Half way up to there, slim ones are to 0.76 wide.
HIGH, APART, UPRIGHT, SLIM = 0.31, 0.42, 0.45, 0.80
FOOT = 0.015  # by the chest: how far the corner between hood and shoulder lies inwards of its hull
CREST = 0.08  # by the chest: as far beside the middle a hood may be highest
ROLL = 0.10  # by the chest: so much of it is kept above its foot, which lies around the neck
PLACES = 120  # of the outline between the middle and the shoulder's tip


def lying(shape: Silhouette, marks: TopMarks) -> tuple[Silhouette, TopMarks]:
    """The outline and marks with a hood cut off, but for a roll where one can be kept; those of
    all others with neck corners set."""
    feet = _feet(shape, marks)
    if not feet:
        return shape, at_kinks(shape, marks)
    if float(feet[RIGHT][0] - feet[LEFT][0]) > APART * marks.chest_width:
        cut, left = _cut(shape, marks, feet, ROLL * marks.chest_width)
        if standing.find(cut, left):
            return cut, replace(left, hooded=True)
    return at_foot(shape, marks)


def is_slim(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether it is a hood, or a form's neck, without doubt: sleeves that part from the body too low leave as
    wide a one."""
    rise = _rise(shape, marks)
    return rise > UPRIGHT * marks.chest_width and shape.span(shape.top + rise / 2) < SLIM * marks.chest_width


def _rise(shape: Silhouette, marks: TopMarks) -> float:
    return float(marks.shoulder[LEFT][1] + marks.shoulder[RIGHT][1]) / 2 - shape.top


def at_foot(shape: Silhouette, marks: TopMarks) -> tuple[Silhouette, TopMarks]:
    """The outline and marks with all of a hood cut off; those of all others with neck corners set."""
    feet = _feet(shape, marks)
    return _cut(shape, marks, feet, 0.0) if feet else (shape, at_kinks(shape, marks))


def _cut(
    shape: Silhouette, marks: TopMarks, feet: dict[Side, Points], roll: float
) -> tuple[Silhouette, TopMarks]:
    """Cut so high above the feet; the neck's corners are where the outline is cut then."""
    left, right = feet[LEFT], feet[RIGHT]
    across = np.arange(shape.mask.shape[1])
    level = np.interp(across, [left[0], right[0]], [left[1], right[1]]) - roll
    level[(across < marks.shoulder[LEFT][0]) | (across > marks.shoulder[RIGHT][0])] = 0
    below = np.arange(shape.mask.shape[0])[:, None] >= level
    cut = replace(measure(np.asarray(shape.mask & below, np.bool_)), middle=shape.middle)
    return cut, replace(marks, neck={side: _corner(cut, marks, feet[side], roll, side) for side in BOTH})


def _feet(shape: Silhouette, marks: TopMarks) -> dict[Side, Points]:
    """The corners between a hood and the shoulders by side; empty where no hood stands up."""
    if not marks.sleeves or marks.straps or marks.off_shoulder:
        return {}
    feet = {side: foot for side in BOTH if (foot := _foot(shape, marks, side)) is not None}
    if len(feet) < 2:
        return {}
    high = float(feet[LEFT][1] + feet[RIGHT][1]) / 2 - _crest(shape, marks)
    apart = float(feet[RIGHT][0] - feet[LEFT][0])
    return feet if high > HIGH * marks.chest_width or _is_form(shape, marks, apart) else {}


def _crest(shape: Silhouette, marks: TopMarks) -> float:
    """The row of the highest place about the middle; a neckline that the outline shows has none there."""
    near = marks.centre + np.linspace(-CREST, CREST, 9) * marks.chest_width
    edges = [edge for x in near if (edge := shape.upper_edge(float(x))) is not None]
    return min(edges, default=float(shape.bottom))


def _is_form(shape: Silhouette, marks: TopMarks, apart: float) -> bool:
    """Whether the neck of a dress form stands in the garment's, between shoulders that slope."""
    return _rise(shape, marks) > UPRIGHT * marks.chest_width and apart < APART * marks.chest_width


def _foot(shape: Silhouette, marks: TopMarks, side: Side) -> Points | None:
    """The place of the outline, from its top to the shoulder's tip, farthest inwards of its hull."""
    top = shape.upper_edge(marks.centre)
    if top is None:
        return None
    start, end = points([marks.centre, top]), marks.shoulder[side]
    path = shape.arc(start, end) if side is RIGHT else shape.arc(end, start)[::-1]
    path = path[np.unique(np.linspace(0, len(path) - 1, PLACES).astype(int))]
    inwards = _off_hull(path * (side.sign, 1))
    deepest = int(inwards.argmax())
    return points(path[deepest]) if inwards[deepest] > FOOT * marks.chest_width else None


def _off_hull(path: Points) -> np.typing.NDArray[np.float64]:
    """How far below its upper hull each place of a path lies that runs outwards and down."""
    hull: list[int] = []
    for place in range(len(path)):
        while len(hull) > 1 and _turn(path[hull[-2]], path[hull[-1]], path[place]) <= 0:
            hull.pop()
        hull.append(place)
    depth = np.zeros(len(path))
    for first, last in pairwise(hull):
        line = path[last] - path[first]
        off = path[first:last] - path[first]
        depth[first:last] = np.abs(line[0] * off[:, 1] - line[1] * off[:, 0]) / (np.hypot(*line) + 1e-9)
    return depth


def _turn(first: Points, second: Points, third: Points) -> float:
    one, other = second - first, third - first
    return float(one[0] * other[1] - one[1] * other[0])


def _corner(cut: Silhouette, marks: TopMarks, foot: Points, roll: float, side: Side) -> Points:
    """Where the outline of the hood was cut, above its foot."""
    if not roll:
        return foot
    row = int(foot[1] - roll) + 2
    tips = [int(marks.shoulder[one][0]) for one in BOTH]
    across = np.flatnonzero(cut.mask[max(row, 0), max(tips[0], 0) : tips[1] + 1]) + max(tips[0], 0)
    return points([across[0 if side is LEFT else -1] if len(across) else foot[0], row])
