"""The hook of a hanger, which stands up out of a neck or waist: taken off, as it is no cloth."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Mask, boxed, components

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
    top, middle = int(np.flatnonzero(firm.any(1))[0]), _middle(firm)
    labels, boxes = boxed(mask & ~firm)
    found = np.zeros_like(mask)
    for label, (left, begin, wide, _) in enumerate(boxes.tolist()):
        aside = max(abs(left - middle), abs(left + wide - 1 - middle))
        if label and top - begin > LEAST * height and aside < CENTRAL * width:
            part = np.asarray(labels == label, np.bool_)
            if _feet(part, firm) == 1:
                found |= part
    return mask & ~found


def _middle(mask: Mask) -> float:
    """The median column of its pixels."""
    return float(np.median(np.repeat(np.arange(mask.shape[1]), np.count_nonzero(mask, axis=0))))


def _feet(part: Mask, firm: Mask) -> int:
    """In how many places a part touches what is firm."""
    near = cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return len(components(np.asarray(near & firm, np.bool_))[1]) - 1
