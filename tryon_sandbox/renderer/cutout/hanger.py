"""A hanger that closes the neck of what hangs on it: taken off, as it is of another colour than the cloth."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.hanger_arms import arms
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, components, grown, reachable

UPPER = 0.30  # of the garment's height: where the daylight under a hanger is
LEAST_DAYLIGHT = 0.002  # of the garment's box
OTHER = 3.2  # spreads from any colour of the cloth
BRIDGE = 0.70  # of what closes the neck above that must be of another colour; a collar's band is cloth
MOST = 0.08  # of the garment: what is more is a yoke, or a second garment
ARMS = 2  # times as far below the daylight as that is below the top: where its ends may look out
LEAST_CLOTH = 200  # pixels from which its colours are known
RIM = 5  # pixels at working size that its edge is mixed with cloth and backdrop


def without_hanger(rgb: Floats, mask: Mask) -> Mask:
    """The mask without the bar above the daylight in its neck, where that is no cloth."""
    daylight = _under_bar(mask)
    if daylight is None:
        return mask
    below = int(np.flatnonzero(daylight.any(1))[-1])
    bar, cloth = _bar_over(daylight, mask), _well_inside(mask, below)
    if not bar.any() or int(cloth.sum()) < LEAST_CLOTH:
        return mask
    other = mask & np.asarray(colours_away(rgb, cloth, mask) > OTHER, np.bool_)
    every = other.copy()
    every[below + ARMS * (below - int(np.flatnonzero(mask.any(1))[0])) :] = False
    other[below + RIM :] = False
    if float(other[bar].mean()) < BRIDGE:
        return mask
    hanger = reachable(other, np.asarray(other & bar, np.bool_))
    hanger |= arms(rgb, every, hanger, mask)
    hanger = grown(hanger, RIM)
    left = main_pieces(mask & ~hanger)
    return left if left.sum() > (1 - MOST) * mask.sum() else mask


def _under_bar(mask: Mask) -> Mask | None:
    """The largest hole in the upper part that lies across the middle."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size:
        return None
    height, width, middle = (
        rows[-1] - rows[0] + 1,
        columns[-1] - columns[0] + 1,
        np.median(np.nonzero(mask)[1]),
    )
    labels, areas = components(~mask)
    beyond = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    for label in np.argsort(-areas):
        if label in (0, *beyond) or areas[label] < LEAST_DAYLIGHT * height * width:
            continue
        hole = np.asarray(labels == label, np.bool_)
        across, down = np.flatnonzero(hole.any(0)), np.flatnonzero(hole.any(1))
        if across[0] < middle < across[-1] and down[-1] < rows[0] + UPPER * height:
            return hole
    return None


def _bar_over(daylight: Mask, mask: Mask) -> Mask:
    """What of the mask is right above the daylight."""
    first = np.where(daylight.any(0), daylight.argmax(0), 0)
    return np.asarray(mask & (np.arange(len(mask))[:, None] < first), np.bool_)


def _well_inside(mask: Mask, below: int) -> Mask:
    """Cloth and nothing else: farther down, and away from the edge."""
    inside = cv2.erode(mask.astype(np.uint8), np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 0
    inside[: below + 2 * RIM] = False
    return np.asarray(inside, np.bool_)
