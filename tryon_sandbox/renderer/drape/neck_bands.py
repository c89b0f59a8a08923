"""The upper edge of a neckband, where the edge found is its lower one: its seam is as sharp, or sharper."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.garments.neck_kinds import Neck, Necks
from tryon_sandbox.renderer.raster import Floats

Place = tuple[int, int]  # of a curve: its depth and its kind
AS_EVEN = 0.5  # of the lower edge's evenness


@dataclass(frozen=True, slots=True)
class Band:
    """How far above its lower edge the upper one is looked for, in depths; how much less likely it is, in
    logits, and less even than it should be; and how deep it hangs by the chest, at the least."""

    nearest: int
    farthest: int
    less_likely: float
    less_even: float = 0.0
    least: float = 0.0


# Of 46 round necklines written down by eye, fewer are cut below their bands then (8 for 12), and one more
# above its front.
USUAL = Band(3, 8, 1.5)
# Where a look finds a neckline surely round. Of 71 such photos eight more are cut at the upper edge, not
# below, and none above the front; the lower edges of bands of backs hang by 0.13 of the chest at the most.
ROUND = Band(3, 9, 2.65, 0.065, 0.135)
SURELY_ROUND = 0.75


def upper_edge(logits: Numbers, even: Floats, found: Place, by_chest: Numbers, necks: Necks) -> Place:
    """The edge above the one found, or that one."""
    above = _above(logits, even, found, by_chest, USUAL)
    if above == found and necks.get(Neck.ROUND, 0.0) > SURELY_ROUND:
        return _above(logits, even, found, by_chest, ROUND)
    return above


def _above(logits: Numbers, even: Floats, found: Place, by_chest: Numbers, band: Band) -> Place:
    """The nearest edge above that is likely enough; the one found, where that is not even enough."""
    depth, kind = found
    best = logits.max(0)
    even_enough = max(AS_EVEN * float(even[kind, depth]), 0.0) - band.less_even
    for above in range(depth - band.nearest, max(depth - band.farthest - 1, 0), -1):
        is_peak = best[above] >= max(best[above - 1], best[above + 1])
        if is_peak and best[above] > best[depth] - band.less_likely and by_chest[above] > band.least:
            kind_above = int(np.argmax(logits[:, above]))
            return (above, kind_above) if even[kind_above, above] > even_enough else found
    return found
