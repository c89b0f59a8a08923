"""The hook of a hanger, which stands up out of a neck or waist: taken off, as it is no cloth."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Mask, components

THICKEST = 0.045  # of the garment's width; collars and hoods are wider
LEAST = 0.02  # of the garment's height: what stands up less is an edge's roughness
CENTRAL = 0.14  # of the garment's width on either side of its middle; straps stand farther out, in pairs


def without_hook(mask: Mask) -> Mask:
    """The mask without what stands up thin in the middle of its upper end and hangs on it by one foot.

    A band around the neck hangs on it by two, and stays.
    """
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size:
        return mask
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    size = max(3, round(THICKEST * width)) | 1
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    firm = np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0, np.bool_)
    if not firm.any():
        return mask
    top, middle = int(np.flatnonzero(firm.any(1))[0]), float(np.median(np.nonzero(firm)[1]))
    labels, areas = components(mask & ~firm)
    found = np.zeros_like(mask)
    for label in range(1, len(areas)):
        part = labels == label
        where = np.nonzero(part)
        stands = top - int(where[0].min()) > LEAST * height
        if stands and np.abs(where[1] - middle).max() < CENTRAL * width and _feet(part, firm) == 1:
            found |= part
    return mask & ~found


def _feet(part: Mask, firm: Mask) -> int:
    """In how many places a part touches what is firm."""
    near = cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return len(components(np.asarray(near & firm, np.bool_))[1]) - 1
