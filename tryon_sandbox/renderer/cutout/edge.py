"""A mask's outline moved to the strongest edge nearby, by watershed; and how clear that edge is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Floats, Mask, blur, channels, components, floats, largest, reachable

INWARDS = 5.0  # pixels inside the outline that may turn out to be backdrop
INWARDS_UNSURE = 6.0  # where the cloth is neutral and no shadow was found
INWARDS_ON_WHITE = 4.5
OUTWARDS = 2.0
COLOURED = 2.0  # pixels inside the outline at which what no shadow explains is cloth for sure
OWN_HUE = 0.05
BRIGHT = 0.03  # lighter than the backdrop, which no shadow is
IN_SHADOW = 0.35  # white cloth darkens towards its edge: the strongest step lies a little inside
SPECK = 3  # pixels
THIN = 0.6  # of the local depth: a strap's middle is never up for question
GAIN = 0.8
FAINT = 0.3
CLOTH, BACKDROP = 2, 1
FAINT_STEP = 0.03  # between cloth and backdrop; below, only luck tells them apart


def snapped(scene: Scene, mask: Mask, inwards: float, doubtful: Mask) -> Mask:
    """The mask with its outline on the strongest edge within a few pixels, or within what is `doubtful`."""
    marks = np.zeros(mask.shape, np.int32)
    marks[_firm(~mask, OUTWARDS)] = BACKDROP
    firm = _firm(mask, inwards)
    if doubtful.any():
        firm = _large(firm & ~_open_to(mask, doubtful))
    own = (scene.tint > OWN_HUE) | (scene.light > max(BRIGHT, 2 * scene.threshold))
    marks[firm | _firm(mask, COLOURED) & own] = CLOTH
    found = cv2.watershed(_amplified(scene, mask), marks)
    found[[0, -1]], found[:, [0, -1]] = found[[1, -2]], found[:, [1, -2]]  # OpenCV leaves the border out
    share = np.where(found == CLOTH, np.float32(1), np.where(found == -1, np.float32(0.5), np.float32(0)))
    least = IN_SHADOW if doubtful.any() else 0.5
    return np.asarray(cv2.GaussianBlur(share, (0, 0), 0.9) > least, np.bool_)


def steps(rgb: Floats, mask: Mask) -> tuple[float, float]:
    """Median difference between the outline's two sides, and the share of it where there is hardly any."""
    firm = mask.astype(np.float32)
    outline = mask & (cv2.erode(firm, np.ones((3, 3), np.uint8), borderValue=1) < 0.5)
    if not outline.any():
        return 0.0, 1.0
    inside, beyond = (_mean(rgb, floats(part)) for part in (firm, 1 - firm))
    found = largest(np.abs(inside - beyond))[outline]
    return float(np.median(found)), float((found < FAINT_STEP).mean())


def _mean(rgb: Floats, part: Floats) -> Floats:
    return blur(rgb * channels(part), 2.0) / channels(np.maximum(blur(part, 2.0), 1e-3))


def _firm(part: Mask, reach: float) -> Mask:
    depth = cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, 5)
    size = 2 * round(reach) + 1
    around = cv2.dilate(depth, np.ones((size, size), np.uint8))
    return np.asarray(part & (depth > np.minimum(reach, THIN * around)), np.bool_)


def _open_to(mask: Mask, doubtful: Mask) -> Mask:
    """What is doubtful in the mask and hangs together with its outside."""
    wide = cv2.dilate((doubtful & mask).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    near = cv2.dilate((~mask).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return mask & reachable(np.asarray(wide, np.bool_), np.asarray(near, np.bool_))


def _large(part: Mask) -> Mask:
    """Without the specks: one of them in a shadow would claim it all."""
    labels, areas = components(part)
    large = areas > SPECK
    large[0] = False
    return np.asarray(large[labels], np.bool_)


def _amplified(scene: Scene, mask: Mask) -> NDArray[np.uint8]:
    """Differences from the backdrop, the small ones enlarged where the cloth has no others."""
    contrast = float(np.median(scene.distance[mask])) if mask.any() else 0.0
    away = floats(np.tanh((scene.rgb - scene.paint) * (GAIN / max(contrast, FAINT))))
    smooth = cv2.GaussianBlur(away, (0, 0), 0.7)
    return np.clip(128 + 127 * smooth, 0, 255).astype(np.uint8)
