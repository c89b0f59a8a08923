"""Where in the photo the edge of the front neckline runs: a curve from one corner of the neck to the other.

Every curve of a few shapes, widths and depths is tried: along the front's edge colours change in the same way
almost everywhere, along any other, as that of a label or of a print, only here and there. How much each sign
says was found by logistic regression: of all curves of a photo, the one that the front was seen to follow, in
139 photos.
"""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import usual_necks
from tryon_sandbox.renderer.drape.edge_signs import Sign, patch, signs
from tryon_sandbox.renderer.drape.neck_bands import upper_edge
from tryon_sandbox.renderer.drape.neck_curves import DEPTHS, KINDS, POINTED, V_LIKE
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks, is_collar, lies_flat
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

# A collar stands up: half the neck, by the chest lying flat, is less than NARROW (of 59 photos, collars 0.12
# to 0.163, others from 0.136), and beside its corners the outline falls by more than FALL of half the neck in
# half of that (of 96, collars from 0.36, rounds of T-shirts to 0.31).
NARROW, FALL = 0.165, 0.34
# Logits for each sign, and for what is usual: each shape, how deep it is by the chest and by the neck.
SAYS = {
    Sign.SIZE: -4.60,
    Sign.WORST_THIRD: -0.09,
    Sign.WORSE_SIDE: -13.70,
    Sign.CONTRAST: 11.95,
    Sign.EVEN: 32.50,
    Sign.COARSE_SIZE: -6.13,
    Sign.COARSE_WORST_THIRD: 3.51,
    Sign.COARSE_WORSE_SIDE: 2.26,
    Sign.OUTSIDE: 2.39,
    Sign.DARKER_ABOVE: 1.77,
    Sign.DEEPER_EDGE: -6.85,
    Sign.UNLIKE_ABOVE: -0.33,
    Sign.UNLIKE_BELOW: -0.95,
    Sign.AREAS_DIFFER: 1.47,
    Sign.PAIRS_DIFFER: -0.52,
}
# Wide ones and the roundest were then made less usual, until the curves found lie as low at their sides as
# necklines do, within 0.02 of half the neck.
SHAPES = {1.0: -2.31, 1.25: -1.32, 1.6: 0.74, 2.2: 0.0, 3.2: -0.54}
WIDER, OFF_NECK = 2.0, -53.28
USUAL = 0.30  # by the chest
BY_CHEST, BY_NECK = (0.11, -0.93), (0.13, -0.75)  # of the logarithm, and of its square
V_BY_CHEST, COLLAR_BY_CHEST, COLLAR_V = 1.39, (1.08, -1.26), -1.78
EVEN = 0.06  # of the neck width: corners that lie no farther off the garment's middle lie even about it
# By the chest, where the upper edges of prints lie: a neckline there, with sleeves and without a collar or
# a point, must be so likely, or the best of less depth is taken. Of the photos that were weighed, prints to
# 0.16 and necklines from 0.28 but one; of photos left out, prints to 0.58, with more necklines among them.
PRINTS, SURE_THERE = (0.30, 0.55), 0.25
# By the chest: so deep, an edge opens the garment to the waist, and is believed only if so likely, or if a
# look finds a neckline that can be so deep. Of twelve such, four of folds, yokes and backs of hoods are
# below, to 0.28, and a cardigan above, at 0.42.
DEEP, SURE_DEEP, LOOKS_DEEP = 0.50, 0.35, 0.5
# By the chest: curves between V and round that hang less deep may have a neckband, as round ones have.
BANDED = 0.27
NEAR = 2  # depths above and below that count for the same edge


@dataclass(frozen=True, slots=True)
class Edge:
    """Depth and width in half neck widths, the exponent, how likely it is that the front's edge is so deep
    (0..1), and whether it is of a collar that stands up."""

    depth: float
    width: float
    roundness: float
    likely: float
    in_collar: bool


