"""What a hook stood on: the bar of a hanger above a waist, or its arms, taken off where it is no cloth.

A hook is told by its shape alone (`hook.py`); where one was, something below its foot holds the garment.
"""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, reachable

CLOTH = (0.30, 0.90)  # of the height, where it is cloth and nothing else
OTHER = 2.5  # spreads from any colour of the cloth; a hook stood on it, so that less is needed than else
DEEPEST = 0.12  # of the height: what goes on farther down is a placket, or the front of what lies open
MOST = 0.06  # of the garment: what is more is a yoke or waistband
LEVEL = 3.0  # a bar is so many times as wide as it is high; arms that slope are not
ASIDE = 0.2  # of the bar's width: how far from its middle the hook may stand; straps stand at its ends
CLIPS = 1.2  # of the bar: what else there may be beside and above it, its clips; beside arms lies a collar
RIM = 5  # pixels at working size that its edge is mixed with cloth and backdrop
LEAST_CLOTH = 200  # pixels from which its colours are known


def without_bar(rgb: Floats, mask: Mask, hook: Mask) -> Mask:
    """The mask, from which this hook was taken off, without what it stood on, unless that is cloth."""
    rows = np.flatnonzero(mask.any(1))
    if not hook.any() or not rows.size:
        return mask
    top, height = int(rows[0]), len(rows)
    cloth = cv2.erode(mask.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    cloth[: top + int(CLOTH[0] * height)] = cloth[top + int(CLOTH[1] * height) :] = False
    if int(cloth.sum()) < LEAST_CLOTH:
        return mask
    upper = mask.copy()
    upper[top + int(2 * DEEPEST * height) :] = False
    other = np.asarray(upper & (colours_away(rgb, np.asarray(cloth, np.bool_), upper) > OTHER), np.bool_)
    foot = cv2.dilate(hook.astype(np.uint8), np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 0
    bar = reachable(other, np.asarray(foot & other, np.bool_))
    if not bar.any() or bar.sum() > MOST * mask.sum():
        return mask
    left, first, wide, high = cv2.boundingRect(bar.astype(np.uint8))
    low, stands = first + high - 1, float(np.nonzero(hook)[1].mean())
    if low - top > DEEPEST * height or abs(left + wide / 2 - stands) > ASIDE * wide:
        return mask
    if wide > LEVEL * high and int((mask[:low] & ~bar[:low]).sum()) < CLIPS * int(bar.sum()):
        bar[:low] = mask[:low]
    grown = cv2.dilate(bar.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    grown[low + RIM :] = False
    return main_pieces(mask & ~np.asarray(grown, np.bool_))
