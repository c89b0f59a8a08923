"""What belongs to a mask: its large pieces, and what they enclose."""

import numpy as np

from tryon_sandbox.renderer.raster import Mask, border, components, reachable

MINOR_PIECE = 0.08  # smaller separate pieces, measured by the largest, are dirt


def main_pieces(mask: Mask) -> Mask:
    """The mask without separate pieces that are small beside the largest."""
    labels, areas = components(mask)
    if len(areas) < 2:
        return mask
    keep = areas > MINOR_PIECE * areas[1:].max()
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)


def filled(mask: Mask) -> Mask:
    """The mask with everything that it encloses."""
    return ~reachable(~mask, border(mask.shape, 1))
