"""Making cloth better that nothing is known about: what is there made clean and crisp, nothing added."""

import cv2
import numpy as np

from tryon_sandbox.studio.garment import Garment
from tryon_sandbox.studio.raster import Floats, blur, floats, luma, over

GAIN = 2.0  # of the fine detail, and of the middling one below
MIDDLE_GAIN = 0.55
SLACK = 0.012  # nor beyond its neighbours by more than this
CEILING = 0.12  # sharpening never moves a pixel farther than this


def careful(picture: Floats, worn: Floats, garments: list[Garment]) -> Floats:
    """The picture with crisper cloth where `worn`, its colours nearer to the photos'."""
    coloured = _coloured(_crisp(picture, worn), worn, garments)
    return over(picture, coloured, worn)


def clean(picture: Floats) -> Floats:
    """Compression noise smoothed, edges kept."""
    return floats(cv2.bilateralFilter(picture, 5, 0.03, 1.6))


def _crisp(picture: Floats, worn: Floats) -> Floats:
    """Fine and middling detail raised, within a ceiling; the cloth is compared with cloth only, or its
    outline would glow."""
    size = picture.shape[0] / 1024
    near, far = _within(picture, worn, max(0.8, 1.1 * size)), _within(picture, worn, 3.0 * size)
    detail = GAIN * (picture - near) + MIDDLE_GAIN * (near - far)
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    darkest, brightest = cv2.erode(picture, ball) - SLACK, cv2.dilate(picture, ball) + SLACK
    raised = picture + CEILING * np.tanh(detail / np.float32(CEILING))
    return floats(np.clip(raised, darkest, brightest))


def _within(picture: Floats, worn: Floats, sigma: float) -> Floats:
    """A blur that takes in nothing from outside the cloth."""
    weight = blur(worn, sigma)[..., None]
    mixed = blur(floats(picture * worn[..., None]), sigma) / np.maximum(weight, 1e-3)
    return floats(np.where(weight > 0.05, mixed, picture))


def _coloured(picture: Floats, worn: Floats, garments: list[Garment]) -> Floats:
    """The cloth's mean colour moved a little towards the photos', brightness left to the light."""
    if not garments or worn.sum() < 64:
        return picture
    wanted = np.mean([_mean(one.cutout.rgb, one.cutout.alpha) for one in garments], axis=0)
    now = _mean(picture, worn)
    tint = (wanted - wanted.mean()) - (now - now.mean())
    lit = np.clip(luma(picture)[..., None] * 2, 0, 1)
    return floats(picture + 0.35 * np.clip(tint, -0.06, 0.06) * lit)


def _mean(rgb: Floats, weight: Floats) -> Floats:
    return floats((rgb * weight[..., None]).sum((0, 1)) / max(float(weight.sum()), 1.0))
