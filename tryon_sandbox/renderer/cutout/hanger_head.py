"""The broad head of a hanger standing in a neck: taken off where it is of another colour than the cloth.

Thin hooks are told by their shape alone (`hook.py`), and bars by the daylight under them (`hanger.py`).
"""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.hanger_arms import arms
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, components, grown

CENTRAL = 0.15  # of the garment's width beside the head's own middle; collars of another colour are wider
ASKEW = 0.15  # of the width: how far that may be from the garment's own, which hangs askew
TOPMOST = 0.03  # of the garment's height: in these rows there is nothing but the head
DEEPEST = 0.22  # of the height: what goes on farther down is a placket, or the front of what lies open
# Spreads from any colour of the cloth, and how large it is by the garment at the most: the less the colour
# tells, the smaller. Of a child's dress 0.040; pale wood in a beige jumper 3.2 and 0.016.
OTHER = ((4.0, 0.045), (3.0, 0.025))
ALL_OTHER = 0.8  # of those rows
ASIDE = 0.3  # of the head: shadows beside it that have its colour
CLOTH = (0.30, 0.90)  # of the height, where it is cloth and nothing else
FRINGE = 3  # pixels at working size: the outline's own are mixed with the backdrop, and of another colour
LEAST = 12  # pixels well inside of the first rows from which their colour is known
RIM = 5  # pixels at working size that its edge is mixed with cloth and backdrop


def without_head(rgb: Floats, mask: Mask) -> Mask:
    """The mask without what stands up narrow in its middle and is no cloth."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size:
        return mask
    top, height, width = int(rows[0]), len(rows), int(columns[-1] - columns[0] + 1)
    first = mask[top : top + max(2, int(TOPMOST * height))]
    middle, own = (float(np.median(np.nonzero(part)[1])) for part in (mask, first))
    if abs(own - middle) > ASKEW * width:
        return mask
    near = np.abs(np.arange(mask.shape[1]) - own) < CENTRAL * width
    if first[:, ~near].any():
        return mask
    cloth = cv2.erode(mask.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    cloth[: top + int(CLOTH[0] * height)] = cloth[top + int(CLOTH[1] * height) :] = False
    upper = mask.copy()
    upper[top + int(2 * DEEPEST * height) :] = False
    if int(cloth.sum()) < height:
        return mask
    away = colours_away(rgb, np.asarray(cloth, np.bool_), upper)
    inner = cv2.erode(first.astype(np.uint8), np.ones((FRINGE, FRINGE), np.uint8)) > 0
    known = np.asarray(inner, np.bool_) if int(inner.sum()) > LEAST else first
    for least, most in OTHER:
        other = np.asarray(upper & (away > least), np.bool_)
        for alike, counted in ((other, first), (_without_fringe(other), known)):
            if alike[top : top + len(first)][counted].mean() < ALL_OTHER:
                continue
            left = _without(rgb, mask, alike, near, (top, height), most)
            if left is not mask:
                return left
    return mask


def _without(rgb: Floats, mask: Mask, other: Mask, near: Mask, rows: tuple[int, int], most: float) -> Mask:
    top, height = rows
    labels, areas = components(other)
    begin = np.bincount(labels[top : top + max(2, int(TOPMOST * height))].ravel(), minlength=len(areas))
    begin[0] = 0
    head = np.asarray(labels == int(begin.argmax()), np.bool_)
    low = int(np.flatnonzero(head.any(1))[-1])
    if (
        head[:, ~near].sum() > ASIDE * head.sum()
        or low - top > DEEPEST * height
        or head.sum() > most * mask.sum()
    ):
        return mask
    wider = grown(head & near, RIM)
    wider[low + RIM :] = False
    return main_pieces(mask & ~wider & ~grown(arms(rgb, other, head, mask), RIM))


def _without_fringe(other: Mask) -> Mask:
    """Without the thin line along the outline, which would join a head to both sides of the cloth."""
    ball = np.ones((FRINGE, FRINGE), np.uint8)
    return np.asarray(cv2.morphologyEx(other.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0, np.bool_)
