"""Telling what lies on its side: a photo that was turned, or shorts laid across it."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import LEAST, measure
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.garments.sleeves import one_sided
from tryon_sandbox.renderer.raster import Mask

# How alike the upper and the lower half are of what lies sideways, and by how much more so than left and
# right: shorts 0.92 and 0.11; tops and dresses to 0.02.
ALIKE, MORE = 0.85, 0.06
LEAST_FULL = 0.8  # of its hull: what spreads its sleeves says by itself which way up it is
COARSE = 4  # every which pixel is enough to say so, where that leaves as much as can be measured

SIDEWAYS = "It lies sideways."


def lies_sideways(whole: Mask) -> bool:
    """Whether its upper and lower half are far more alike than left and right."""
    narrowest = min(np.ptp(np.flatnonzero(whole.any(axis))) for axis in (0, 1))
    step = int(np.clip(narrowest // (2 * LEAST), 1, COARSE))
    mask = np.ascontiguousarray(whole[::step, ::step])
    lying = measure(mask)
    if profile.solidity(lying) < LEAST_FULL:
        return False
    across = one_sided.symmetry(measure(np.ascontiguousarray(mask.T)))
    return across > ALIKE and across > one_sided.symmetry(lying) + MORE
