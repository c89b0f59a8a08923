"""Outlines that narrow towards their lower end or part there, as of what is closed between the legs."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.outline import legs, profile
from tryon_sandbox.renderer.sides import LEFT, RIGHT

# Hem by chest: bodysuits and swimsuits to 0.68; tops without sleeves from 0.76, ribbed jumpers from 0.71.
NARROW, NARROW_SLEEVED = 0.74, 0.69
# Of what is no top for sure. Of 56 tops as narrow all but three were surely tops; two of these were none.
NARROW_UNSURE = 0.76
NARROW_DRESS = 0.83  # pyjamas in one piece, whose legs lie together, 0.78; dresses from 0.88
# How far a sleeve is off a hem that was cut free along it, by the width: it may be a piece of a wide one.
SLIT = 0.03
# Two legs below a trunk with sleeves: how long they are and how far apart they begin, and how far above that
# the cuffs end, by the height. Rompers 0.67 and 0.69; sleeves that hang down below a hem to 0.15.
LEGS, APART, ABOVE = 0.04, 0.12, 0.35

# The same where it is no top for sure: bloomers 0.06, and their cuffs lie far above.
APART_UNSURE, ABOVE_UNSURE = 0.05, 0.5

NARROWS = "Its lower end is much narrower than its chest, as that of swimsuits and bodysuits."
LEGGED = "It ends in two legs, as rompers do."


def narrows(marks: TopMarks, *, is_dress: bool = False) -> bool:
    """Whether the hem is much narrower than the chest."""
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])
    least = NARROW_DRESS if is_dress else NARROW_SLEEVED if marks.sleeves else NARROW
    return hem < least * max(marks.chest_width, 1.0)


def is_slit(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether the hem is narrow because seams were seen beside it that part no sleeves from it."""
    run, runs = shape.central(marks.hem_y), shape.at(marks.hem_y)
    if not marks.sleeves or run is None or len(runs) < 3:
        return False
    beside = (
        max((end for _, end in runs if end <= run[0]), default=-np.inf),
        min((start for start, _ in runs if start >= run[1]), default=np.inf),
    )
    return max(run[0] - beside[0], beside[1] - run[1]) < SLIT * shape.width


def why_no_top(shape: Silhouette, marks: TopMarks) -> str:
    """Why what may be a top or not is closed between the legs, by what no top for sure has; or nothing."""
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])
    if marks.sleeves and hem < NARROW_UNSURE * max(marks.chest_width, 1.0):
        return NARROWS
    return LEGGED if ends_in_legs(shape, marks, APART_UNSURE, ABOVE_UNSURE) else ""


def ends_in_legs(shape: Silhouette, marks: TopMarks, apart: float = APART, far: float = ABOVE) -> bool:
    """Whether what parts at the lower end, so far `apart`, are legs, as the sleeves end so `far` above."""
    found = legs.find(shape)
    if found is None or not marks.sleeves or found.share < LEGS:
        return False
    cuffs = max(float(sleeve.cuff[:, 1].max()) for sleeve in marks.sleeves.values())
    above = float(found.crotch[1]) - cuffs
    return above > far * shape.height and profile.measure(shape).parting > apart
