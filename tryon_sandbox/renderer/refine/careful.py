"""Making cloth better that nothing is known about: what is there made clean and crisp, nothing added."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, blur, floats, over

GAIN = 1.1  # of the fine detail, and of the middling one below
MIDDLE_GAIN = 0.2
SLACK = 0.012  # nor beyond its neighbours by more than this
CEILING = 0.12  # sharpening never moves a pixel farther than this


def careful(picture: Floats, worn: Floats) -> Floats:
    """The picture with crisper cloth where `worn`."""
    return over(picture, _crisp(picture, worn), worn)


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
