"""Telling a garment worn by a person from one that lies flat: faces are skin, and on top."""

from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.raster import Floats, Mask

# Red and blue difference (YCrCb) of human skin of any depth; light and dark differ in the first channel.
LOWEST, HIGHEST = (60, 136, 82), (255, 172, 125)
ALL_SHARE = (0.04, 0.70)  # a beige garment is skin-coloured all over
TOP_SHARE = 0.22
TALL = 0.9  # height by width: a person's picture is no flatter
NARROW = 0.55  # of the width: a head is narrower than what is below
OVER_MIDDLE = 1.35  # of 12 people in photos 7 are told by it, and none of 42 garments is taken for one
# Between a face and the cloth below it, in the two colours of CIELAB's bytes; within garments of the colour
# of skin to 6.1.
LEAST_APART = 7.0
# Of the skin at the top, its largest patch, and how high that is by its width. Faces of 29 of 30 people from
# 0.76 and 0.62; flowers on cloth to 0.57, the band of a cap and the lining of a neck as flat as 0.31.
ONE_PATCH, NO_BAND = 0.70, 0.45
HEAD, FILLED = 0.60, 0.40


class Above(Enum):
    """What the upper end of a cut-out shows."""

    CLOTH = "cloth"
    HEAD = "head"
    OTHER = "other"  # of skin's colour, but flat or with holes: a hanger, a hat, a lining


def above(cutout: Cutout, shape: Silhouette) -> Above:
    """Whether its upper end has so much more skin than its middle that it is a head, or no cloth."""
    if not _may_have_head(shape):
        return Above.CLOTH
    height, width = shape.mask.shape
    small = cv2.resize(np.clip(cutout.rgb, 0, 1) * 255, (width, height), interpolation=cv2.INTER_AREA)
    skin = _of_bytes(small.astype(np.uint8))
    everywhere = _share(skin, shape, 0.0, 1.0)
    top, middle = _share(skin, shape, 0.0, 0.20), _share(skin, shape, 0.35, 0.60)
    if not ALL_SHARE[0] < everywhere < ALL_SHARE[1] or top <= max(TOP_SHARE, OVER_MIDDLE * middle):
        return Above.CLOTH
    found = _patch(skin, shape)
    if found is Above.CLOTH or _apart(small.astype(np.uint8), skin, shape) <= LEAST_APART:
        return Above.CLOTH
    return found


def _patch(skin: Mask, shape: Silhouette) -> Above:
    """What the skin at the top is: it hangs together, as of a head, or is too flat, or a band."""
    top = slice(shape.row(0.0), shape.row(0.20))
    _, _, stats, _ = cv2.connectedComponentsWithStats((skin & shape.mask)[top].astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if not areas.sum() or areas.max() <= ONE_PATCH * areas.sum():
        return Above.CLOTH
    largest = stats[1 + int(areas.argmax())]
    high, wide = int(largest[cv2.CC_STAT_HEIGHT]), int(largest[cv2.CC_STAT_WIDTH])
    if high <= NO_BAND * wide:
        return Above.CLOTH
    return Above.HEAD if high > HEAD * wide and areas.max() > FILLED * high * wide else Above.OTHER


def _apart(rgb: NDArray[np.uint8], skin: Mask, shape: Silhouette) -> float:
    """How far the colour of the skin at the top is from that of what is in the middle."""
    colours = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)[..., 1:].astype(np.float32)
    top, middle = (slice(shape.row(start), shape.row(end)) for start, end in ((0.0, 0.20), (0.35, 0.60)))
    face = np.median(colours[top][shape.mask[top] & skin[top]], axis=0)
    return float(np.hypot(*(face - np.median(colours[middle][shape.mask[middle]], axis=0))))


def _may_have_head(shape: Silhouette) -> bool:
    top = np.median([shape.span(y) for y in range(shape.row(0.01), shape.row(0.12))])
    return bool(shape.height > TALL * shape.width and top < NARROW * shape.width)


def like_skin(rgb: Floats) -> Mask:
    """Where a picture, in 0..1, has the colour of human skin of any depth."""
    return _of_bytes((np.clip(rgb, 0, 1) * 255).astype(np.uint8))


def _of_bytes(rgb: NDArray[np.uint8]) -> Mask:
    tones = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)
    return np.asarray(cv2.inRange(tones, LOWEST, HIGHEST) > 0, np.bool_)


def _share(skin: Mask, shape: Silhouette, start: float, end: float) -> float:
    rows = slice(shape.row(start), shape.row(end))
    inside = shape.mask[rows]
    return float(skin[rows][inside].mean()) if inside.any() else 0.0
