"""The mask of a garment on any backdrop: a prior says about where it is, the photo's colours where it ends.

Colours by GrabCut (Rother et al., "GrabCut: Interactive foreground extraction using iterated graph cuts",
2004).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.backdrop_fit import Paint
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import show_through
from tryon_sandbox.renderer.raster import Floats, Mask, blur, channels, components, floats

Bytes = NDArray[np.uint8]
CLOTH, BACKDROP = 0.85, 0.06  # of the prior: above and below, it is believed
LIKELY = 0.5
# The first of two rounds, and the search for clusters of colours before it, are at half the working size: as
# good on 80 scenes, in half the time. With one round a jumper before a door overlaps its true mask by 0.94.
COARSER = 2
STILL_OPEN = 0.35  # of all gaps: as many may be closed by the first round; true ones to 0.3, cloth from 0.4
SPECK = 3  # pixels at working size: what is thinner is no strap
DAYLIGHT = 0.3  # of the prior, mean over a hole that is one; a print or a fold is more
SMALLEST_HOLE = 30  # pixels at working size
UNLIKELY = 0.3
LOST, ADDED = 0.04, 0.06  # of a mask: what a prior misses in it, and what it did not expect there
PART = 0.5  # of a mask: a prior that expects less than the rest of it saw a print, not the garment
LEAST_WITH_GAPS = 0.86  # agreement; of 143 photos taken at home, a dress without its white bodice had 0.73
RIM, FAR = 7, 40.0  # pixels that are mixed with cloth, and how far around it the backdrop is looked at
COARSE = 4  # every which pixel is enough for that
NEAR = 5.0  # pixels around the outline from which the backdrop's colour is taken


def find(rgb: Floats, expected: Floats) -> Mask:
    """The garment in a photo at working size, given the share that a prior expects of every pixel.

    A part of it that is as the backdrop is, white on a white sheet, is not let go with the gaps.
    """
    inside = np.asarray(expected >= BACKDROP, np.bool_)
    gaps = show_through(rgb, inside, ~inside)
    found = _cut(rgb, expected, gaps)
    if not gaps.any() or agreement(found, expected) > LEAST_WITH_GAPS:
        return found
    return _cut(rgb, expected, np.zeros_like(gaps))


def _cut(rgb: Floats, expected: Floats, gaps: Mask) -> Mask:
    """By colours, with the `gaps` taken for backdrop at first."""
    regions = np.where(expected > LIKELY, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    regions[expected > CLOTH], regions[expected < BACKDROP] = cv2.GC_FGD, cv2.GC_BGD
    regions[gaps] = cv2.GC_PR_BGD
    bytes_ = (np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    small, coarse = _coarser(bytes_, cv2.INTER_AREA), _coarser(regions, cv2.INTER_NEAREST)
    if not (coarse == cv2.GC_FGD).any() or not (coarse == cv2.GC_BGD).any():
        return np.asarray(expected > LIKELY, np.bool_)
    cv2.setRNGSeed(1)  # it begins with clusters drawn by lot
    models, everywhere = (np.zeros((1, 65)), np.zeros((1, 65))), (0, 0, 0, 0)
    cv2.grabCut(small, coarse, everywhere, *models, 1, cv2.GC_INIT_WITH_MASK)
    _begin_again(regions, coarse, gaps)
    cv2.grabCut(bytes_, regions, everywhere, *models, 1, cv2.GC_EVAL)
    return _clean(np.asarray(regions & 1, np.bool_), expected)


def _coarser(image: Bytes, by: int) -> Bytes:
    size = image.shape[1] // COARSER, image.shape[0] // COARSER
    return np.asarray(cv2.resize(image, size, interpolation=by), np.uint8)


def _begin_again(regions: Bytes, coarse: Bytes, gaps: Mask) -> None:
    """Puts what was found at the coarser size into `regions`, where these are not known for sure.

    A coarser pixel closes narrow gaps: where most of them were left open, all of them are.
    """
    found = cv2.resize(coarse & 1, regions.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    doubted = gaps & (regions != cv2.GC_BGD)
    if int((found & doubted).sum()) < STILL_OPEN * int(doubted.sum()):
        found &= ~doubted
    unsure = (regions == cv2.GC_PR_FGD) | (regions == cv2.GC_PR_BGD)
    regions[unsure] = np.where(found[unsure], cv2.GC_PR_FGD, cv2.GC_PR_BGD)


def _clean(mask: Mask, expected: Floats) -> Mask:
    """Without specks, with the holes filled that are none."""
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (SPECK, SPECK))
    mask = main_pieces(np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, ball), np.bool_))
    labels, areas = components(~mask)
    shares = np.bincount(labels.ravel(), expected.ravel(), len(areas)) / np.maximum(areas, 1)
    reach = np.zeros(len(areas), np.bool_)
    reach[np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])] = True
    hole = ~reach & ((shares > DAYLIGHT) | (areas < SMALLEST_HOLE))
    hole[0] = False
    return mask | np.asarray(hole[labels], np.bool_)


def agreement(mask: Mask, expected: Floats) -> float:
    """How far a mask is what the prior expects, 0..1: intersection over union.

    A prior fills gaps between sleeves or legs: these do not count.
    """
    likely = expected > LIKELY
    either = mask | likely & ~_hull(mask)
    return float((mask & likely).sum() / max(int(either.sum()), 1))


def contradicts(mask: Mask, expected: Floats) -> bool:
    """Whether a prior expects the garment elsewhere; gaps that it fills do not count."""
    area = max(int(mask.sum()), 1)
    lost = float(((expected > LIKELY) & ~_hull(mask)).sum()) / area
    added = float((mask & (expected < UNLIKELY)).sum()) / area
    return lost > LOST or ADDED < added < PART


def _hull(mask: Mask) -> Mask:
    """The convex hull, of the ends of every row: no pixel between them is a corner of it."""
    canvas = np.zeros(mask.shape, np.uint8)
    rows = np.flatnonzero(mask.any(1))
    if rows.size:
        first, last = mask[rows].argmax(1), mask.shape[1] - 1 - mask[rows, ::-1].argmax(1)
        ends = np.concatenate([np.stack([first, rows], 1), np.stack([last, rows], 1)]).astype(np.int32)
        cv2.fillConvexPoly(canvas, cv2.convexHull(ends), 1)
    return np.asarray(canvas, np.bool_)


def backdrop_near(rgb: Floats, mask: Mask) -> Paint:
    """The colours beside the garment, carried into it: what its edge pixels are mixed with."""
    beyond = floats(cv2.erode((~mask).astype(np.float32), np.ones((3, 3), np.uint8)))
    weight = blur(beyond, NEAR)
    return _Near(floats(blur(rgb * channels(beyond), NEAR) / channels(np.maximum(weight, 1e-3))))


def backdrop_around(rgb: Floats, mask: Mask) -> Floats:
    """The backdrop's colours at large, carried into the garment: shadows close by do not count for much."""
    beyond = floats(cv2.erode((~mask).astype(np.float32), np.ones((RIM, RIM), np.uint8)))[::COARSE, ::COARSE]
    weight = blur(beyond, FAR / COARSE)
    painted = blur(rgb[::COARSE, ::COARSE] * channels(beyond), FAR / COARSE)
    painted = painted / channels(np.maximum(weight, 1e-3))
    return floats(cv2.resize(painted, mask.shape[::-1], interpolation=cv2.INTER_LINEAR))


class _Near:
    """A painted backdrop at the mask's size."""

    def __init__(self, paint: Floats) -> None:
        self._paint = paint

    def at(self, where: "np.typing.NDArray[np.intp]", shape: tuple[int, int]) -> Floats:
        """The backdrop's colours (n, 3) at flat indices of a picture of this size."""
        size = shape[1], shape[0]
        return floats(cv2.resize(self._paint, size, interpolation=cv2.INTER_LINEAR).reshape(-1, 3)[where])
