"""The ends of a hanger that look out at the armholes of what hangs on it."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, components

ALIKE = 2.5  # spreads from the colours of the hanger that was found
LEAST = 0.02  # of what was found of it: smaller spots are the cloth's
FIRM = 0.3  # of it, that is no thin line: the shade along a sleeve's outline has the colour of pale wood
AT_EDGE = 0.3  # of an end that lies within the rim; a button does not
RIM = 5  # pixels at working size


def arms(rgb: Floats, other: Mask, found: Mask, mask: Mask) -> Mask:
    """What of `other`, which is no cloth, has the colour of a hanger that was found and lies at the edge."""
    alike = np.asarray(other & ~found & (colours_away(rgb, found, other) < ALIKE), np.bool_)
    labels, areas = components(alike)
    inside = cv2.erode(mask.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    rim = np.bincount(labels[~inside & alike].ravel(), minlength=len(areas))
    ball = np.ones((RIM, RIM), np.uint8)
    thick = cv2.morphologyEx(alike.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0
    firm = np.bincount(labels[thick].ravel(), minlength=len(areas))
    ends = (areas > LEAST * found.sum()) & (rim > AT_EDGE * areas) & (firm > FIRM * areas)
    ends[0] = False
    return np.asarray(ends[labels], np.bool_)
