"""The corners of a sleeve's cuff, and the three stretches of its outline."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.studio.curves import Points, unit
from tryon_sandbox.studio.sides import RIGHT, Side
from tryon_sandbox.studio.silhouette import Silhouette

CAP = 0.88  # the last 12 % of a sleeve's axis hold both cuff corners


@dataclass(frozen=True, slots=True)
class SleeveMarks:
    """Outline from shoulder tip to cuff, across the cuff, and back to the armpit."""

    outer: Points
    cuff: Points
    inner: Points


def sleeve_marks(shape: Silhouette, side: Side, shoulder: Points, armpit: Points) -> SleeveMarks:
    """Splits the sleeve's outline at its cuff corners. Raises ValueError on a stub too short to split."""
    path = shape.arc(shoulder, armpit) if side is RIGHT else shape.arc(armpit, shoulder)[::-1]
    if len(path) < 24:
        raise ValueError("The sleeve has no outline.")
    middle = (armpit + shoulder) / 2
    along = (path - middle) @ _axis(path, middle)
    cap = np.flatnonzero(along > along.max() * CAP)
    first, last, half = int(cap[0]), int(cap[-1]), int(cap[len(cap) // 2])
    reach = max(6, int(0.06 * len(path)))
    start = _sharpest(path, first - reach, half, first)
    end = _sharpest(path, half, last + reach, last)
    return SleeveMarks(path[: start + 1], path[start : end + 1], path[end:])


def _axis(path: Points, middle: Points) -> Points:
    away = np.hypot(*(path - middle).T)
    return unit(path[away > 0.8 * away.max()].mean(0) - middle)


def _sharpest(path: Points, start: int, end: int, otherwise: int) -> int:
    candidates = range(max(start, 1), min(end, len(path) - 2))
    return max(candidates, key=lambda index: _sharpness(path, index), default=otherwise)


def _sharpness(path: Points, index: int) -> float:
    """Cosine of the angle between both ways along the outline: 1 folds back, -1 goes straight on."""
    reach = max(4, int(0.05 * len(path)))
    back = unit(path[max(index - reach, 0)] - path[index])
    ahead = unit(path[min(index + reach, len(path) - 1)] - path[index])
    return float(back @ ahead)
