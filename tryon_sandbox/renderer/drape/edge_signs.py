"""What along a curve speaks for the edge of a front neckline: colours change across it, and all along it."""

from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape.neck_curves import DEPTHS, PLACES, Curves, curves
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Floats, blur, floats, slope

Index = NDArray[np.intp]
UNIT = 44  # pixels of the patch by half the neck
REACH, ABOVE, BELOW = 1.35, 0.4, 4.9  # of the patch, in half necks
COLOUR = (0.01, 0.015, 0.015)  # of CIELAB: colour counts for half as much again as lightness
FINE, COARSE = 0.045, 0.13  # of half the neck: an edge, and what differs on its two sides
CLOTH = 0.8  # the share of all places tried at which colours change by less than at an edge
FULL = 2.5  # no place counts for more than so many times that, or a label would be an edge by itself
THIRDS = (slice(0, 11), slice(10, 21), slice(20, PLACES))
AGAINST, ALONG = -1.0, 0.4  # the least and the most that one place says for an edge of this direction
APART = 6  # depths: an edge so much deeper is another one
# Half necks: where the cloth on either side of an edge is looked at, and how widely.
BESIDE, SPOT = 0.17, 0.06
# Of `COLOUR`: no cloth around a neck, no two areas and no two rows of places are evener.
LEAST_CLOTH, LEAST_AREAS, LEAST_PAIRS = 0.03, 0.02, 0.015
RIM = 0.06  # half necks: so near to the outline counts as above it
SHOULDER, SHOULDER_WIDE = (0.5, 1.0), 0.2  # where the front's own cloth is seen, beside any neckline


@dataclass(frozen=True, slots=True)
class NeckPatch:
    """The cloth around the neck, `UNIT` pixels by half: CIELAB colours, opacity, what is well inside."""

    colours: Floats
    alpha: Floats
    inside: Floats


class Sign(IntEnum):
    """What is told of a curve, by its place in `signs`.

    Of the edge itself, fine and coarse: all in all, in its worst third, on its worse side, whether in any
    direction, and how evenly. `OUTSIDE`: the share that lies above the outline. `DEEPER_EDGE`: how even the
    best curve is that lies deeper. Of the cloth above and below: how unlike the shoulders' and each other.
    """

    SIZE = 0
    WORST_THIRD = 1
    WORSE_SIDE = 2
    CONTRAST = 3
    EVEN = 4
    COARSE_SIZE = 5
    COARSE_WORST_THIRD = 6
    COARSE_WORSE_SIDE = 7
    OUTSIDE = 8
    DARKER_ABOVE = 9
    DEEPER_EDGE = 10
    UNLIKE_ABOVE = 11
    UNLIKE_BELOW = 12
    AREAS_DIFFER = 13
    PAIRS_DIFFER = 14


def patch(cutout: Cutout, marks: TopMarks, middle: float) -> NeckPatch:
    """The patch with this column, in mask pixels, in its middle."""
    half = marks.neck_width / 2
    grow = UNIT / (half * cutout.scale)
    left, top = (REACH * half - middle) * cutout.scale, (ABOVE * half - marks.neck_y) * cutout.scale
    moved = floats([[grow, 0, left * grow], [0, grow, top * grow]])
    rows = slice(0, int((marks.neck_y + BELOW * half) * cutout.scale) + 1)
    size = int(2 * REACH * UNIT), int((ABOVE + BELOW) * UNIT)
    rgb = blur(cutout.rgb[rows], 0.4 / grow)
    rgb = floats(cv2.warpAffine(rgb, moved, size, borderMode=cv2.BORDER_REPLICATE))
    alpha = floats(cv2.warpAffine(cutout.alpha[rows], moved, size))
    inside = floats(cv2.erode(alpha, np.ones((5, 5), np.uint8)) > 0.95)
    return NeckPatch(floats(cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)) * floats(COLOUR), alpha, inside)


def signs(seen: NeckPatch) -> Floats:
    """By kind and depth of the curve, and by `Sign`."""
    shapes = curves()
    fine = _coherence(_changes(seen, shapes, FINE))
    coarse = _coherence(_changes(seen, shapes, COARSE))
    deepest = fine.even.max(0)
    deeper = floats([deepest[i + APART :].max(initial=0) for i in range(len(DEPTHS))])
    above, below, areas, pairs = _sides(seen, shapes)
    found = {
        Sign.SIZE: fine.size,
        Sign.WORST_THIRD: fine.third,
        Sign.WORSE_SIDE: fine.side,
        Sign.CONTRAST: fine.contrast,
        Sign.EVEN: fine.even,
        Sign.COARSE_SIZE: coarse.size,
        Sign.COARSE_WORST_THIRD: coarse.third,
        Sign.COARSE_WORSE_SIDE: coarse.side,
        Sign.OUTSIDE: _outside(seen, shapes),
        Sign.DARKER_ABOVE: fine.size * fine.darker,
        Sign.DEEPER_EDGE: np.broadcast_to(deeper, fine.size.shape),
        Sign.UNLIKE_ABOVE: above,
        Sign.UNLIKE_BELOW: below,
        Sign.AREAS_DIFFER: areas,
        Sign.PAIRS_DIFFER: pairs,
    }
    return floats(np.stack([found[sign] for sign in Sign], -1))


