"""Telling several things that lie over one another: left and right are unlike, in outline and in colour."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.garments.sleeves import one_sided
from tryon_sandbox.renderer.raster import Floats, flipped, floats, resize

# Where two places that mirror each other are of different cloth, however the light falls: CIELAB, in which
# lightness counts less. Flowers and stripes are evened out, by the width.
UNLIKE, LIGHTNESS, EVENED = 35.0, 0.6, 0.05
# Of the outline, at the least: jackets, shirts and bras in heaps from 0.31; of 370 garments that are worn
# none above 0.13. Cloth of two colours is sewn into one symmetric outline: heaps to 0.92.
MOST_UNLIKE, ALIKE = 0.22, 0.93
COARSE = 4  # every which pixel is enough to say so


def lie_over_one_another(cutout: Cutout) -> bool:
    """Whether large parts of it have another colour than their mirror images, and its outline is none."""
    mask = np.ascontiguousarray(cutout.mask[::COARSE, ::COARSE])
    try:
        shape = measure(mask)
    except ValueError:  # too little of it
        return False
    axis, alike = one_sided.mirror(shape)
    if alike > ALIKE:
        return False
    firm = floats(mask)
    colours = _evened(resize(cutout.rgb, mask.shape[::-1]), firm, EVENED * shape.width)
    both = mask & (flipped(firm, axis) > 0.5)
    away = np.linalg.norm((colours - flipped(colours, axis))[both], axis=1)
    return bool(away.size) and float((away > UNLIKE).mean()) > MOST_UNLIKE


def _evened(rgb: Floats, firm: Floats, sigma: float) -> Floats:
    """Mean colours of the cloth around every pixel."""
    lab = cv2.cvtColor(floats(np.clip(rgb, 0, 1)), cv2.COLOR_RGB2LAB) * floats((LIGHTNESS, 1, 1))
    weight = np.maximum(cv2.GaussianBlur(firm, (0, 0), sigma), 1e-3)
    return floats(cv2.GaussianBlur(lab * firm[..., None], (0, 0), sigma) / weight[..., None])
