"""A garment of which one side is known: where the photo does not show the other, it is the mirror image."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import blur, channels, flipped, floats, resize

SOFT = 1.2  # pixels of the mask


def completed(cutout: Cutout, shape: Silhouette, marks: TopMarks) -> Cutout:
    """The cutout with cloth wherever the outline made of one side has some; as it is where both are shown."""
    lacking = floats(shape.mask & ~cutout.mask)
    if not marks.sleeve_of or not lacking.any():
        return cutout
    height, width = cutout.alpha.shape
    near = cv2.dilate(lacking, np.ones((3, 3), np.uint8))
    wanted = np.clip(resize(blur(floats(near), SOFT), (width, height)), 0, 1)
    rgb, alpha = (flipped(image, shape.middle * cutout.scale) for image in (cutout.rgb, cutout.alpha))
    added = floats(wanted * alpha * (1 - cutout.alpha))
    whole = cutout.alpha + added
    share = added / np.maximum(whole, 1e-3)
    return replace(cutout, rgb=cutout.rgb + (rgb - cutout.rgb) * channels(share), alpha=floats(whole))
