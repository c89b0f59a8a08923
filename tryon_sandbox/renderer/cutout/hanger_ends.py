"""The ends of a hanger that stick out beside the shoulders of what has no sleeves: they were worn as sleeves.

What is looked for needs no rest of a hanger: a garment often hides it, or it was taken off before.
"""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, boxed, components, grown
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# Of the garment's width: what an end is part of is thinner, as no sleeve is, and how far it sticks out.
THICKEST, STICKS_OUT = 0.20, 0.06
UPPER = 0.35  # of the height: where shoulders are
BELOW = 0.05  # of the height below an end: it lies beside what is there
CLOTH = (0.30, 0.90)  # of the height, where it is cloth and nothing else
# Spreads from any colour of the cloth: ends from 4.2, straps and frills to 2.0. What is less is its edge.
OTHER, MIXED = 3.2, 1.6
SELDOM = 0.10  # of the cloth: less of a colour is a bar between straps; a yoke, as its sleeves, is more
# Spreads from the colours of the ends, as the bar between them is with what it encloses; and from the
# backdrop's, as some of that is.
ALIKE, DAYLIGHT, OPEN = 2.5, 1.5, 0.2
RARE = 0.05  # of the backdrop: less is the rest of the hanger, where it was taken off before
LEAST, MOST = 0.0012, 0.05  # of the garment: crumbs, and what is no end
LEAST_CLOTH = 200  # pixels from which its colours are known
STEP = 4  # every which row is enough to know a width
FRINGE, RIM = 3, 5  # pixels at working size that an edge is mixed with cloth and backdrop


def without_ends(rgb: Floats, mask: Mask) -> Mask:
    """The mask without them; the same object where none stick out at both sides."""
    rows, area = np.flatnonzero(mask.any(1)), int(mask.sum())
    if not rows.size:
        return mask
    top, height = int(rows[0]), len(rows)
    width = _width(mask, top, height)
    size = int(BELOW * height), STICKS_OUT * width
    thin = _thin(mask, slice(top, top + int(UPPER * height)), width)
    cloth = _cloth(mask & ~thin, top + int(CLOTH[1] * height))
    if int(cloth.sum()) < LEAST_CLOTH or not _ends(thin, mask & ~thin, area, size):
        return mask
    upper = mask.copy()
    upper[top + int(UPPER * height) :] = False
    away = colours_away(rgb, cloth, upper, SELDOM)
    other = _firm(np.asarray(upper & (away > OTHER), np.bool_), FRINGE)
    alike = _firm(np.asarray(thin & (away < MIXED), np.bool_), FRINGE)
    ends = _ends(other & thin, mask & ~thin | alike, area, size)
    if not ends:
        return mask
    found = np.asarray(np.logical_or.reduce(ends), np.bool_)
    other[int(np.flatnonzero(found.any(1))[-1]) + RIM :] = False
    alike = other & (colours_away(rgb, found, other) < ALIKE)
    found |= _bars(rgb, np.asarray(alike & ~found, np.bool_), mask)
    return main_pieces(mask & ~(found | grown(found, RIM) & np.asarray(away > MIXED, np.bool_)))


def _bars(rgb: Floats, parts: Mask, mask: Mask) -> Mask:
    """Those of the parts that have the backdrop's colours, too, as what a bar encloses. A dark yoke or zip
    that begins between the ends has none."""
    if not parts.any() or mask.all():
        return parts
    daylight = np.asarray(colours_away(rgb, ~grown(mask, RIM), parts, RARE) < DAYLIGHT, np.bool_)
    labels, areas = components(parts)
    bars = np.bincount(labels[daylight & parts], minlength=len(areas)) > OPEN * areas
    bars[0] = False
    return np.asarray(bars[labels], np.bool_)


def _ends(parts: Mask, rest: Mask, area: int, size: tuple[int, float]) -> list[Mask]:
    """The pieces that end farther out than all of the rest beside and right below them, on whichever side;
    nothing if there are none on one of both. `size` is how far below, and how much farther out."""
    labels, boxes = boxed(parts)
    below, least = size
    found: dict[Side, list[Mask]] = {side: [] for side in BOTH}
    for label, (left, top, wide, high) in enumerate(boxes.tolist()):
        beside = np.flatnonzero(rest[top : top + high + below].any(0))
        if not label or not beside.size:
            continue
        out = {LEFT: beside[0] - left, RIGHT: left + wide - 1 - beside[-1]}
        sides = [side for side in BOTH if out[side] > least]
        if sides and LEAST * area < (labels == label).sum() < MOST * area:
            for side in sides:
                found[side].append(np.asarray(labels == label, np.bool_))
    return found[LEFT] + found[RIGHT] if all(found.values()) else []


def _width(mask: Mask, top: int, height: int) -> float:
    """The median width of the rows that are cloth and nothing else."""
    low, high = (top + int(share * height) for share in CLOTH)
    spans = [int(np.ptp(np.flatnonzero(row))) for row in mask[low:high:STEP] if row.any()]
    return float(np.median(spans or [0]))


def _cloth(thick: Mask, low: int) -> Mask:
    """Well inside of what is thick, a yoke of another colour than the skirt as well; above this row."""
    cloth = cv2.erode(thick.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    cloth[low:] = False
    return np.asarray(cloth, np.bool_)


def _thin(mask: Mask, upper: slice, width: float) -> Mask:
    """What of the mask is thin in the upper rows."""
    size = max(5, round(THICKEST * width)) | 1
    above = mask[upper.start : upper.stop + size]
    thin = np.zeros_like(mask)
    thin[upper.start : upper.stop + size] = above & ~_firm(above, size)
    thin[upper.stop :] = False
    return thin


def _firm(mask: Mask, size: int) -> Mask:
    """Without what is thinner than a square of this size."""
    square = np.ones((size, size), np.uint8)
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, square) > 0, np.bool_)
