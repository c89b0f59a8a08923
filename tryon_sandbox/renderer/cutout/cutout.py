"""Cutting a garment out of a photo: a plain backdrop is walked away from the border inwards.

Where that is not enough a prior says where the garment is.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout import backdrop_fit, edge, guided, matte
from tryon_sandbox.renderer.cutout.between_legs import between_legs
from tryon_sandbox.renderer.cutout.cast_shadow import without_shadow
from tryon_sandbox.renderer.cutout.daylight import daylight, opened
from tryon_sandbox.renderer.cutout.hanger import without_hanger
from tryon_sandbox.renderer.cutout.hanger_bar import without_bar
from tryon_sandbox.renderer.cutout.hanger_crumbs import cleared
from tryon_sandbox.renderer.cutout.hanger_ends import without_ends
from tryon_sandbox.renderer.cutout.hanger_head import without_head
from tryon_sandbox.renderer.cutout.hanger_shoulders import without_shoulders
from tryon_sandbox.renderer.cutout.holes import STARK, holes
from tryon_sandbox.renderer.cutout.hook import without_hook
from tryon_sandbox.renderer.cutout.learned_prior import Prior
from tryon_sandbox.renderer.cutout.loops import loops
from tryon_sandbox.renderer.cutout.notches import notches
from tryon_sandbox.renderer.cutout.outside import outside
from tryon_sandbox.renderer.cutout.pieces import filled, main_pieces
from tryon_sandbox.renderer.cutout.pixel_colours import Scene, compare
from tryon_sandbox.renderer.raster import Floats, Mask, components, floats, reachable, resize, soft
from tryon_sandbox.renderer.scene.picture import Picture

WORK_SIZE = 480  # the thresholds below were tuned at this longest side
BUMP = 9
NOTCH = 5  # pixels at working size
HEADS = 3  # of a hanger, or what its hook hangs on


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What speaks against a plain cut-out; the same four as of a `Cutout`."""

    noise: float
    outliers: float
    contrast: float
    unsure: float

    def within(self, limits: "_Doubt") -> bool:
        """Whether nothing speaks against it more than the limits."""
        return (
            self.noise <= limits.noise
            and self.outliers <= limits.outliers
            and self.contrast >= limits.contrast
            and self.unsure <= limits.unsure
        )


SURE = _Doubt(0.006, 0.05, 0.10, 0.05)  # no prior is needed
# Where the prior does not contradict, the plain outline is as good as a guided one. Shop photos have a noise
# of up to 0.008, bed sheets from 0.011.
PLAIN = _Doubt(0.010, 0.12, 0.0, 0.75)


@dataclass(frozen=True, slots=True)
class Cutout:
    """A garment by itself: colours and opacity at full size, a firm mask at working size.

    How far to trust it: `noise` and `outliers` of the backdrop's border; along the outline the median
    `contrast` to the backdrop (0..1) and the share that is `unsure`, where they differ by under 0.03. Where a
    prior decided, only how far the mask `agreed` with it (0..1). `by_shoulders`: it hung on a hanger's.
    `gaps`: what of the mask is backdrop beside a sleeve, if there was a look for it.
    """

    rgb: Floats
    alpha: Floats
    mask: Mask
    noise: float
    outliers: float
    contrast: float = 1.0
    unsure: float = 0.0
    agreed: float = 1.0
    by_shoulders: bool = False
    gaps: Mask | None = None

    @property
    def scale(self) -> float:
        """Full-size pixels per mask pixel."""
        return float(self.rgb.shape[1] / self.mask.shape[1])


