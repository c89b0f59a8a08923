"""What nothing holds but its own upper edge around the chest: it has neither straps nor shoulders."""

import numpy as np

from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# By the chest: how wide its upper edge is, from 0.90, and between the corners of what would be the neck, from
# 0.64. Nor do its sides come in between there and what would be the armpit: to 1.0, a dress with shoulders
# that are as wide 0.96. How deep that edge hangs, by its width: a heart's to 0.12, a neckline from 0.15.
EDGE, CORNERS, COMES_IN, DIP = 0.87, 0.58, 0.975, 0.13
BELOW = 0.12  # of the chest: corners of the edge are rounded
# By the chest, how hollow a side is from there to so far below: to 0.031; deep armholes of a vest 0.09, which
# come in no more up to where an armpit was taken for given.
HOLLOW, FAR = 0.045, 0.25
LEAST_ROWS = 3


def is_strapless(
    shape: Silhouette, shoulder: dict[Side, Points], armpit: dict[Side, Points], neck: dict[Side, Points]
) -> bool:
    """Whether what was read without sleeves ends at the chest, where shoulders were taken for given."""
    chest = max(_between(armpit), 1.0)
    if _between(shoulder) < EDGE * chest or _between(neck) < CORNERS * chest:
        return False
    start = max(float(shoulder[side][1]) for side in BOTH) + BELOW * chest
    rows = range(int(start), int(min(float(armpit[side][1]) for side in BOTH)))
    narrowest = min((shape.span(y) for y in rows), default=0)
    if narrowest < COMES_IN * chest or profile.measure(shape).dip > DIP:
        return False
    return all(
        _hollow(shape, side, shoulder[side], armpit[side][1] + FAR * chest) < HOLLOW * chest for side in BOTH
    )


def _hollow(shape: Silhouette, side: Side, start: Points, end: float) -> float:
    found = [(y, runs) for y in range(int(start[1]) + 1, int(end)) if (runs := shape.at(y))]
    if len(found) < LEAST_ROWS:
        return 0.0
    reach = [runs[-1][1] if side is RIGHT else -runs[0][0] for _, runs in found]
    return profile.below_hull(np.array([y for y, _ in found], np.float32), np.array(reach, np.float32))


def _between(ends: dict[Side, Points]) -> float:
    return float(np.hypot(*(ends[RIGHT] - ends[LEFT])))
