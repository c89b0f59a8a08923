"""Sleeves folded over the body: what was cut free down to the hem and taken for one steps in half way."""

import numpy as np

from tryon_sandbox.renderer.curves import Points, evenly
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.sides import Side

# By the chest, how far the outer edge of a sleeve steps in within so many rows of the height: one that hangs,
# bent or not, to 0.16; where it lies folded, or ends half way down what was taken for it, from 0.20. Its end
# is left out: there cuffs step in.
STEP, ROWS = 0.18, 0.05
STATIONS, ABOVE_CUFF = 60, 54
# A fold, taken for the cuff of a short sleeve: it runs straight down, so far across by its length at the
# most, and the sleeve's lower edge falls from it towards the body, by so much of the chest. A hoodie with its
# arms on its chest 0.01 and 0.09; cuffs that run down, of caps and flutter sleeves, are short by their
# armholes.
UPRIGHT, FALLS, WIDE = 0.2, 0.06, 0.5

FOLDED = "The sleeves cannot be made out: they may lie folded."


def are_folded(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether the outline steps in where a sleeve should go on."""
    chest, rows = max(marks.chest_width, 1.0), ROWS * shape.height
    return any(_step(own.outer, side, rows) > STEP * chest for side, own in marks.sleeves.items())


def end_in_folds(marks: TopMarks) -> bool:
    """Whether both of what were taken for short sleeves end in the folds of long ones."""
    return bool(marks.sleeves) and all(_ends_in_fold(marks, side) for side in marks.sleeves)


def _ends_in_fold(marks: TopMarks, side: Side) -> bool:
    cuff, armpit = marks.sleeves[side].cuff, marks.armpit[side]
    fold = np.abs(cuff[-1] - cuff[0])
    size = float(np.hypot(*fold))
    falls = float(armpit[1] - cuff[-1][1]) > FALLS * marks.chest_width
    is_wide = size > WIDE * float(np.hypot(*(armpit - marks.shoulder[side])))
    return bool(fold[0] < UPRIGHT * size) and falls and is_wide


def _step(outer: Points, side: Side, rows: float) -> float:
    stations = evenly(outer, STATIONS)[:ABOVE_CUFF]
    reach, down = stations[:, 0] * side.sign, stations[:, 1]
    near = np.triu(down[None, :] - down[:, None] <= rows)
    return float(np.where(near, reach[:, None] - reach[None, :], 0.0).max())
