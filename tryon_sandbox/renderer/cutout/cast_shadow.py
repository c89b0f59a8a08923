"""A shadow beside a garment that a prior took for cloth: the backdrop in less light, unlike the cloth."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout import backdrop_fit
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.pixel_colours import compare
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Floats, Mask, reachable

# Of the backdrop: on a rougher one, or one of several tones, a shadow is not told from what lies about.
ROUGHEST, UNEVEN = 0.010, 0.12
WELL_INSIDE = 20  # pixels at working size from the edge, where there is no shadow
LIKE_SHADOW = 0.05  # of what is there: where more looks like a shadow, colours do not tell cloth from one
OTHER = 0.8  # spreads from any colour of the cloth
NARROWEST = 5  # pixels: what is thinner is the edge itself, mixed with the backdrop
# Of the mask: of 220 photos the two that were worn with a shadow beside a sleeve are above, 0.066 and 0.071,
# and a pale dress whose own folds lie in the shade is below, 0.034.
LEAST, MOST = 0.05, 0.25


def without_shadow(rgb: Floats, mask: Mask) -> Mask:
    """The mask without shadows on a plain backdrop that its edge goes along; else the same."""
    backdrop = backdrop_fit.fit(rgb)
    if backdrop.noise > ROUGHEST or backdrop.outliers > UNEVEN:
        return mask
    scene = compare(rgb, backdrop)
    dim = scene.shadowy & ~scene.like  # cloth as pale as the ground is no shadow
    cloth = _well_inside(mask)
    if not cloth.any() or dim[cloth].mean() > LIKE_SHADOW:
        return mask
    dim &= mask
    if dim.sum() < LEAST * mask.sum():
        return mask
    likely = dim & np.asarray(colours_away(rgb, cloth, dim, LIKE_SHADOW) > OTHER, np.bool_)
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (NARROWEST, NARROWEST))
    wide = cv2.morphologyEx((likely | ~mask).astype(np.uint8), cv2.MORPH_OPEN, ball, borderValue=1) > 0
    shadow = mask & reachable(np.asarray(wide, np.bool_) | ~mask, ~mask)
    if not LEAST * mask.sum() < shadow.sum() < MOST * mask.sum():
        return mask
    return main_pieces(mask & ~shadow)


def _well_inside(mask: Mask) -> Mask:
    ball = np.ones((2 * WELL_INSIDE + 1, 2 * WELL_INSIDE + 1), np.uint8)
    return np.asarray(cv2.erode(mask.astype(np.uint8), ball, borderValue=0) > 0, np.bool_)
