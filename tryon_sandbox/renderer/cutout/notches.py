"""The upper ends of narrow gaps, between sleeve and trunk or two legs, that the cut-out had closed."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Mask, components

LEAST = 8  # pixels at working size
SLENDER = 1.5  # height by width; a light stripe that ends at the side lies across
BELOW = 16  # pixels under it, where the gap goes on, or half its height: near a cuff it soon ends
NARROW = 0.12  # of the garment's width: a gap is no wider there, or it is a stripe that ends at the hem
MIXED = 0.42  # of the way to the cloth's own colour: beyond, it is cloth in part
AT_TIP = 0.75  # nearly all the way: the tip is narrower than a pixel
TIP = 6  # pixels that it goes on upwards


def notches(scene: Scene, found: Mask, mask: Mask) -> Mask:
    """Parts of the mask that were `found` to be backdrop, and on which a narrow gap below them goes on.

    Only for cloth whose colours no shadow has: `found` must not be in doubt.
    """
    cloth = mask & ~found
    if not cloth.any():
        return np.zeros_like(mask)
    usual = float(np.median(scene.distance[cloth]))
    labels, areas = components(mask & found & np.asarray(scene.distance < MIXED * usual, np.bool_))
    kept = [one for one in np.flatnonzero(areas >= LEAST) if one and _goes_on(labels == one, mask)]
    if not kept:
        return np.zeros_like(mask)
    upwards = np.ones((TIP + 1, 3), np.uint8)
    near = cv2.dilate(np.isin(labels, kept).astype(np.uint8), upwards, anchor=(1, 0)) > 0
    return np.asarray(near & mask & (scene.distance < AT_TIP * usual), np.bool_)


def _goes_on(part: Mask, mask: Mask) -> bool:
    """Whether it is upright, and below it lies a gap with cloth close by on either side."""
    left, top, wide, high = cv2.boundingRect(part.astype(np.uint8))
    row = top + high - 1 + min(BELOW, high // 2)
    if high < SLENDER * wide or row >= len(mask):
        return False
    most = max(2, round(NARROW * cv2.boundingRect(mask.astype(np.uint8))[2]))
    open_ = np.flatnonzero(~mask[row, left : left + wide])
    if not len(open_):
        return False
    middle = left + int(open_[len(open_) // 2])
    before, behind = mask[row, max(middle - most, 0) : middle], mask[row, middle : middle + most]
    return bool(before.any() and behind.any())
