"""A garment that lies turned is turned upright, by its axis of symmetry."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.raster import Floats, Mask, flipped, floats

MOST = 30.0  # degrees: beyond, what is up and what is a sleeve cannot be told
STEP = 2.0
SMALL = 128  # pixels: the mask's longer side while the axis is sought
SHIFTS = 5  # places of the axis that are tried, on either side
LEAST_GAIN = 0.04  # of the garment's area: what the mirror image must fit better by
WORTH = 0.75  # of the misfit that may be left at the most
WHITE = 1.0
# Of an edge of the picture that is cloth: a cuff or corner that only reaches it does no harm, to 0.077.
AT_EDGE = 0.08
ROOM = 1.2  # of the picture's size: its corners stay in it


def upright(cutout: Cutout) -> Cutout:
    """The cut-out turned upright; the same object where it is, or where no turn makes it symmetric."""
    turn = 0.0 if _is_cut_off(cutout.mask) else lean(cutout.mask)
    if not turn:
        return cutout
    return replace(
        cutout,
        rgb=_turned(cutout.rgb, turn, WHITE),
        alpha=np.clip(_turned(cutout.alpha, turn, 0.0), 0, 1),
        mask=_turned_mask(cutout.mask, turn),
        gaps=None if cutout.gaps is None else _turned_mask(cutout.gaps, turn),
    )


def _turned_mask(mask: Mask, turn: float) -> Mask:
    return np.asarray(_turned(floats(mask), turn, 0.0) > 0.5, np.bool_)


def _is_cut_off(mask: Mask) -> bool:
    """Whether it goes on beyond the picture, which has to be seen afterwards too."""
    return max(float(edge.mean()) for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1])) > AT_EDGE


def lean(mask: Mask) -> float:
    """By how many degrees the garment leans, counter-clockwise; 0 where it stands."""
    share = min(1.0, SMALL / max(mask.shape))
    size = max(8, round(mask.shape[1] * share)), max(8, round(mask.shape[0] * share))
    small = floats(cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA))
    if small.sum() < 1:
        return 0.0
    stands = _misfit(small, 0.0)
    if stands <= LEAST_GAIN:
        return 0.0
    misfits = {float(turn): _misfit(small, float(turn)) for turn in np.arange(-MOST, MOST + STEP, STEP)}
    best = min(misfits, key=lambda turn: misfits[turn] + 1e-4 * abs(turn))
    gained = misfits[0.0] - misfits[best]
    worth = gained > LEAST_GAIN and misfits[best] < WORTH * misfits[0.0] and abs(best) < MOST
    return best if worth else 0.0


def _misfit(small: Floats, turn: float) -> float:
    """Share of the area at which the turned mask differs from its mirror image, at the best of a few axes."""
    turned = _turned(small, turn, 0.0)
    wide = turned.shape[1]
    middle = float((turned.sum(0) * np.arange(wide)).sum() / max(float(turned.sum()), 1e-6))
    # Mirror images about axes whole pixels apart are one image, moved twice as far.
    mirror = flipped(turned, middle + SHIFTS, wide + 4 * SHIFTS)
    mirrors = (mirror[:, start : start + wide] for start in range(0, 4 * SHIFTS + 1, 2))
    return min(float(cv2.norm(turned, one, cv2.NORM_L1)) for one in mirrors) / 2 / float(small.sum())


def _turned(image: Floats, turn: float, beyond: float) -> Floats:
    """The picture turned clockwise around its middle, with room around it; what comes in is `beyond`."""
    wide, high = image.shape[1], image.shape[0]
    size = round(ROOM * wide), round(ROOM * high)
    matrix = cv2.getRotationMatrix2D(((wide - 1) / 2, (high - 1) / 2), -turn, 1.0)
    matrix[:, 2] += (size[0] - wide) / 2, (size[1] - high) / 2
    return floats(cv2.warpAffine(image, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(beyond,) * 3))
