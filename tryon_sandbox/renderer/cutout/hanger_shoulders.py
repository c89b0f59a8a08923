"""The shoulders of a hanger that rise out of a neck, without daylight under them or with it only aside.

Taken off where they are of another colour than the cloth: they were worn as a yoke, or as sleeves. A narrow
head alone is told by `hanger_head.py`, and a bar that closes a neck by `hanger.py`.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, components, grown

OTHER = 2.5  # spreads from any colour of the cloth; the shape has to tell as well
TOPMOST = 0.03  # of the garment's height: in these rows there is nothing but the middle of the hanger
# Of the garment's width: in those rows hangers have 0.13 to 0.17, collars of another colour from 0.21.
NARROW = 0.19
# Where the picture's edge cuts a hanger off it begins broader; it widens far, 2.4 times, as no collar does.
CUT_OFF, CUT_SPREADS = 0.30, 2.0
# Nor so narrow, 0.26, where both its ends stick out beside what has no sleeves: 0.11 by the width below them.
BROAD, STICK_OUT, BELOW_ENDS = 0.35, 0.06, 0.25
WIDE = 0.20  # of the garment's width: shoulders on both sides of that; less is a head or a bow
SPREADS = 1.3  # times as wide as its own top
DEEPEST = 0.29  # of the height; the neck of a dress form goes on to 0.34
MOST = 0.095  # of the garment: of a strap top 0.05, of a bodice that is worn short 0.08
# Of its columns: its upper edge falls from the peak to both sides; a collar rises again. Where it widens as
# far as no collar does, what lies on it may hide some of it.
FALLS, FALLS_FAR = 0.9, 0.85
STEP = 2  # pixels at working size that this edge may be rough
# Of the first rows, that must be of another colour; the edge's pixels are mixed with the backdrop.
STARTS = 0.35
ALIKE, LEAST = 4.0, 20  # spreads from the colours of its first rows, and pixels from which these are known
# An end: spreads from the colours of the rest, its size by that, and how much of it lies at the outline.
ALIKE_ENDS, LEAST_END, AT_EDGE = 2.5, 0.02, 0.1
CLOTH = (0.30, 0.90)  # of the height, where it is cloth and nothing else
FRINGE, RIM = 3, 5  # pixels at working size: see `hanger_head.py`


def without_shoulders(rgb: Floats, mask: Mask) -> Mask:
    """The mask without a hanger's shoulders at its top."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size:
        return mask
    top, height, width = int(rows[0]), len(rows), int(columns[-1] - columns[0] + 1)
    begin = slice(top, top + max(2, int(TOPMOST * height)))
    peak = np.flatnonzero(mask[begin].any(0))
    cloth = cv2.erode(mask.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    cloth[: top + int(CLOTH[0] * height)] = cloth[top + int(CLOTH[1] * height) :] = False
    if peak[-1] - peak[0] >= BROAD * width or int(cloth.sum()) < height:
        return mask
    upper = mask.copy()
    upper[top + int(1.5 * DEEPEST * height) :] = False
    other = np.asarray(upper & (colours_away(rgb, np.asarray(cloth, np.bool_), upper) > OTHER), np.bool_)
    found = _of_one_colour(rgb, _topmost(other, begin), begin)
    if not _is_hanger(found, mask, begin, (height, width)):
        return mask
    other[top + int(1.2 * DEEPEST * height) :] = False
    ends = _ends(rgb, other, found, mask)
    left = main_pieces(mask & ~grown(found, RIM) & ~grown(ends, RIM))
    spread = np.ptp(np.flatnonzero(found.any(0)))
    is_cut = top == 0 and spread > CUT_SPREADS * np.ptp(peak)
    is_broad = np.ptp(peak) >= (CUT_OFF if is_cut else NARROW) * width
    return mask if is_broad and not _stick_out(ends, left) else left


def _topmost(other: Mask, begin: slice) -> Mask:
    """The piece that most of the first rows belong to, without the thin line along the outline."""
    ball = np.ones((FRINGE, FRINGE), np.uint8)
    firm = np.asarray(cv2.morphologyEx(other.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0, np.bool_)
    labels, areas = components(firm)
    first = np.bincount(labels[begin].ravel(), minlength=len(areas))
    first[0] = 0
    return np.asarray(labels == int(first.argmax()), np.bool_) if first.any() else np.zeros_like(other)


def _of_one_colour(rgb: Floats, found: Mask, begin: slice) -> Mask:
    """What of it is as its first rows are: labels that look out under a hanger are not."""
    first = np.zeros_like(found)
    first[begin] = found[begin]
    if int(first.sum()) < LEAST:
        return np.zeros_like(found)
    return _topmost(np.asarray(found & (colours_away(rgb, first, found) < ALIKE), np.bool_), begin)


def _ends(rgb: Floats, other: Mask, found: Mask, mask: Mask) -> Mask:
    """Where it looks out again farther out, beyond a strap: of its colour, and at the outline."""
    alike = np.asarray(other & ~found & (colours_away(rgb, found, other) < ALIKE_ENDS), np.bool_)
    labels, areas = components(alike)
    inside = cv2.erode(mask.astype(np.uint8), np.ones((RIM, RIM), np.uint8), borderValue=0) > 0
    rim = np.bincount(labels[~inside & alike].ravel(), minlength=len(areas))
    across = np.flatnonzero(found.any(0))
    columns = np.arange(mask.shape[1])
    between = np.broadcast_to((columns > across[0]) & (columns < across[-1]), mask.shape)
    aside = np.bincount(labels[alike & ~between].ravel(), minlength=len(areas))
    ends = (areas > LEAST_END * found.sum()) & (rim > AT_EDGE * areas) & (aside > 0.5 * areas)
    ends[0] = False
    return np.asarray(ends[labels], np.bool_)


def _stick_out(ends: Mask, left: Mask) -> bool:
    """Whether ends look out far on both sides of a rest that is no wider there than below, as sleeves are."""
    rows = np.flatnonzero(ends.any(1))
    if not rows.size:
        return False
    there = slice(rows[0], rows[-1] + 1)
    beside, out = np.flatnonzero(left[there].any(0)), np.flatnonzero(ends.any(0))
    low = slice(there.stop, there.stop + int(BELOW_ENDS * np.count_nonzero(left.any(1))))
    below = np.flatnonzero(left[low].any(0))
    if not beside.size or not below.size or np.ptp(beside) > np.ptp(below):
        return False
    return bool(min(beside[0] - out[0], out[-1] - beside[-1]) > STICK_OUT * np.ptp(below))


def _is_hanger(found: Mask, mask: Mask, begin: slice, size: tuple[int, int]) -> bool:
    """Whether it begins narrow, widens to both sides, and falls there, as no collar does."""
    height, width = size
    if not found.any() or found[begin].sum() < STARTS * mask[begin].sum():
        return False
    across, down = np.flatnonzero(found.any(0)), np.flatnonzero(found.any(1))
    peak = np.flatnonzero(found[begin].any(0))
    spread = across[-1] - across[0] + 1
    if spread < max(WIDE * width, SPREADS * (peak[-1] - peak[0] + 1)) or found.sum() > MOST * mask.sum():
        return False
    falls = FALLS if spread < CUT_SPREADS * (peak[-1] - peak[0] + 1) else FALLS_FAR
    return bool(down[-1] - begin.start < DEEPEST * height and _falls(found, across) > falls)


def _falls(found: Mask, across: NDArray[np.intp]) -> float:
    """The share of its columns whose upper edge is no higher than nearer to the peak."""
    edge = found[:, across].argmax(0)
    peak = int(edge.argmin())
    lowest = np.concatenate(
        [np.maximum.accumulate(edge[peak::-1])[:0:-1], np.maximum.accumulate(edge[peak:])]
    )
    return float((edge >= lowest - STEP).mean())
