"""Backdrop that was cut out along with a garment, seen by this: it sticks out on one side alone."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout, made_transparent
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.garments.sleeves import one_sided
from tryon_sandbox.renderer.raster import Floats, Mask, components, flipped, floats, reachable, resize

# Of the width: how far beyond the other side's mirror image a lump begins, as no garment lies quite alike: a
# large one first, which may hang together with a sleeve that lies otherwise. And how large, by the area.
BEYOND, LEAST = (0.03, 0.012), 0.001
# Pixels at working size: so far into that mirror image a lump is taken off by its colour; farther where cloth
# and backdrop are so far apart, as a large lump draws the axis aside.
INWARDS, FARTHER, CLEAR = 4, 20, 12.0
# How much of a lump is nearer in colour to the backdrop beside it than to the cloth beside it; how far from
# that backdrop it is, in CIELAB: backdrop 0.3 to 6.1, sleeves and folds of one side alone from 12; and how
# far both are from each other, or a white blouse on white loses cloth.
SHARE, AWAY, APART = 0.9, 9.0, 4.0
RING, COLOURED = (13, 33), 61  # pixels at working size: where backdrop and cloth beside a lump are looked at
LEAST_SEEN = 20  # pixels of each
ROUNDS = 5  # in which more is looked for
COARSE = 4  # every which pixel is enough to find the axis


def without(cutout: Cutout) -> Cutout:
    """Without lumps of backdrop; the same object where there are none."""
    lumps = _found(cutout)
    left = main_pieces(cutout.mask & ~lumps)
    if not lumps.any() or not left.any():
        return cutout
    return replace(cutout, mask=left, alpha=made_transparent(cutout.alpha, cutout.mask & ~left))


def _found(cutout: Cutout) -> Mask:
    """All lumps; after each the axis is found anew, as they draw it aside."""
    lumps = np.zeros_like(cutout.mask)
    for share in BEYOND:
        for _ in range(ROUNDS):
            more = _further(cutout, np.asarray(cutout.mask & ~lumps, np.bool_), share)
            if not more.any():
                break
            lumps |= more
    return lumps


def _further(cutout: Cutout, mask: Mask, share: float) -> Mask:
    """Lumps of what is left of the mask that begin so far beyond the mirror image."""
    lumps = np.zeros_like(mask)
    try:
        shape = measure(np.ascontiguousarray(mask[::COARSE, ::COARSE]))
    except ValueError:  # too little of it
        return lumps
    other = np.asarray(flipped(floats(mask), one_sided.axis_of(shape) * COARSE) > 0.5, np.bool_)
    reach = max(2, round(share * COARSE * shape.width))
    labels, areas = components(np.asarray(mask & ~_grown(other, 2 * reach + 1), np.bool_))
    for label in np.flatnonzero(areas > LEAST * mask.sum()):
        if label:
            lumps |= _lump(cutout, np.asarray(labels == label, np.bool_), other, reach)
    return lumps


def _lump(cutout: Cutout, part: Mask, other: Mask, reach: int) -> Mask:
    """All of a lump if it is backdrop, and nothing of it otherwise.

    Of its `part` that was found the mirror image of the other side is `reach` pixels away.
    """
    rows, columns = _window(part)
    mask, part, other = cutout.mask[rows, columns], part[rows, columns], other[rows, columns]
    found = np.zeros_like(cutout.mask)
    ring = _grown(part, RING[1]) & ~_grown(mask, RING[0])
    cloth = _grown(part, COLOURED) & mask & other
    if min(int(ring.sum()), int(cloth.sum())) < LEAST_SEEN:
        return found
    lab = _colours(cutout, rows, columns)
    beside, worn = (np.median(lab[where], 0) for where in (ring, cloth))
    nearer = np.linalg.norm(lab - beside, axis=2) < np.linalg.norm(lab - worn, axis=2)
    away, apart = (float(np.linalg.norm(one - beside)) for one in (np.median(lab[part], 0), worn))
    if nearer[part].mean() < SHARE or away > AWAY or apart < APART:
        return found
    inwards = FARTHER if apart > CLEAR else INWARDS
    inside = ~_grown(~other, 2 * inwards + 1)
    rest = part | (mask & nearer & ~inside & _grown(part, 2 * (reach + inwards) + 1))
    found[rows, columns] = reachable(np.asarray(rest, np.bool_), part)
    return found


def _window(part: Mask) -> tuple[slice, slice]:
    """Around a lump, as far as is looked at."""
    across, down, wide, high = cv2.boundingRect(part.astype(np.uint8))
    far = COLOURED // 2 + 1
    return slice(max(down - far, 0), down + high + far), slice(max(across - far, 0), across + wide + far)


def _colours(cutout: Cutout, rows: slice, columns: slice) -> Floats:
    """This window of the mask's pixels in CIELAB."""
    scale = cutout.scale
    photo = cutout.rgb[
        round(rows.start * scale) : round(rows.stop * scale),
        round(columns.start * scale) : round(columns.stop * scale),
    ]
    high, wide = cutout.mask[rows, columns].shape
    return floats(cv2.cvtColor(np.clip(resize(photo, (wide, high)), 0, 1), cv2.COLOR_RGB2LAB))


def _grown(mask: Mask, size: int) -> Mask:
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), ball) > 0, np.bool_)
