"""Loops of cord that hang out of a garment: what they enclose is backdrop, and without it they are crumbs."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Mask, components

THICK = 0.08  # of the garment's width: cloth that is wider than this all around hangs in no loop
LEAST = 24  # pixels at working size
# Of the part that sticks out, how much is as the backdrop is: a loop that is wide enough to be seen through
# is so for the most part at this size, and straps, ties and fringes are cloth.
OPEN = 0.3


def loops(scene: Scene, mask: Mask) -> Mask:
    """Parts of the mask that stick out of it and are backdrop with a thin line around it."""
    columns = np.flatnonzero(mask.any(0))
    if not columns.size:
        return np.zeros_like(mask)
    size = max(5, round(THICK * (columns[-1] - columns[0] + 1))) | 1
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    wide = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0
    labels, areas = components(np.asarray(mask & ~wide, np.bool_))
    like = np.bincount(labels[scene.like].ravel(), minlength=len(areas))
    found = (areas >= LEAST) & (like > OPEN * areas)
    found[0] = False
    return np.asarray(found[labels], np.bool_)
