"""The upper edge of a neckband, where the edge found is its lower one: its seam is as sharp, or sharper."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks
from tryon_sandbox.renderer.raster import Floats

Place = tuple[int, int]  # of a curve: its depth and its kind
NEAREST = 3  # depths: how far apart the two edges are at the least
LEAST = 0.115  # by the chest: labels and the bands of backs hang less deep


@dataclass(frozen=True, slots=True)
class Band:
    """How far above its lower edge the upper one is looked for, in depths; how round a look must find the
    neckline; how much less likely it is, in logits, and less even: of the lower edge's evenness, and by how
    much; and how deep it hangs by the chest, at the least."""

    farthest: int
    surely_round: float
    less_likely: float
    as_even: float = 0.5
    less_even: float = 0.0
    least: float = LEAST


# Of 46 round necklines written down by eye, fewer are cut below their bands by the first (8 for 12), and one
# more above its front. Of 71 that a look finds surely round eight more are cut at the upper edge by the last,
# and none above the front. Six of 72 others are cut there by the second: edges that run as evenly.
BANDS = (
    Band(8, -1.0, 1.5),
    Band(9, 0.65, 3.2, as_even=0.65),
    Band(9, 0.75, 2.65, less_even=0.065, least=0.135),
)


def upper_edge(logits: Numbers, even: Floats, found: Place, by_chest: Numbers, necks: Necks) -> Place:
    """The edge above the one found, or that one."""
    surely = necks.get(Neck.ROUND, 0.0)
    above = (_above(logits, even, found, by_chest, band) for band in BANDS if surely > band.surely_round)
    return next((place for place in above if place != found), found)


def _above(logits: Numbers, even: Floats, found: Place, by_chest: Numbers, band: Band) -> Place:
    """The nearest edge above that is likely enough; the one found, where that is not even enough."""
    depth, kind = found
    best = logits.max(0)
    even_enough = max(band.as_even * float(even[kind, depth]), 0.0) - band.less_even
    for above in range(depth - NEAREST, max(depth - band.farthest - 1, 0), -1):
        is_peak = best[above] >= max(best[above - 1], best[above + 1])
        if is_peak and best[above] > best[depth] - band.less_likely and by_chest[above] > band.least:
            kind_above = int(np.argmax(logits[:, above]))
            return (above, kind_above) if even[kind_above, above] > even_enough else found
    return found
