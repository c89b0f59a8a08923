"""The mannequin's own vest does not belong under what is worn: it is painted in the skin's colour."""

import numpy as np

from tryon_sandbox.renderer.raster import Floats, Mask, floats, luma, over, soft
from tryon_sandbox.renderer.scene.body import TORSO, UPPER_ARM, Body

COVERED = 0.5


def without_vest(picture: Floats, base: Floats, body: Body) -> Floats:
    """The picture with the base layer's upper half gone; light and shade stay. `base` is its cover, 0..1."""
    vest = body.where(TORSO) & (base > COVERED) & _above(_vest_hem(picture, body), body)
    skin = body.where(*UPPER_ARM.values()) & (base < 0.02) & (body.alpha > 0.98)
    if vest.sum() < 64 or skin.sum() < 64:
        return picture
    ratio = np.median(picture[skin], axis=0) / np.maximum(np.median(picture[vest], axis=0), 0.02)
    return over(picture, floats(np.clip(picture * ratio, 0, 1)), np.clip(soft(vest, 1.0) * 1.6, 0, 1))


def _vest_hem(picture: Floats, body: Body) -> float:
    """The row between bust and hip where the base layer changes colour most."""
    start = int(body.joints["neck"][1] + 26 * body.unit)
    end = min(int(body.joints["hipR"][1] + 4 * body.unit), body.shape[0] - 1)
    if end - start < 16:
        return float(body.shape[0])
    middle = int(np.clip(body.centre((start + end) / 2), 4, body.shape[1] - 5))
    column = slice(middle - 4, middle + 5)
    tone = luma(picture[start:end, column]).mean(1)
    steps = np.abs(tone[6:] - tone[:-6])
    return float(start + 3 + int(steps.argmax()))


def _above(row: float, body: Body) -> Mask:
    return np.asarray(np.arange(body.shape[0])[:, None] < row, np.bool_)
