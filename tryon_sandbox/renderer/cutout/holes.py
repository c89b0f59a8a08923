"""Backdrop that shows through a garment: between straps, in handles and loops, inside closed armpits."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Floats, Mask, components, floats, reachable

LEAST = 40  # pixels at working size
NARROWEST = 1.5  # pixels from its middle to its edge
MOST = 6  # more are a pattern's


@dataclass(frozen=True, slots=True)
class Limits:
    """What a hole keeps to: at most so many pixels of `thick` cloth between it and the outside, as a print's
    white lies deeper; `cloth` around it at least so far from the backdrop, as a print fades into its ground
    more gently; itself so `near` to the backdrop, by the threshold."""

    thick: float
    cloth: float
    near: float


USUAL = Limits(thick=14.0, cloth=0.12, near=0.5)
# Of what is black, grey or white as the backdrop is: a white stripe has shadows, and no backdrop around it.
STARK = Limits(thick=10.0, cloth=0.6, near=0.1)

# Of the garment: how far from its middle a gap between sleeve and trunk lies (0.19 to 0.33 on ten product
# photos; a backpack's strap 0.37, a price tag 0.10), how tall it is by its own width and by the garment's
# height, and where it begins (0.35 to 0.55). The cloth beside it is so far from the backdrop: from 0.26.
# A slit may be three pixels wide, and none of it smooth; of 160 photos two have such, 0.09 tall and more.
FLANK, SLENDER, TALL, BELOW_SHOULDER, SLIT_CLOTH = (0.17, 0.35), 2.0, 0.08, 0.30, 0.24
LEAST_SLIT = 30  # pixels at working size
# Of what is taken for cloth, that is nearer to the backdrop than to such cloth; with those gaps to 0.05, of a
# white blouse with flowers 0.63, whose white between them is no daylight.
MOST_ALIKE = 0.15
GROWN = 9  # pixels at working size: a slit tapers above and below, where it is mixed with cloth


def holes(scene: Scene, mask: Mask, limits: Limits = USUAL) -> Mask:
    """Parts of the mask that are backdrop in full light, enclosed by cloth that is thin somewhere."""
    smooth = cv2.magnitude(scene.down, scene.right) < max(0.03, 6 * scene.noise)
    inside = cv2.erode(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    labels, areas = components(np.asarray(scene.like & smooth & inside, np.bool_))
    depth = floats(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5))
    found = [
        label
        for label in np.flatnonzero(areas >= LEAST)
        if label and _is_hole(scene, labels == label, depth, limits)
    ]
    if not 0 < len(found) <= MOST:
        return np.zeros_like(mask)
    open_ = cv2.dilate(np.isin(labels, found).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.asarray(open_ & (scene.distance < 4 * scene.threshold), np.bool_)


def under_arms(scene: Scene, mask: Mask) -> Mask:
    """Daylight between sleeve and trunk, closed by a cuff that touches the side.

    An upright slit in a flank, far from the cloth's colour, where a print's white is not. It may be deeper in
    than other holes, as a sleeve is wide. Only the cloth's opacity is to lack it: where it is closed for the
    most part, it would say little of where armpit and cuff are.
    """
    near = np.asarray(mask & (scene.distance < SLIT_CLOTH / 2), np.bool_)
    if near.sum() > MOST_ALIKE * mask.sum():
        return np.zeros_like(mask)
    inside = cv2.erode(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    labels, areas = components(np.asarray(scene.like & inside, np.bool_))
    found = [
        one for one in np.flatnonzero(areas >= LEAST_SLIT) if one and _is_slit(scene, labels == one, mask)
    ]
    if not found:
        return np.zeros_like(mask)
    slits = np.asarray(np.isin(labels, found), np.bool_)
    open_ = cv2.dilate(slits.astype(np.uint8), np.ones((GROWN, GROWN), np.uint8)) > 0
    return near & (np.asarray(open_, np.bool_) | reachable(near & _flanks(mask), slits))


def _flanks(mask: Mask) -> Mask:
    """The columns in which gaps between sleeve and trunk lie."""
    columns = np.flatnonzero(mask.any(0))
    aside = np.abs((np.arange(mask.shape[1]) + 0.5 - columns[0]) / (columns[-1] - columns[0] + 1) - 0.5)
    return np.broadcast_to((aside > FLANK[0]) & (aside < FLANK[1]), mask.shape)


def _is_slit(scene: Scene, part: Mask, mask: Mask) -> bool:
    left, top, wide, high = cv2.boundingRect(part.astype(np.uint8))
    first, begin, width, height = cv2.boundingRect(mask.astype(np.uint8))
    aside = abs((left + wide / 2 - first) / width - 0.5)
    if high < max(SLENDER * wide, TALL * height) or not FLANK[0] < aside < FLANK[1]:
        return False
    if top - begin < BELOW_SHOULDER * height:
        return False
    wider, widest = (
        cv2.dilate(part.astype(np.uint8), np.ones((size, size), np.uint8)) > 0 for size in (7, 9)
    )
    return bool(
        np.median(scene.distance[part]) < USUAL.near * scene.threshold
        and np.median(scene.distance[widest & ~wider]) > SLIT_CLOTH
    )


def _is_hole(scene: Scene, part: Mask, depth: Floats, limits: Limits) -> bool:
    """Wide enough, near the outside, as plain as the backdrop, and with cloth right around it."""
    plain = part.astype(np.uint8)
    middle = cv2.distanceTransform(plain, cv2.DIST_L2, 3)
    wider, widest = (cv2.dilate(plain, np.ones((size, size), np.uint8)) > 0 for size in (7, 9))
    return bool(
        middle.max() >= NARROWEST
        and depth[part].min() <= limits.thick
        and np.median(scene.distance[part]) < limits.near * scene.threshold
        and np.median(scene.distance[widest & ~wider]) > limits.cloth
    )
