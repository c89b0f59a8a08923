"""Outlines that pass for a top's or a dress's part by part, and are none's as a whole."""

import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.kinds.recognise import deepest_valley
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.sides import LEFT, RIGHT

# A backpack stands between its straps as a dome, by the chest, and fills its hull; its straps stand up by so
# much of the width. Two of them 0.009 and 0.020, 0.95 and 0.97; tops whose edge is not hollow fill to 0.85.
DOME, FULL, STRAPS = 0.0075, 0.94, 0.09
# Shoulders widen from their tips down; what narrows again by so much of the width on both sides are things
# side by side: three bobble hats 0.047, shoulders to 0.003. Straps with bows or frills may.
NARROWS_AGAIN = 0.025
# How far the lower end parts in the middle, by the height: dungarees whose legs touch 0.063, tops and dresses
# on straps to 0.021.
PARTED = 0.04
NEAR, WIDE = 0.18, 0.5  # of the hem's width: where it is lower
# Sleeves that lie crossed below a cropped hem, taken for a dress: its end parts, and is so narrow by its
# chest.
CROSSED, END = 0.065, 0.9  # 0.087 and 0.86; dresses part to 0.051, and are as narrow only where they do not

BACKPACK = "It looks like a backpack."
SEVERAL = "There is more than one thing in the picture."
DUNGAREES = "It ends in two legs, as dungarees do."


def is_backpack(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether something full stands up between what seems to be the shoulders."""
    if marks.sleeves or marks.straps or marks.halter:
        return False
    seen = profile.measure(shape)
    return seen.dip > STRAPS and seen.solidity > FULL and _dome(shape, marks) > DOME


def _dome(shape: Silhouette, marks: TopMarks) -> float:
    left, right = (float(marks.neck[side][0]) for side in (LEFT, RIGHT))
    columns = np.arange(left + 0.12 * (right - left), right - 0.12 * (right - left))
    edges = np.array([shape.bottom if (y := shape.upper_edge(float(x))) is None else y for x in columns])
    third = len(edges) // 3
    if not third:
        return 0.0
    beside = min(edges[:third].max(), edges[-third:].max())
    return float(beside - edges[third:-third].min()) / max(marks.chest_width, 1.0)


def are_things_side_by_side(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether both sides narrow again below their upper ends, as no shoulders do."""
    if marks.sleeves or marks.straps:
        return False
    sides: tuple[list[float], list[float]] = ([], [])
    for y in range(shape.top + 2, shape.row(0.5)):
        runs = shape.at(y)
        if any(start < marks.centre < end for start, end in runs):
            break
        sides[0].append(sum(end - start for start, end in runs if end <= marks.centre))
        sides[1].append(sum(end - start for start, end in runs if start >= marks.centre))
    if len(sides[0]) < 5:
        return False
    return min(deepest_valley(np.array(widths)) for widths in sides) > NARROWS_AGAIN * shape.width


def are_dungarees(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether what hangs by straps parts at its lower end."""
    return marks.straps and not marks.sleeves and _parting(shape, marks, NEAR) > PARTED


def has_crossed_sleeves(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether the lower end of a dress is that of two sleeves."""
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])
    return bool(marks.sleeves) and hem < END * marks.chest_width and _parting(shape, marks, WIDE) > CROSSED


def _parting(shape: Silhouette, marks: TopMarks, within: float) -> float:
    """How far its lower edge rises in the middle above what is near by on either side, by the height.

    An arched hem rises as far, but little by little.
    """
    left, right = (float(marks.hem[side][0]) for side in (LEFT, RIGHT))
    columns = slice(int(left + 0.1 * (right - left)), max(int(right - 0.1 * (right - left)), 1))
    mask = shape.mask[:, columns]
    lower: Numbers = np.where(mask.any(0), len(mask) - 1 - mask[::-1].argmax(0), 0).astype(np.float64)
    third, near = len(lower) // 3, int(within * (right - left))
    if not third or not near:
        return 0.0
    rises = [
        min(lower[max(x - near, 0) : x].max(), lower[x + 1 : x + 1 + near].max()) - lower[x]
        for x in range(third, len(lower) - third)
    ]
    return float(max(rises)) / shape.height
