"""Where a photo's outline is taken from: a little within the cloth, along an even line.

Checks, ribs and knit that are like the backdrop make the edge of a cut-out ragged, and the cloth beside it is
smeared. Drawn along such an edge, cloth has steps, and its pattern waves.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.raster import Floats, Mask, floats, slope, soft

# Pixels of the mask: teeth so fine are evened out, and a point is moved by so many at the most.
TEETH, MOST = 2.5, 3.0
LEVEL = 0.75  # of the evened mask: two thirds of TEETH inside a straight edge
STEEP = 0.03  # of the evened mask, by pixel: less is no edge of cloth
THIN, FIRM = 5.0, 10.0  # half of what is thinner than the first is left as it is: straps, belts, cords


@dataclass(frozen=True, slots=True)
class EvenLine:
    """A mask evened out, how it falls down and to the right, and half of how thick it is around: by pixel."""

    even: Floats
    down: Floats
    right: Floats
    firm: Floats

    def within(self, outline: Points) -> Points:
        """Each point that lies on the mask's edge moved into the cloth, to where the even line runs."""
        at, down, right, firm = (_at(one, outline) for one in (self.even, self.down, self.right, self.firm))
        steep = np.maximum(np.hypot(down, right), STEEP)
        move = np.clip((LEVEL - at) / steep, 0, MOST) * np.clip((firm - THIN) / (FIRM - THIN), 0, 1) / steep
        return np.asarray(outline + move[:, None] * np.stack([right, down], 1), np.float64)


def even_line(mask: Mask) -> EvenLine:
    """What is the same for all outlines of one mask."""
    even = soft(mask, TEETH)
    firm = floats(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3))
    firm = floats(cv2.dilate(firm, np.ones((2 * int(FIRM) + 1,) * 2, np.uint8)))
    return EvenLine(even, *slope(even), firm)


def _at(image: Floats, where: Points) -> Floats:
    across, down = floats(where).T.reshape(2, -1, 1)
    return floats(cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)).ravel()
