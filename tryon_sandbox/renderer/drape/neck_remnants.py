"""What is left of lining, label, tape or hanger right below the curve that a neckline was cut along."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.drape import front_edge
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Floats, Mask, blur, channels, components, floats

UNIT = 48  # pixels of the patch by half the neck
REACH, ABOVE, BELOW = 1.6, 0.6, 5.0  # of the patch, in half necks
NEAR, CLOTH = 0.34, 1.3  # half necks below the curve: to where remnants are sought, and cloth is known
OTHER = 3.2  # spreads from any colour of the cloth
# Pixels of the patch; and of the square of half the neck: below half the opening's depth, and above, where
# bands and trims of another colour run beside the curve.
LEAST, MOST, MOST_ABOVE = 12, 0.16, 0.045
BESIDE = 0.08  # half necks: so near to the curve it hangs together with the opening; labels to 0.06
ALONG = 0.75  # of the curve: a trim runs all along it
LIMIT, AT_LIMIT = 0.03, 0.04  # half necks, and the share that may lie there: a print goes on farther down
FILLED = 0.12  # half necks: from how far around the colours come that it is painted over with
RIM = 5  # pixels of the patch


@dataclass(frozen=True, slots=True)
class _Patch:
    """The cloth around the neck, `UNIT` pixels by half: colours, what is cloth, and what is opened of it."""

    rgb: Floats
    cloth: Mask
    opened: Mask
    moved: Floats


def painted_over(cutout: Cutout, marks: TopMarks, opening: Floats) -> Cutout:
    """The cutout with remnants in the colours of the cloth next to them; the same where there are none.

    They are not opened too, as the edge would have notches then.
    """
    patch = _patch(cutout, marks, opening)
    found = _remnants(patch)
    if not found.any():
        return cutout
    over = floats(cv2.dilate(found.astype(np.float32), np.ones((RIM, RIM), np.uint8)))
    fill = _colours_around(patch, np.asarray(over > 0, np.bool_))
    weight, fill = (_moved_back(image, patch, opening.shape) for image in (blur(over, 1.0), fill))
    return replace(cutout, rgb=cutout.rgb + (fill - cutout.rgb) * channels(weight))


def _patch(cutout: Cutout, marks: TopMarks, opening: Floats) -> _Patch:
    half = marks.neck_width / 2
    grow = UNIT / (half * cutout.scale)
    left, top = REACH * half - front_edge.middle(marks), ABOVE * half - marks.neck_y
    moved = floats([[grow, 0, left * cutout.scale * grow], [0, grow, top * cutout.scale * grow]])
    size = int(2 * REACH * UNIT), int((ABOVE + BELOW) * UNIT)
    rgb = blur(cutout.rgb, 0.4 / grow)
    rgb = floats(cv2.warpAffine(rgb, moved, size, borderMode=cv2.BORDER_REPLICATE))
    cloth = np.asarray(cv2.warpAffine(cutout.alpha, moved, size) > 0.9, np.bool_)
    return _Patch(rgb, cloth, np.asarray(cv2.warpAffine(opening, moved, size) > 0.5, np.bool_), moved)


def _moved_back(image: Floats, patch: _Patch, shape: tuple[int, ...]) -> Floats:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return floats(cv2.warpAffine(image, patch.moved, (shape[1], shape[0]), flags=flags))


def _colours_around(patch: _Patch, over: Mask) -> Floats:
    """The colours of what is cloth, and neither opened nor painted over, spread over all else."""
    known = floats(patch.cloth & ~patch.opened & ~over)
    near = blur(known, FILLED * UNIT)
    return floats(blur(patch.rgb * channels(known), FILLED * UNIT) / channels(np.maximum(near, 1e-3)))


def _remnants(patch: _Patch) -> Mask:
    """Small pieces of other colours than the cloth farther down, that hang together with the opening."""
    away = floats(cv2.distanceTransform((~patch.opened).astype(np.uint8), cv2.DIST_L2, 3)) / UNIT
    cloth = np.asarray(patch.cloth & ~patch.opened, np.bool_)
    near, known = (
        np.asarray(cloth & (away > start) & (away < end), np.bool_)
        for start, end in ((0, NEAR), (NEAR, CLOTH))
    )
    if not patch.opened.any() or not near.any() or known.sum() < UNIT * UNIT / 4:
        return np.zeros_like(cloth)
    other = near & (colours_away(patch.rgb, known, near) > OTHER)
    firm = cv2.morphologyEx(other.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0
    labels, areas = components(np.asarray(firm, np.bool_))
    beside = np.asarray(near & (away < BESIDE), np.bool_)
    touching, at_limit = (
        np.bincount(labels[where].ravel(), minlength=len(areas)) for where in (beside, away > NEAR - LIMIT)
    )
    kept = (areas >= LEAST) & (areas < _most(labels, areas, patch.opened) * UNIT * UNIT) & (touching > 0)
    kept &= (touching <= ALONG * beside.sum()) & (at_limit <= AT_LIMIT * areas)
    kept[0] = False
    return np.asarray(kept[labels], np.bool_)


def _most(labels: NDArray[np.int32], areas: NDArray[np.int32], opened: Mask) -> Floats:
    """How large a remnant each piece may be, by whether it lies in the lower half of the opening."""
    rows = np.broadcast_to(np.arange(len(labels))[:, None], labels.shape)
    lies = np.bincount(labels.ravel(), rows.ravel()) / np.maximum(areas, 1)
    middle = (ABOVE * UNIT + float(np.flatnonzero(opened.any(1))[-1])) / 2
    return floats(np.where(lies < middle, MOST_ABOVE, MOST))
