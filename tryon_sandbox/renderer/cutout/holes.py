"""Backdrop that shows through a garment: between straps, in handles and loops."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Floats, Mask, components, floats

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
