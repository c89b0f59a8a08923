"""How far down the wearer's leg trousers reach, by how long they lie, and how low their crotch hangs."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

# Inseam by waist width, and how much of the wearer's leg that covers. Children's trousers reach the ankle
# from 0.95 on, an adult's from 1.2; shorts to the knee have 0.65.
LEG_SHARES = ((0.0, 0.3, 0.65, 0.85, 1.05), (0.05, 0.22, 0.50, 0.80, 1.0))
LONGEST_SHORTS = 0.55  # of the wearer's leg, just below the knee: wide shorts lie as trousers of a child do
FULL_TOTAL = 2.2  # the side seam by that, of full length: legs that lie close hide how far up they part
# Of shorts, the most by how long they are by the width over the hips, however far up their legs part and
# however narrow a waist they are drawn up to: 1.07 and 1.21 end above the knee, Bermuda shorts 1.51.
# The same where nothing says that they are short, and thighs touch: shorts to 1.14, baggy jeans from 1.33.
SHORTS_BY_HIPS = ((1.0, 1.2, 1.5), (0.30, 0.38, LONGEST_SHORTS))
LENGTH_BY_HIPS = ((1.18, 1.32), (0.0, 1.0))
WAIST_BY_HIPS = 0.72  # at the least, of what no elastic draws up: what a leg's length is compared with

# The crotch of wide shorts hangs below the wearer's: by so much at the most, with so much leg left below it.
# Of what reaches further down the leg than the first share less, of what reaches the second nothing.
SAG_CM, LEAST_LEG_CM, SAGS_TO = 9.0, 7.0, (0.5, 0.6)


def share(marks: TrouserMarks, own_width: float, own_hips: float) -> float:
    """Of the leg from crotch to ankle; both widths, of waist and hips, in mask pixels."""
    inseam = float(np.mean([marks.inner[side][1] for side in BOTH]) - marks.crotch[1])
    width = max(own_width, WAIST_BY_HIPS * own_hips, 1.0)
    total = inseam + float(marks.crotch[1]) - top(marks)
    by_inseam = float(np.interp(inseam / width, *LEG_SHARES))
    if marks.are_short:
        return min(by_inseam, float(np.interp(total / own_hips, *SHORTS_BY_HIPS)))
    if total > FULL_TOTAL * width:
        return 1.0
    return max(by_inseam, float(np.interp(total / own_hips, *LENGTH_BY_HIPS)))


def top(marks: TrouserMarks) -> float:
    """Mean row of the waist's corners."""
    return float(marks.waist[LEFT][1] + marks.waist[RIGHT][1]) / 2


def hips(shape: Silhouette, marks: TrouserMarks) -> float:
    """The greatest width between waist and crotch, in mask pixels."""
    start, fork = top(marks), float(marks.crotch[1])
    return max(shape.span(start + part * (fork - start)) for part in (0.5, 0.7, 0.9))


def sag(excess: float, leg: float, reach: float) -> float:
    """How far the crotch hangs below the wearer's, where from waist to crotch the cut is longer by `excess`
    and the leg is so long; all in centimetres. `reach` is the `share` of the wearer's leg."""
    loose = min(max(excess, 0.0), SAG_CM, max(leg - LEAST_LEG_CM, 0.0))
    return loose * float(np.interp(reach, SAGS_TO, (1.0, 0.0)))
