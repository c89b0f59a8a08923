"""The front neckline: it hangs below the back collar in the photo, and the wearer's neck shows above it."""

import numpy as np

from tryon_sandbox.studio.anchors import Anchors
from tryon_sandbox.studio.body import Body
from tryon_sandbox.studio.curves import Numbers
from tryon_sandbox.studio.cutout import Cutout
from tryon_sandbox.studio.landmarks import TopMarks
from tryon_sandbox.studio.raster import Floats, blur, luma, polygon, slope
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT

ROUNDNESS = 2.2  # exponent of the curve; 2 is a parabola, necklines are a little flatter below
USUAL_DEPTH = 0.55  # of half the neck's width, and how far from it is still plausible
SPREAD = 0.38
UNSURE_DEPTH = 0.45


def front_depth(cutout: Cutout, marks: TopMarks) -> float | None:
    """How far the front neckline hangs, in half neck widths; None where the outline shows it anyway."""
    if _shown_by_outline(cutout, marks) or _is_roll_neck(marks):
        return None
    depths = np.linspace(0.22, 1.25, 46)
    scores = _edge_along(cutout, marks, depths)
    likely = scores * np.exp(-0.5 * ((depths - USUAL_DEPTH) / SPREAD) ** 2)
    best = int(likely.argmax())
    if likely[best] <= 1.6 * np.median(likely):
        return UNSURE_DEPTH
    return float(depths[_first_strong_peak(likely, best)])


def opening(body: Body, anchors: Anchors, depth: float) -> Floats:
    """The area above the front neckline on the body, 0..1."""
    left, right = anchors.neck[LEFT], anchors.neck[RIGHT]
    share = np.linspace(-1, 1, 41)
    half = float(right[0] - left[0]) / 2
    across = (left[0] + right[0]) / 2 + share * half * 0.97
    level = left[1] + (right[1] - left[1]) * (share + 1) / 2
    lower = level + depth * half * (1 - np.abs(share) ** ROUNDNESS)
    ceiling = float(lower.min()) - 40 * body.unit
    corners = [[across[-1], ceiling], [across[0], ceiling]]
    return blur(polygon(np.concatenate([np.c_[across, lower], corners]), body.shape), 0.7)


def _shown_by_outline(cutout: Cutout, marks: TopMarks) -> bool:
    column = cutout.mask[:, int(np.clip(marks.centre, 0, cutout.mask.shape[1] - 1))]
    return float(np.argmax(column)) - marks.neck_y > 0.30 * marks.neck_width


def _is_roll_neck(marks: TopMarks) -> bool:
    rise = min(marks.shoulder[side][1] for side in BOTH) - max(marks.neck[side][1] for side in BOTH)
    return bool(rise > 0.75 * marks.neck_width and marks.neck_width < 0.34 * marks.chest_width)


def _edge_along(cutout: Cutout, marks: TopMarks, depths: Numbers) -> Numbers:
    """For each depth, how much the brightness changes across that curve."""
    down, _ = slope(blur(luma(cutout.rgb), 1.2))
    share = np.linspace(-0.62, 0.62, 25)
    half = marks.neck_width / 2
    middle = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2
    x = ((middle + share * half) * cutout.scale).astype(int)
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
