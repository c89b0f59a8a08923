"""A top that shows only one of its sleeves well: the other is taken to be its mirror image."""

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import length, points
from tryon_sandbox.renderer.cutout.silhouette import REMEMBERED, Silhouette, measure
from tryon_sandbox.renderer.garments.checks import plausible
from tryon_sandbox.renderer.garments.marks import landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.sleeves import sleeve_seams
from tryon_sandbox.renderer.raster import Floats, Mask, flipped, floats
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

AXES = np.linspace(-0.10, 0.10, 21)  # of the width, from the middle: where the axis of symmetry is sought
LEAST_ALIKE = (
    0.85  # of either: how far both sides must be the same; of 143 photos taken at home, coats from 0.88
)
LEAST_TRUNK = 0.95  # of the trunk that the photo must show
# In widths of the chest lying flat; narrower than for what shows both sides, as here they are all there is to
# go by. Behind it what was found in tops and, beyond, in skirts, shorts and hats.
LIMITS: dict[str, tuple[float, float]] = {
    "neck": (0.12, 0.60),  # 0.16 to 0.57; shorts and skirts from 0.60
    "armhole": (0.33, 0.72),  # 0.36 to 0.70; sleeveless 0.73
    "sleeve": (0.40, 2.28),  # 0.44 to 2.24; a slit in a hem 2.33
    "cuff": (0.08, 0.39),  # 0.10 to 0.36; the corners of a skirt from 0.40
    "side": (0.33, 1.78),  # 0.40 to 1.74; shorts 0.24, a skirt 0.27, a hat 0.07
    "hem": (0.70, 1.30),  # 0.79 to 1.27; sleeveless 1.39
}


def find(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks] | None:
    """The silhouette made of one side and its mirror image, with landmarks; None where neither is a top's.

    `light` is the photo's brightness at the mask's size.
    """
    axis = axis_of(whole)
    found = [one for side in BOTH if (one := _reading(whole, light, axis, side)) is not None]
    return max(found, key=lambda one: _alike(one[0].mask, whole.mask), default=None)


def _reading(whole: Silhouette, light: Floats, axis: float, side: Side) -> tuple[Silhouette, TopMarks] | None:
    shape = replace(measure(_of_one_side(whole.mask, axis, side)), middle=axis)
    if _alike(shape.mask, whole.mask) < LEAST_ALIKE:
        return None
    try:
        shape = sleeve_seams.opened(shape, _mirrored(light, axis, side))
        marks = landmarks.find(shape)
    except ValueError:
        return None
    if plausible.why_not(shape, marks) or not _keeps(marks, side) or not _is_shown(marks, whole.mask):
        return None
    return shape, replace(marks, sleeve_of={other: side for other in BOTH if other is not side})


def _keeps(marks: TopMarks, side: Side) -> bool:
    """Whether there is a sleeve, and everything about it keeps to the limits."""
    if not marks.sleeves:
        return False
    own, chest = marks.sleeves[side], max(marks.chest_width, 1.0)
    sizes = {
        "neck": marks.neck_width,
        "armhole": float(np.hypot(*(marks.armpit[side] - marks.shoulder[side]))),
        "sleeve": length(own.outer),
        "cuff": float(np.hypot(*(own.cuff[-1] - own.cuff[0]))),
        "side": marks.hem_y - float(marks.armpit[side][1]),
        "hem": float(marks.hem[RIGHT][0] - marks.hem[LEFT][0]),
    }
    return all(least < sizes[name] / chest < most for name, (least, most) in LIMITS.items())


def symmetry(whole: Silhouette) -> float:
    """How far the outline is its own mirror image, 0..1: intersection over union about the best axis."""
    return mirror(whole)[1]


def axis_of(whole: Silhouette) -> float:
    """The column about which most of the outline is symmetric."""
    return mirror(whole)[0]


@lru_cache(maxsize=REMEMBERED)
def mirror(whole: Silhouette) -> tuple[float, float]:
    """That column, and how far the outline is its own mirror image about it."""
    firm = floats(whole.mask)
    centres = [float(one) for one in whole.middle + AXES * whole.width]
    return max(
        ((one, _alike(whole.mask, flipped(firm, one) > 0.5)) for one in centres), key=lambda found: found[1]
    )


def _alike(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / max(int((one | other).sum()), 1))


def _of_one_side(mask: Mask, axis: float, side: Side) -> Mask:
    return np.asarray(_mirrored(floats(mask), axis, side) > 0.5, np.bool_)


def _mirrored(image: Floats, axis: float, side: Side) -> Floats:
    """The picture with the other side replaced by the mirror image of this one."""
    columns = np.arange(image.shape[1])
    own = (columns - axis) * side.sign >= 0
    return floats(np.where(own, image, flipped(image, axis)))


def _is_shown(marks: TopMarks, mask: Mask) -> bool:
    """Whether the trunk between both lines of armholes is cloth in the photo, on both sides."""
    corners = [marks.neck[LEFT], marks.shoulder[LEFT], marks.armpit[LEFT], marks.hem[LEFT]]
    corners += [marks.hem[RIGHT], marks.armpit[RIGHT], marks.shoulder[RIGHT], marks.neck[RIGHT]]
    trunk = np.zeros(mask.shape, np.uint8)
    cv2.fillPoly(trunk, [np.round(points(corners)).astype(np.int32)], 1)
    inside = mask[trunk > 0]
    return bool(inside.size) and float(inside.mean()) > LEAST_TRUNK
