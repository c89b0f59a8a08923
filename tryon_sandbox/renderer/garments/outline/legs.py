"""Whether the lower part of an outline is two legs, where they part, and opening them where they touch."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout import gaps
from tryon_sandbox.renderer.cutout.silhouette import REMEMBERED, Silhouette
from tryon_sandbox.renderer.garments.outline.slits import cut, way_out

BALANCED = 0.5  # the narrower leg of a row by the wider one
NEAR_MIDDLE = 0.16  # of the row: how far the daylight between the legs may be off the middle
MISSED = 0.10  # of the height: rows in which a tear or a fold hides the daylight
# Tailoring: from waist to crotch it is about 0.75 of the width over the hips lying flat (38 by 50 cm).
RISE = 0.75
SHORTEST = 0.8  # of the height: no crotch of the shortest shorts lies farther down
DEEPEST_RISE = 1.0  # a crotch farther down than this is where thighs only stop touching


@dataclass(frozen=True, slots=True)
class Legs:
    """Where the daylight between two legs begins, how wide each is by the outline's width, and how long
    they are by its height."""

    crotch: Points
    thickness: float
    share: float


@lru_cache(maxsize=REMEMBERED)
def find(shape: Silhouette) -> Legs | None:
    """The legs, or None where the outline does not end in two."""
    missed, crotch, widths = 0, None, []
    for y in range(shape.row(0.985), shape.row(0.15), -1):
        parted = _parted(shape, y)
        if parted is None:
            missed += 1
            if missed > MISSED * shape.height:
                break
            continue
        missed, crotch = 0, points([parted[0], y])
        widths.append(parted[1])
    if crotch is None or len(widths) < 0.03 * shape.height:
        return None
    thickness = float(np.median(widths)) / shape.width
    return Legs(crotch, thickness, (shape.bottom - float(crotch[1])) / shape.height)


def opened(shape: Silhouette, *, surely: bool = False) -> Silhouette:
    """The silhouette of trousers with their legs apart: slit where they touch at hem or thighs.

    Where nothing shows where they part, what `surely` has legs is slit in its middle.
    """
    shape = hems_apart(shape)
    found = find(shape)
    if found is None:
        return _halved(shape) if surely else shape
    rise = float(found.crotch[1]) - shape.top
    hips = shape.span(shape.top + 0.6 * min(rise, shape.width))
    if rise < DEEPEST_RISE * hips:
        return shape
    middle = (shape.left + shape.right) / 2
    fork = points([(float(found.crotch[0]) + middle) / 2, shape.top + RISE * hips])
    return cut(shape, [np.stack([fork, found.crotch + points([0, 2])])])


def _halved(shape: Silhouette) -> Silhouette:
    """Slit from the hem's middle up to where tailoring has the crotch."""
    hips = shape.span(shape.row(0.5))
    fork = shape.top + min(RISE * hips, SHORTEST * shape.height)
    low = shape.at(shape.row(0.93))
    middle = (low[0][0] + low[-1][1]) / 2 if low else shape.middle
    return cut(shape, [np.stack([points([middle, fork]), points([middle, shape.bottom + 2])])])


def hems_apart(shape: Silhouette) -> Silhouette:
    """The silhouette with a gap in its middle led out at the hem; the same object where there is none."""
    near = NEAR_MIDDLE * shape.width
    between = [gap for gap in gaps.find(shape) if gap.closed and abs(gap.apex[0] - shape.middle) < near]
    ways = [way_out(shape, gap) for gap in between if gap.height > 0.1 * shape.height]
    return cut(shape, ways) if ways else shape


def _parted(shape: Silhouette, y: int) -> tuple[float, float] | None:
    """The middle of the daylight in this row, and the width of the narrower leg; None where there is none."""
    runs = [run for run in shape.at(y) if run[1] - run[0] > 0.02 * shape.width]
    if len(runs) < 2:
        return None
    start, end = runs[0][0], runs[-1][1]
    daylight = [(one[1], other[0]) for one, other in pairwise(runs)]
    middle = (start + end) / 2
    central = [gap for gap in daylight if abs(sum(gap) / 2 - middle) < NEAR_MIDDLE * (end - start)]
    if not central:
        return None
    inner, outer = max(central, key=lambda gap: gap[1] - gap[0])
    left = sum(run[1] - run[0] for run in runs if run[1] <= inner)
    right = sum(run[1] - run[0] for run in runs if run[0] >= outer)
    narrower, wider = sorted((left, right))
    return ((inner + outer) / 2, float(narrower)) if narrower > BALANCED * wider else None
