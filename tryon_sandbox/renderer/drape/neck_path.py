"""The front edge of a neckline as it runs: the curve found for it, moved to where colours change most.

Those curves are alike on both sides and of a few shapes. The openings of crew necks have steeper sides, are
narrower than their bands, which go on to the corners of the neck, and hang askew where a photo is turned.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.curves import Numbers, Points
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import edge_signs
from tryon_sandbox.renderer.drape.edge_signs import ABOVE, CLOTH, FULL, REACH, UNIT, NeckPatch
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Floats, blur, floats, slope

RAYS = 73  # from the middle between the neck's corners, over its lower half
SHARES = np.arange(0.66, 1.201, 0.02)  # of the way to the curve: where on each ray the edge may lie
CURVE = 17  # which of them is the curve itself
FINE = 0.05  # of half the neck: how wide an edge is
NEAR = 4  # steps of `SHARES` about the curve in which it is seen how colours change at it
FARTHEST = 2  # steps from one ray to the next
BENT, AWAY = 0.05, 2.2  # what costs a step, squared, and the way from the curve, squared, by the way to it
# From how much of an edge (-1..1) it is one; on what share of the rays there must be one, and how much of it
# in the worst third: labels and prints are edges for a part of the way. Of 85 necks, paths that were seen to
# leave the front's edge have up to 0.71 and 0.12. And how much more of an edge than the curve a path must be.
EDGE, ALL_ALONG, WORST_THIRD, BETTER = 0.10, 0.72, 0.12, 0.04
SMOOTHED = 5  # rays


def path(cutout: Cutout, marks: TopMarks, middle: float, curve: Points) -> Points:
    """The edge near this curve, from left to right, (n, 2) in mask pixels; the curve itself where no edge is
    clearer. `middle` is the column of the curve's middle."""
    half, centre = marks.neck_width / 2, np.array([middle, marks.neck_y])
    angles = np.linspace(np.pi, 0, RAYS)
    towards = np.c_[np.cos(angles), np.sin(angles)]
    reach = _reach((curve - centre) / half, angles)
    speaks = _edges(edge_signs.patch(cutout, marks, middle), towards, reach)
    steps = _best(speaks)
    if not _is_better(speaks[np.arange(RAYS), steps], speaks[:, CURVE]):
        return curve
    ends = np.pad(SHARES[steps], SMOOTHED // 2, "edge")
    shares = np.convolve(ends, np.full(SMOOTHED, 1 / SMOOTHED), "valid")
    return np.asarray(centre + towards * (shares * reach * half)[:, None], np.float64)


def _is_better(found: Numbers, before: Numbers) -> bool:
    """Whether the path is an edge all along, and more of one than the curve."""
    worst = min(float(third.mean()) for third in np.array_split(found, 3))
    is_edge = float((found > EDGE).mean()) > ALL_ALONG and worst > WORST_THIRD
    return is_edge and float(found.mean()) > float(before.mean()) + BETTER


def _reach(curve: Points, angles: Numbers) -> Numbers:
    """How far along each ray the curve lies; both as seen from the middle."""
    seen_at = np.arctan2(np.maximum(curve[:, 1], 0), curve[:, 0])
    order = np.argsort(seen_at)
    return np.asarray(np.interp(angles, seen_at[order], np.hypot(*curve.T)[order]), np.float64)


def _edges(seen: NeckPatch, towards: Numbers, reach: Numbers) -> Numbers:
    """How much of the edge each place is (-1..1), by ray and share: colours change outwards there as they do
    along most of the curve."""
    away = reach[:, None] * SHARES
    columns, rows = (
        floats((towards[:, i, None] * away + start) * UNIT) for i, start in enumerate((REACH, ABOVE))
    )
    down, right = (_sampled(one, columns, rows) for one in slope(blur(seen.colours, FINE * UNIT)))
    outwards = right * towards[:, 0, None, None] + down * towards[:, 1, None, None]
    changes = outwards * _sampled(seen.inside, columns, rows)[..., None]
    size = np.sqrt((changes**2).sum(-1))
    noise = float(np.quantile(size, CLOTH)) + 1e-6
    length = np.minimum(size / noise, FULL) / FULL
    each = changes * (length / np.maximum(size, 1e-9))[..., None]
    mean = each[:, CURVE - NEAR : CURVE + NEAR + 1].mean((0, 1))
    return np.asarray(each @ (mean / (np.sqrt((mean**2).sum()) + 1e-9)), np.float64)


def _sampled(image: Floats, columns: Floats, rows: Floats) -> Floats:
    return floats(cv2.remap(image, columns, rows, cv2.INTER_LINEAR))


def _best(speaks: Numbers) -> NDArray[np.intp]:
    """The step of each ray on the path that is most of an edge, and bends little."""
    own = speaks - AWAY * (SHARES - 1) ** 2
    moves = np.arange(-FARTHEST, FARTHEST + 1)
    before = np.arange(len(SHARES)) + moves[:, None] + FARTHEST
    came = np.zeros(speaks.shape, np.intp)
    best = own[0]
    for ray in range(1, RAYS):
        options = np.pad(best, FARTHEST, constant_values=-np.inf)[before] - BENT * moves[:, None] ** 2
        came[ray] = options.argmax(0)
        best = options.max(0) + own[ray]
    steps = np.full(RAYS, best.argmax())
    for ray in range(RAYS - 1, 0, -1):
        steps[ray - 1] = steps[ray] + moves[came[ray, steps[ray]]]
    return steps