def cut_out(picture: Picture, prior: Prior | None = None) -> Cutout:
    """The garment of a photo; a picture with its own transparency keeps that as the mask, but
    for what it hangs on.

    The `prior` is asked where the backdrop is not plain or much like the garment.
    """
    small = resize(picture.rgb, _work_size(picture.rgb.shape[:2]))
    if picture.alpha is not None:
        whole = main_pieces(resize(picture.alpha, (small.shape[1], small.shape[0])) > 0.5)
        mask, by_shoulders = _hung_up(small, whole)
        alpha = made_transparent(picture.alpha, whole & ~mask)
        return Cutout(picture.rgb, alpha, mask, 0.0, 0.0, by_shoulders=by_shoulders)
    backdrop = backdrop_fit.fit(small)
    if prior is not None and not (backdrop.noise <= PLAIN.noise and backdrop.outliers <= PLAIN.outliers):
        return _guided(picture, small, prior(small))
    scene = compare(small, backdrop)
    mask, by_shoulders = _hung_up(small, _find(scene))
    doubt = _Doubt(backdrop.noise, backdrop.outliers, *edge.steps(small, mask))
    if prior is not None and not doubt.within(SURE):
        expected = prior(small)
        if not doubt.within(PLAIN) or guided.contradicts(mask, expected):
            return _guided(picture, small, expected)
    rgb, alpha = matte.refine(picture.rgb, small, mask, backdrop)
    gaps = daylight(small, scene.paint, mask)
    alpha = opened(alpha, gaps, mask)
    seen = doubt.noise, doubt.outliers, doubt.contrast, doubt.unsure
    return Cutout(rgb, alpha, mask, *seen, by_shoulders=by_shoulders, gaps=gaps)


def cut_out_by(picture: Picture, prior: Prior) -> Cutout:
    """The garment by what a prior expects, however plain the backdrop is."""
    small = resize(picture.rgb, _work_size(picture.rgb.shape[:2]))
    return _guided(picture, small, prior(small))


def made_transparent(alpha: Floats, part: Mask) -> Floats:
    """A picture's own transparency, with a part at working size transparent too; else the same object."""
    if not part.any():
        return alpha
    near = cv2.dilate(part.astype(np.float32), np.ones((3, 3), np.uint8))
    return floats(alpha * (1 - np.clip(resize(floats(near), (alpha.shape[1], alpha.shape[0])), 0, 1)))


def _guided(picture: Picture, small: Floats, expected: Floats) -> Cutout:
    """By what a prior expects, on whatever backdrop."""
    found = guided.find(small, expected)
    hung, by_shoulders = _hung_up(small, found)
    mask = without_shadow(small, hung)
    rgb, alpha = matte.refine(picture.rgb, small, mask, guided.backdrop_near(small, mask))
    gaps = daylight(small, guided.backdrop_around(small, mask), mask)
    alpha = opened(alpha, gaps, mask)
    agreed = guided.agreement(found, expected)
    return Cutout(rgb, alpha, mask, 0.0, 0.0, agreed=agreed, by_shoulders=by_shoulders, gaps=gaps)


def _hung_up(small: Floats, mask: Mask) -> tuple[Mask, bool]:
    """The mask without what the garment hangs on, and whether that has shoulders.

    A head is looked for at the top, where its hook was. Once more where both were found, as what hangs on a
    wall hangs on a nail or knob above its hanger.
    """
    hanging = without_hanger(small, mask)
    hookless = without_hook(hanging)
    left = without_bar(small, hookless, hanging & ~hookless)
    for _ in range(HEADS):
        headless = without_head(small, left)
        found, left = bool((left & ~headless).any()), without_hook(headless)
        if not (found and (headless & ~left).any()):
            break
    bare = without_shoulders(small, left)
    return cleared(small, mask, without_ends(small, bare)), bare is not left


def _work_size(shape: tuple[int, int]) -> tuple[int, int]:
    share = WORK_SIZE / max(shape)
    return max(8, round(shape[1] * share)), max(8, round(shape[0] * share))


def _find(scene: Scene) -> Mask:
    seen = outside(scene)
    mask = filled(main_pieces(_opened(_closed(~seen.found))))
    reach = edge.INWARDS_UNSURE if seen.neutral else edge.INWARDS
    if seen.neutral:
        mask = _without_bumps(mask)
    if seen.whitish:
        mask = edge.snapped(scene, mask, edge.INWARDS_ON_WHITE, seen.doubtful)
        mask = filled(main_pieces(_without_bumps(mask)))
        return mask & ~holes(scene, mask, STARK)
    mask = edge.snapped(scene, mask & ~seen.ground, reach, seen.doubtful)
    mask = main_pieces(_without_bumps(mask) if seen.neutral else mask)
    mask = filled(mask) & ~seen.ground
    if seen.neutral:
        return mask & ~holes(scene, mask, STARK)
    mask = mask & ~notches(scene, seen.found, mask) & ~holes(scene, mask)
    return mask & ~loops(scene, mask) & ~between_legs(scene, mask)


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
