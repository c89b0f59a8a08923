"""Sleeves that lie against the body down to their ends, without a notch where they part from it."""

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.checks import plausible
from tryon_sandbox.renderer.garments.kinds.recognise import deepest_valley
from tryon_sandbox.renderer.garments.marks import landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.sleeves import sleeve_seams
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.sides import BOTH, LEFT, Side

# Of the width: a hood that bulges so far, 0.09, hides the shoulders that armholes are measured from, and what
# spreads below a waist is no sleeve. Tops whose sleeves lie against the body are narrower somewhere by 0.02.
HOOD = 0.035
# By the chest: how far a body runs on below its sleeves, from 0.21; a skirt or briefs below the corners of
# their hem to 0.08. And how wide its neck is, to 0.68; their waistbands from 0.84.
BELOW, NECK = 0.15, 0.76
# A cuff that is rolled up or slants ends where the outline steps in by so much of the width within so many
# rows of the height, and where to look for it; rolled ones from 0.12.
STEP, STEP_ROWS, STEPS = 0.08, 0.12, (0.35, 0.85)


def find(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks] | None:
    """The silhouette opened from the sleeves' ends up to the armpits, with its landmarks; None where it has
    no such sleeves.

    `light` is the photo's brightness at the mask's size.
    """
    try:
        low = landmarks.find(whole)
        ends = low.armpit if low.sleeves else _steps(whole)
        if not ends or not _runs_on(whole, low, ends):
            return None
        shape = sleeve_seams.opened_above(whole, light, ends)
        marks = landmarks.find(shape)
    except ValueError:
        return None
    if plausible.why_not(shape, marks) or marks.neck_width > NECK * marks.chest_width:
        return None
    return shape, marks


def _steps(whole: Silhouette) -> dict[Side, Points]:
    """Where cuffs that are rolled up or slant end against the body, which steps in there; or none."""
    rows = max(2, int(STEP_ROWS * whole.height))
    found = {}
    for side in BOTH:
        start, low = whole.row(STEPS[0]), whole.row(STEPS[1])
        reach = np.array([_reach(whole, side, y) for y in range(start, low + rows)])
        tip = int(reach[: low - start].argmax())
        below = reach[tip : tip + rows]
        inner = int(np.flatnonzero(below <= below.min() + 1)[0])
        if reach[tip] - below[inner] < STEP * whole.width:
            return {}
        found[side] = points([side.sign * below[inner], start + tip + inner])
    return found


def _reach(whole: Silhouette, side: Side, y: int) -> float:
    runs = whole.at(y)
    return side.sign * float(whole.middle if not runs else runs[0][0] if side is LEFT else runs[-1][1])


def _runs_on(whole: Silhouette, low: TopMarks, ends: dict[Side, Points]) -> bool:
    """Whether the body goes on straight from its upper end to below the ends of the sleeves."""
    end = float(np.mean([ends[side][1] for side in BOTH]))
    widths = np.array([whole.span(y) for y in range(whole.row(0.01), int(end))]) / whole.width
    if not len(widths) or deepest_valley(widths) > HOOD:
        return False
    return low.hem_y - end > BELOW * low.chest_width
