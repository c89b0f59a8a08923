"""The front neckline: it hangs below the back collar in the photo, and the wearer's neck shows above it."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.studio.curves import Numbers
from tryon_sandbox.studio.cutout import Cutout
from tryon_sandbox.studio.landmarks import TopMarks
from tryon_sandbox.studio.raster import Floats, blur, luma, polygon, slope
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT

ROUNDNESS = 2.2  # exponent of the curve; 2 is a parabola, necklines are a little flatter below
SPREAD = 0.38  # how far from the usual depth is still plausible


@dataclass(frozen=True, slots=True)
class _Habit:
    """What is usual, in half neck widths: the depth, the range of it, and how wide the opening is."""

    usual: float
    least: float
    most: float
    unsure: float
    width: float


_COLLAR = _Habit(usual=0.62, least=0.30, most=1.25, unsure=0.45, width=0.97)
_HOOD = _Habit(usual=1.20, least=0.80, most=1.70, unsure=1.10, width=0.66)


@dataclass(frozen=True, slots=True)
class Front:
    """The front neckline: how far it hangs and how wide it is, in half neck widths."""

    depth: float
    width: float


def find(cutout: Cutout, marks: TopMarks, *, may_be_hood: bool) -> Front | None:
    """The front neckline in the photo; None where the outline shows it anyway, or there is none."""
    hood = may_be_hood and _opens_dark(cutout, marks)
    if not hood and (_shown_by_outline(cutout, marks) or _is_roll_neck(marks)):
        return None
    habit = _HOOD if hood else _COLLAR
    depths = np.linspace(habit.least, habit.most, 46)
    scores = _edge_along(cutout, marks, depths, habit.width)
    likely = scores * np.exp(-0.5 * ((depths - habit.usual) / SPREAD) ** 2)
    best = int(likely.argmax())
    if likely[best] <= 1.6 * np.median(likely):
        return Front(habit.unsure, habit.width)
    return Front(float(depths[_first_strong_peak(likely, best)]), habit.width)


def opening(cutout: Cutout, marks: TopMarks, front: Front) -> Floats:
    """What lies above the front neckline in the photo, 0..1, at the photo's size."""
    left, right = marks.neck[LEFT], marks.neck[RIGHT]
    share = np.linspace(-1, 1, 41)
    half = marks.neck_width / 2
    across = (left[0] + right[0]) / 2 + share * half * front.width
    level = left[1] + (right[1] - left[1]) * (share + 1) / 2
    lower = level + front.depth * half * (1 - np.abs(share) ** ROUNDNESS)
    outline = np.concatenate([np.c_[across, lower], [[across[-1], -20.0], [across[0], -20.0]]])
    height, width = cutout.alpha.shape
    return blur(polygon(outline * cutout.scale, (height, width)), 0.8)


def _shown_by_outline(cutout: Cutout, marks: TopMarks) -> bool:
    column = cutout.mask[:, int(np.clip(marks.centre, 0, cutout.mask.shape[1] - 1))]
    return float(np.argmax(column)) - marks.neck_y > 0.30 * marks.neck_width


def _opens_dark(cutout: Cutout, marks: TopMarks) -> bool:
    """Whether there is a shaded lining below the top edge, as in a hood that lies open."""
    half = marks.neck_width / 2
    lining = _tone(cutout, marks, 0.5 * half, 1.0 * half)
    return lining < 0.82 * _tone(cutout, marks, 2.6 * half, 3.6 * half)


def _tone(cutout: Cutout, marks: TopMarks, start: float, end: float) -> float:
    """Median brightness of a patch below the middle of the neck, from start to end in mask pixels."""
    middle, reach = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2, marks.neck_width * 0.18
    rows = slice(int((marks.neck_y + start) * cutout.scale), int((marks.neck_y + end) * cutout.scale) + 1)
    columns = slice(int((middle - reach) * cutout.scale), int((middle + reach) * cutout.scale) + 1)
    patch = cutout.rgb[rows, columns]
    return float(np.median(patch)) if patch.size else 1.0


def _is_roll_neck(marks: TopMarks) -> bool:
    rise = min(marks.shoulder[side][1] for side in BOTH) - max(marks.neck[side][1] for side in BOTH)
    return bool(rise > 0.75 * marks.neck_width and marks.neck_width < 0.34 * marks.chest_width)


def _edge_along(cutout: Cutout, marks: TopMarks, depths: Numbers, width: float) -> Numbers:
    """For each depth, how much the brightness changes across that curve."""
    down, _ = slope(blur(luma(cutout.rgb), 1.2))
    share = np.linspace(-0.62, 0.62, 25)
    half = marks.neck_width / 2
    reach = half * width
    middle = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2
    x = ((middle + share * reach) * cutout.scale).astype(int)
    y = (marks.neck_y + depths[:, None] * half * (1 - np.abs(share) ** ROUNDNESS)) * cutout.scale
    rows = np.clip(y.astype(int), 0, down.shape[0] - 1)
    found = down[rows, np.clip(x, 0, down.shape[1] - 1)[None]]
    return np.asarray(np.abs(found.mean(1)) + 0.35 * np.abs(found).mean(1), np.float64)


def _first_strong_peak(scores: Numbers, best: int) -> int:
    inner = range(1, len(scores) - 1)
    peaks = [
        i for i in inner if scores[i - 1] <= scores[i] >= scores[i + 1] and scores[i] > 0.5 * scores[best]
    ]
    return peaks[0] if peaks else best
