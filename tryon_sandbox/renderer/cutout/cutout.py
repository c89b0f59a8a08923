"""Cutting a garment out of a product photo: a plain backdrop is walked away from the border inwards."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout import backdrop_fit, edge, matte
from tryon_sandbox.renderer.cutout.backdrop_fit import Backdrop
from tryon_sandbox.renderer.cutout.holes import holes
from tryon_sandbox.renderer.cutout.notches import notches
from tryon_sandbox.renderer.cutout.outside import outside
from tryon_sandbox.renderer.cutout.pixel_colours import compare
from tryon_sandbox.renderer.raster import Floats, Mask, border, components, reachable, resize, soft
from tryon_sandbox.renderer.scene.picture import Picture

WORK_SIZE = 480  # the thresholds below were tuned at this longest side
BUMP = 9
NOTCH = 5  # pixels at working size
MINOR_PIECE = 0.08  # smaller separate pieces, measured by the largest, are dirt


@dataclass(frozen=True, slots=True)
class Cutout:
    """A garment by itself: colours and opacity at full size, a firm mask at working size.

    How far to trust it: `noise` and `outliers` of the backdrop's border; along the outline the median
    `contrast` to the backdrop (0..1) and the share that is `unsure`, where they differ by under 0.03.
    """

    rgb: Floats
    alpha: Floats
    mask: Mask
    noise: float
    outliers: float
    contrast: float = 1.0
    unsure: float = 0.0

    @property
    def scale(self) -> float:
        """Full-size pixels per mask pixel."""
        return float(self.rgb.shape[1] / self.mask.shape[1])


def cut_out(picture: Picture) -> Cutout:
    """The garment of a flat-lay photo; a picture with its own transparency keeps that as the mask."""
    small = resize(picture.rgb, _work_size(picture.rgb.shape[:2]))
    if picture.alpha is not None:
        mask = resize(picture.alpha, (small.shape[1], small.shape[0])) > 0.5
        mask = _main_pieces(mask)
        return Cutout(picture.rgb, picture.alpha, mask, 0.0, 0.0)
    backdrop = backdrop_fit.fit(small)
    mask = _find(small, backdrop)
    rgb, alpha = matte.refine(picture.rgb, small, mask, backdrop)
    return Cutout(rgb, alpha, mask, backdrop.noise, backdrop.outliers, *edge.steps(small, mask))


def _work_size(shape: tuple[int, int]) -> tuple[int, int]:
    share = WORK_SIZE / max(shape)
    return max(8, round(shape[1] * share)), max(8, round(shape[0] * share))


def _find(rgb: Floats, backdrop: Backdrop) -> Mask:
    scene = compare(rgb, backdrop)
    seen = outside(scene)
    mask = _filled(_main_pieces(_opened(_closed(~seen.found))))
    reach = edge.INWARDS_UNSURE if seen.neutral else edge.INWARDS
    if seen.neutral:
        mask = _without_bumps(mask)
    if seen.whitish:
        mask = edge.snapped(scene, mask, edge.INWARDS_ON_WHITE, seen.doubtful)
        return _filled(_main_pieces(_without_bumps(mask)))
    mask = edge.snapped(scene, mask & ~seen.ground, reach, seen.doubtful)
    mask = _main_pieces(_without_bumps(mask) if seen.neutral else mask)
    mask = _filled(mask) & ~seen.ground
    if seen.neutral:
        return mask
    return mask & ~notches(scene, seen.found, mask) & ~holes(scene, mask)


def _closed(mask: Mask) -> Mask:
    """With small notches filled: light stripes at the edge, taken for shadow."""
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (NOTCH, NOTCH))
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, ball, borderValue=0), np.bool_)


def _without_bumps(mask: Mask) -> Mask:
    """With what sticks out removed where it is small: JPEG's ripples, not straps."""
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (BUMP, BUMP))
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, ball) > 0
    labels, areas = components(np.asarray(mask & ~opened, np.bool_))
    large = areas > BUMP * BUMP
    large[0] = False
    return np.asarray(opened | large[labels], np.bool_)


def _opened(mask: Mask) -> Mask:
    near = soft(mask, 1.5)
    return np.asarray(reachable(mask, near > 0.60) & (near > 0.35), np.bool_)


def _main_pieces(mask: Mask) -> Mask:
    labels, areas = components(mask)
    if len(areas) < 2:
        return mask
    keep = areas > MINOR_PIECE * areas[1:].max()
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)


def _filled(mask: Mask) -> Mask:
    return ~reachable(~mask, border(mask.shape, 1))
