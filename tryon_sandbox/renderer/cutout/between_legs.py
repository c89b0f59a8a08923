"""The gap between two legs that touch at their hems: backdrop that cloth encloses, narrow and far inside."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Mask, components, reachable

LEAST = 40  # pixels at working size
PLAIN = 0.25  # of the distance up to which a pixel is backdrop: nothing printed or sewn is so much like it
NEAR_MIDDLE, NARROW = 0.12, 0.25  # of the garment's width
BEGINS, HIGH, ENDS = 0.60, 0.20, 0.85  # of its height: from above here, for so much, to near the hem
MIXED = 0.5  # of the way to the cloth's own colour, as at the tip and foot, which are narrower than a pixel


def between_legs(scene: Scene, mask: Mask) -> Mask:
    """The part of the mask that is such a gap; nothing where there is none."""
    none = np.zeros_like(mask)
    left, top, wide, high = cv2.boundingRect(mask.astype(np.uint8))
    middle, reach = left + wide / 2, NEAR_MIDDLE * wide
    plain = mask & np.asarray(scene.distance < PLAIN * scene.threshold, np.bool_)
    plain[:, : max(int(middle - reach), 0)] = plain[:, int(middle + reach) :] = False
    labels, areas = components(plain)
    areas[0] = 0
    if areas.max(initial=0) < LEAST:
        return none
    cloth = mask & ~scene.like
    usual = float(np.median(scene.distance[cloth])) if cloth.any() else 0.0
    like = mask & np.asarray(scene.distance < MIXED * usual, np.bool_)
    gap = reachable(like, np.asarray(labels == int(areas.argmax()), np.bool_))
    x, y, across, down = cv2.boundingRect(gap.astype(np.uint8))
    foot = (y + down - top) / high
    is_gap = (
        across < NARROW * wide
        and abs(x + across / 2 - middle) < reach
        and y < top + BEGINS * high
        and down > HIGH * high
        and foot > ENDS
    )
    return gap if is_gap else none
