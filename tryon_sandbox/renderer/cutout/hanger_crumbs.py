"""What is left where a hanger was taken off: backdrop between it and the neck, and thorns beside it."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, components, grown, reachable

BALL = 9  # pixels at working size: what is thinner is a thorn, where it is
SMALL = BALL * BALL  # pixels; straps are thin too, and longer
NEAR = 9  # pixels from what was taken off
ALIKE = 1.5  # spreads from one of the backdrop's colours
# Of the garment: what of its inside looks like the backdrop where colours tell them apart; and how much the
# backdrop between hanger and neck is at the most.
CLOTH_ALIKE, MOST = 0.05, 0.05
UNDER = 0.5  # of that backdrop lies under the arch; below a head lies a collar, which may be of its colour
RIM = 3  # pixels that its edge is mixed with cloth
INSIDE = 9  # pixels from the edge, where cloth is nothing else
UPPER = 0.35  # of the height: no farther down hangs a hanger


def cleared(rgb: Floats, mask: Mask, left: Mask) -> Mask:
    """What is left of a mask that a hanger was taken off, without such remnants; the same where none was."""
    taken = mask & ~left
    if not taken.any():
        return left
    daylight = _daylight(rgb, mask, left)
    opened = main_pieces(left & ~daylight) if daylight.any() else left
    return _without_thorns(_without_above(opened, taken), taken | daylight)


def _without_above(left: Mask, taken: Mask) -> Mask:
    """Without pieces that a hanger parted from the garment: backdrop that its arms enclose, above a waist."""
    labels, areas = components(left)
    if len(areas) < 3:
        return left
    largest = int(areas[1:].argmax()) + 1
    top = int(np.flatnonzero((labels == largest).any(1))[0])
    below = np.unique(labels[top:])
    beside = np.unique(labels[cv2.dilate(taken.astype(np.uint8), np.ones((NEAR, NEAR), np.uint8)) > 0])
    daylight = np.isin(labels, np.setdiff1d(np.setdiff1d(beside, below), [0]))
    return left & ~np.asarray(daylight, np.bool_)


def _daylight(rgb: Floats, mask: Mask, left: Mask) -> Mask:
    """Backdrop that is reached through what was taken off; nothing where the cloth is much like it."""
    rows = np.flatnonzero(left.any(1))
    upper = left.copy()
    upper[int(rows[0] + UPPER * len(rows)) :] = False
    ball = np.ones((2 * INSIDE + 1, 2 * INSIDE + 1), np.uint8)
    cloth = cv2.erode(left.astype(np.uint8), ball, borderValue=0) > 0
    cloth[: int(rows[0] + UPPER * len(rows))] = False
    alike = np.asarray(colours_away(rgb, ~mask, np.asarray(upper | cloth, np.bool_)) < ALIKE, np.bool_)
    if not cloth.any() or alike[cloth].mean() > CLOTH_ALIKE:
        return np.zeros_like(mask)
    through = grown(mask & ~left, RIM)
    found = grown(reachable((upper & alike) | through, mask & ~left) & alike, RIM) & upper
    is_under = (found & _hull(mask & ~left)).sum() > UNDER * found.sum()
    return found if is_under and found.sum() < MOST * left.sum() else np.zeros_like(mask)


def _hull(part: Mask) -> Mask:
    canvas = np.zeros(part.shape, np.uint8)
    points = cv2.findNonZero(part.astype(np.uint8))
    cv2.fillConvexPoly(canvas, cv2.convexHull(points), 1)
    return np.asarray(canvas, np.bool_)


def _without_thorns(left: Mask, taken: Mask) -> Mask:
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (BALL, BALL))
    rounded = cv2.morphologyEx(left.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0
    beside = cv2.dilate(taken.astype(np.uint8), np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8)) > 0
    labels, areas = components(np.asarray(left & ~rounded, np.bool_))
    thorn = np.zeros(len(areas), np.bool_)
    thorn[labels[beside]] = True
    thorn &= areas < SMALL
    thorn[0] = False
    return left & ~np.asarray(thorn[labels], np.bool_)
