"""Where re-drawn cloth may be believed: it must show what the coarse picture shows, place by place."""

import cv2
import numpy as np

from tryon_sandbox.studio.raster import Floats, blur, floats, luma
from tryon_sandbox.studio.refine_cloth import Layer

# All in pixels of a picture 1024 high.
FINE, WIDE = 1.4, 7.0  # the pattern is compared between these two blurs: finer is lost in a coarse picture
AROUND = 9.0  # how far around each place
QUIET = 0.010  # a pattern fainter than this cannot be doubled visibly
# Correlation that is doubted, and that is trusted.
DRAWN, PULLED = (0.30, 0.60), (0.55, 0.85)
ISLAND = 22.0
PLAIN = 0.015  # a pattern fainter than this is plain cloth
NEAR = 5.0  # colours are compared as the mean of so much around
SAME, OTHER = 9.0, 20.0  # in CIELAB
SHADE = 22.0  # difference in lightness that light alone may make


def trust(picture: Floats, layer: Layer) -> Floats:
    """How far the layer may be believed, 0..1, in every pixel of the picture: by pattern and by colour."""
    unit = picture.shape[0] / 1024
    believed = _same_pattern(picture, layer, unit) * _same_colour(picture, layer, unit)
    if layer.pulled:
        believed = _surely(believed, layer, unit)
    return blur(floats(believed), 4 * unit)


def _surely(believed: Floats, layer: Layer, unit: float) -> Floats:
    """Without small islands of trust, which are chance, and plain cloth, where nothing is to be had."""
    island = np.clip((blur(floats(believed), ISLAND * unit) - 0.5) / 0.25, 0, 1)
    power = blur(floats(pattern(luma(layer.paint), layer.cover, unit) ** 2), AROUND * unit)
    loud = np.sqrt(np.maximum(power, 0))
    return floats(believed * island * np.clip((loud - PLAIN) / PLAIN, 0, 1))


def _same_pattern(picture: Floats, layer: Layer, unit: float) -> Floats:
    cover, reach = layer.cover, AROUND * unit
    ours, theirs = pattern(luma(layer.paint), cover, unit), pattern(luma(picture), cover, unit)
    both = blur(floats(ours * theirs), reach)
    power = blur(floats(ours**2), reach) * blur(floats(theirs**2), reach)
    alike = (both + QUIET**2) / (np.sqrt(np.maximum(power, 0)) + QUIET**2)
    doubted, trusted = PULLED if layer.pulled else DRAWN
    return floats(np.clip((alike - doubted) / (trusted - doubted), 0, 1))


def _same_colour(picture: Floats, layer: Layer, unit: float) -> Floats:
    """Light is left out, within reason: the same cloth may hang in shade."""
    core = floats(np.clip(layer.cover * 4 - 3, 0, 1))
    ours, theirs = (_lab(within(one, core, NEAR * unit)) for one in (layer.paint, picture))
    away = np.hypot(ours[..., 1] - theirs[..., 1], ours[..., 2] - theirs[..., 2])
    away = np.maximum(away, (np.abs(ours[..., 0] - theirs[..., 0]) - SHADE))
    close = np.clip((OTHER - away) / (OTHER - SAME), 0, 1)
    return floats(np.where(blur(core, NEAR * unit) > 0.03, close, 1))


def _lab(rgb: Floats) -> Floats:
    return floats(cv2.cvtColor(np.clip(rgb, 0, 1), cv2.COLOR_RGB2LAB))


def pattern(grey: Floats, cover: Floats, unit: float) -> Floats:
    """What is seen between a fine and a wide blur of the cloth alone."""
    return floats((within(grey, cover, FINE * unit) - within(grey, cover, WIDE * unit)) * (cover > 0.5))


def within(image: Floats, cover: Floats, sigma: float) -> Floats:
    """A blur that takes in nothing from beside the cloth."""
    flat = image.ndim == 2
    weight = blur(cover, sigma)
    mixed = blur(floats(image * (cover if flat else cover[..., None])), sigma)
    share = weight if flat else weight[..., None]
    return floats(np.where(share > 0.03, mixed / np.maximum(share, 0.03), image))