@dataclass(frozen=True, slots=True)
class _Coherence:
    """How much alike colours change along each curve: all in all, in its worst third, on its worse side, in
    any direction, evenly; and how much brighter it gets outwards (-1..1)."""

    size: Floats
    third: Floats
    side: Floats
    contrast: Floats
    even: Floats
    darker: Floats


def _coherence(changes: Floats) -> _Coherence:
    size = np.sqrt(np.einsum("...i,...i->...", changes, changes))
    noise = float(np.quantile(size[:, ::2], CLOTH)) + 1e-6
    length = np.minimum(size / noise, FULL) / FULL
    each = changes * (length / np.maximum(size, 1e-9))[..., None]
    mean = each.mean(2)
    whole = np.sqrt(np.einsum("...i,...i->...", mean, mean))
    way = mean / np.maximum(whole, 1e-9)[..., None]
    along = np.einsum("kdpi,kdi->kdp", each, way)
    left, middle, right = (along[..., third].mean(-1) for third in THIRDS)
    side = np.minimum(left, right)
    even = np.clip(along, AGAINST, ALONG).mean(-1)
    return _Coherence(whole, np.minimum(side, middle), side, length.mean(-1), even, way[..., 0])


def _changes(seen: NeckPatch, shapes: Curves, sigma: float) -> Floats:
    """How colours change across each curve, outwards; the garment's outline does not count."""
    down, right = slope(blur(seen.colours, sigma * UNIT))
    rows, columns = _at(seen, shapes.across, shapes.down)
    inside = seen.inside[rows, columns] / np.hypot(1, shapes.lean)
    return floats((down[rows, columns] + right[rows, columns] * shapes.lean[..., None]) * inside[..., None])


def _at(seen: NeckPatch, across: Floats, down: Floats) -> tuple[Index, Index]:
    """Rows and columns of the patch."""
    rows = ((down + ABOVE) * UNIT).astype(np.intp)
    columns = ((across + REACH) * UNIT).astype(np.intp)
    height, width = seen.alpha.shape
    return np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)


def _outside(seen: NeckPatch, shapes: Curves) -> Floats:
    """The share of each curve that lies above the garment's outline."""
    top = np.where((seen.alpha > 0.5).any(0), (seen.alpha > 0.5).argmax(0), seen.alpha.shape[0])
    _, columns = _at(seen, shapes.across, shapes.down)
    return floats((shapes.down < top[columns] / UNIT - ABOVE + RIM).mean(-1))


def _sides(seen: NeckPatch, shapes: Curves) -> tuple[Floats, Floats, Floats, Floats]:
    """How unlike the shoulders' cloth it is above and below each curve, and unlike each other these are."""
    weight = np.maximum(blur(seen.alpha, SPOT * UNIT), 0.05)[..., None]
    cloth = floats(blur(seen.colours * seen.alpha[..., None], SPOT * UNIT) / weight)
    rows = slice(*(int((row + ABOVE) * UNIT) for row in SHOULDER))
    wide = int(SHOULDER_WIDE * UNIT)
    both = np.concatenate([cloth[rows, :wide].reshape(-1, 3), cloth[rows, -wide:].reshape(-1, 3)])
    shoulder = np.median(both, 0)
    usual = float(np.median(np.abs(cloth[::2, ::2] - shoulder).sum(-1))) + LEAST_CLOTH
    steep = np.hypot(1, shapes.lean)
    across, down = floats(BESIDE * shapes.lean / steep), floats(BESIDE / steep)
    above = cloth[_at(seen, shapes.across - across, shapes.down - down)]
    below = cloth[_at(seen, shapes.across + across, shapes.down + down)]
    unlike = [np.abs(side.mean(2) - shoulder).sum(-1) / usual for side in (above, below)]
    step = above - below
    gap = np.sqrt((step.mean(2) ** 2).sum(-1))
    areas = gap / (np.sqrt((above.var(2) + below.var(2)).sum(-1)) + LEAST_AREAS)
    pairs = gap / (np.sqrt(step.var(2).sum(-1)) + LEAST_PAIRS)
    return floats(unlike[0]), floats(unlike[1]), floats(np.log(areas + 0.1)), floats(np.log(pairs + 0.1))
