"""The inside of a garment's back, seen above its front edge: neutral and dim as a shadow, and yet cloth."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Floats, Mask, components, floats

SHARP = 0.02  # change per pixel at the upper edge; a shadow on the ground fades there
LEAST = 12  # pixels
UPPER = 0.3  # share of the garment's height where it is open at the top
CLEAR = 3  # pixels around the front edge, which is sharp in any case


def linings(scene: Scene, backdrop: Mask, walked: Mask, reach: float = 0.5) -> Mask:
    """Of what was walked through as shadow: what lies in the top's hollow and ends sharply above.

    `reach` is how far from the middle it may lie, as a share of the width.
    """
    cloth, shadow = ~walked, walked & ~backdrop
    kept = np.zeros(shadow.shape, np.bool_)
    rows, columns = np.flatnonzero(cloth.any(1)), np.flatnonzero(cloth.any(0))
    if not rows.size:
        return kept
    steep = cv2.magnitude(scene.down, scene.right)
    steep[cv2.dilate(cloth.astype(np.uint8), np.ones((2 * CLEAR + 1, 3), np.uint8)) > 0] = 0
    edges = np.where(cloth, np.float32(1), steep)
    hollows = _hollow(shadow, cloth)
    hollows[round(rows[0] + UPPER * (rows[-1] - rows[0])) :] = False
    middle, width = (columns[0] + columns[-1]) / 2, columns[-1] - columns[0] + 1
    hollows[:, np.abs(np.arange(cloth.shape[1]) - middle) > reach * width] = False
    labels, areas = components(hollows)
    for label in np.flatnonzero(areas >= LEAST):
        hollow = labels == label
        where = np.flatnonzero(hollow.any(0))
        if label and where[0] < middle < where[-1]:
            kept |= _lining(hollow, shadow, floats(edges))
    return kept


def _hollow(shadow: Mask, cloth: Mask) -> Mask:
    """Shadow with cloth to its left, to its right and below it."""
    left = np.logical_or.accumulate(cloth, 1)
    right = np.logical_or.accumulate(cloth[:, ::-1], 1)[:, ::-1]
    under = np.logical_or.accumulate(cloth[::-1], 0)[::-1]
    return np.asarray(shadow & left & right & under, np.bool_)


def _lining(hollow: Mask, shadow: Mask, steep: Floats) -> Mask:
    """The hollow from its sharpest row down, in every column; nothing when most columns have none."""
    found = np.zeros(hollow.shape, np.bool_)
    columns = np.flatnonzero(hollow.any(0))
    steps = [_upper_edge(hollow[:, x], shadow[:, x], steep[:, x]) for x in columns]
    if float(np.median([step for _, _, step in steps])) < SHARP:
        return found
    for x, (top, bottom, _) in zip(columns, steps, strict=True):
        found[top:bottom, x] = shadow[top:bottom, x]
    return found


def _upper_edge(
    hollow: NDArray[np.bool_], shadow: NDArray[np.bool_], steep: Floats
) -> tuple[int, int, float]:
    """Row of the sharpest step in a column's shadow, the row after the hollow, and how sharp the step is."""
    rows = np.flatnonzero(hollow)
    open_above = np.flatnonzero(~shadow[: rows[0]])
    start = int(open_above[-1]) if open_above.size else 0
    bottom = int(rows[-1]) + 1
    top = start + int(np.argmax(steep[start:bottom]))
    return top, bottom, float(steep[top])
