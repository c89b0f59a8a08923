"""Sleeves that lie against the body down to their ends, without a notch where they part from it."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments import landmarks, plausible, sleeve_seams
from tryon_sandbox.renderer.garments.landmarks import TopMarks
from tryon_sandbox.renderer.garments.recognise import deepest_valley
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.sides import BOTH

# Of the width: a hood that bulges so far, 0.09, hides the shoulders that armholes are measured from, and what
# spreads below a waist is no sleeve. Tops whose sleeves lie against the body are narrower somewhere by 0.02.
HOOD = 0.035
# By the chest: how far a body runs on below its sleeves, from 0.21; a skirt or briefs below the corners of
# their hem to 0.08. And how wide its neck is, to 0.68; their waistbands from 0.84.
BELOW, NECK = 0.15, 0.76


def find(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks] | None:
    """The silhouette opened from the sleeves' ends up to the armpits, with its landmarks; None where it has
    no such sleeves.

    `light` is the photo's brightness at the mask's size.
    """
    try:
        low = landmarks.find(whole)
        if not low.sleeves or not _runs_on(whole, low):
            return None
        shape = sleeve_seams.opened_above(whole, light, low.armpit)
        marks = landmarks.find(shape)
    except ValueError:
        return None
    if plausible.why_not(shape, marks) or marks.neck_width > NECK * marks.chest_width:
        return None
    return shape, marks


def _runs_on(whole: Silhouette, low: TopMarks) -> bool:
    """Whether the body goes on straight from its upper end to below the ends of the sleeves."""
    ends = float(np.mean([low.armpit[side][1] for side in BOTH]))
    widths = np.array([whole.span(y) for y in range(whole.row(0.01), int(ends))]) / whole.width
    if not len(widths) or deepest_valley(widths) > HOOD:
        return False
    return low.hem_y - ends > BELOW * low.chest_width