def search(cutout: Cutout, marks: TopMarks, necks: Necks | None = None) -> Edge:
    """The likeliest edge."""
    necks = necks or {}
    in_collar = _in_collar(cutout, marks, necks)
    says = np.array([SAYS[sign] for sign in Sign])
    seen = signs(patch(cutout, marks, middle(marks)))
    by_chest = DEPTHS * marks.neck_width / 2 / max(marks.chest_width, 1.0)
    usual = _usual(marks, in_collar) + usual_necks.says(necks, by_chest)
    logits = np.asarray(seen @ says + usual, np.float64)
    depth, kind, likely = _likeliest(logits)
    is_deep = by_chest[depth] > DEEP and not in_collar
    if is_deep and likely < SURE_DEEP and _looks_shallow(necks):
        depth, kind, likely = _likeliest(np.where(by_chest < DEEP, logits, -np.inf))
    is_round = KINDS[kind][0] > POINTED and not in_collar
    if is_round and marks.sleeves and PRINTS[0] < by_chest[depth] < PRINTS[1] and likely < SURE_THERE:
        depth, kind, likely = _likeliest(np.where(by_chest < PRINTS[0], logits, -np.inf))
    if is_round or (not in_collar and KINDS[kind][0] > V_LIKE and by_chest[depth] < BANDED):
        depth, kind = upper_edge(logits, seen[..., Sign.EVEN], (depth, kind), by_chest, necks)
    roundness, width = KINDS[kind]
    return Edge(float(DEPTHS[depth]), width, roundness, likely, in_collar)


def _looks_shallow(necks: Necks) -> bool:
    """Whether a look found a kind of neckline that does not open to the waist."""
    return bool(necks) and necks.get(Neck.POINTED, 0.0) + necks.get(Neck.COLLAR, 0.0) < LOOKS_DEEP


def _likeliest(logits: Numbers) -> tuple[int, int, float]:
    """Depth and kind of the likeliest curve at the likeliest depth, and how likely that is."""
    likely = np.exp(logits - logits.max())
    at_depth = np.convolve((likely / likely.sum()).sum(0), np.ones(2 * NEAR + 1), "same")
    deep = int(at_depth.argmax())
    first = max(deep - NEAR - 1, 0)
    window = logits[:, first : deep + NEAR + 2]
    kind, step = np.unravel_index(int(window.argmax()), window.shape)
    return first + int(step), int(kind), float(at_depth[deep])


def _in_collar(cutout: Cutout, marks: TopMarks, necks: Necks) -> bool:
    """Whether a collar stands up: as a look at it says, or where that is unsure the neck's corners."""
    if is_collar(necks) or lies_flat(necks):
        return is_collar(necks)
    return _has_corners_of_collar(cutout, marks)


def _has_corners_of_collar(cutout: Cutout, marks: TopMarks) -> bool:
    """Whether the corners of the neck are those of a collar that stands up."""
    half = marks.neck_width / 2
    if half >= NARROW * marks.chest_width:
        return False
    last = cutout.mask.shape[1] - 1
    beside = [int(np.clip(marks.neck[side][0] + side.sign * half / 2, 0, last)) for side in BOTH]
    falls = [cutout.mask[:, x].argmax() - marks.neck[side][1] for x, side in zip(beside, BOTH, strict=True)]
    return bool(np.mean(falls) > FALL * half)


def middle(marks: TopMarks) -> float:
    """The column of the neckline's middle: the garment's own, where the corners are all but even about it."""
    own = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2
    return marks.centre if abs(own - marks.centre) < EVEN * marks.neck_width else own


def _usual(marks: TopMarks, in_collar: bool) -> Numbers:
    """How usual each kind (down) of each depth (across) is, in logits."""
    by_chest = np.log(DEPTHS * marks.neck_width / 2 / max(marks.chest_width, 1.0) / USUAL)
    depth = _squared(by_chest, BY_CHEST) + _squared(np.log(DEPTHS), BY_NECK)
    if in_collar:
        depth = depth + _squared(by_chest, COLLAR_BY_CHEST)
    rows = []
    for roundness, width in KINDS:
        row = depth + SHAPES[roundness] + WIDER * width + OFF_NECK * (width - 1) ** 2
        if roundness < V_LIKE:
            row = row + V_BY_CHEST * by_chest + COLLAR_V * in_collar
        rows.append(row)
    return np.asarray(rows, np.float64)


def _squared(values: Numbers, of: tuple[float, float]) -> Numbers:
    return np.asarray(of[0] * values + of[1] * values**2, np.float64)
