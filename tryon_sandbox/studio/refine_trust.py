"""Where re-drawn cloth may be believed: it must show what the coarse picture shows, place by place."""

import cv2
import numpy as np

from tryon_sandbox.studio.raster import Floats, blur, floats, luma
from tryon_sandbox.studio.refine_cloth import Layer

# All in pixels of a picture 1024 high.
FINE, WIDE = 1.4, 7.0  # the pattern is compared between these two blurs: finer is lost in a coarse picture
AROUND = 9.0  # how far around each place
QUIET = 0.010  # a pattern fainter than this cannot be doubled visibly
DOUBTFUL, TRUSTED = 0.30, 0.60  # correlation
LEAST_DRIFT, MOST_DRIFT = 0.25, 3.0  # pixels
LOUD = 0.03  # a pattern this strong tells a drift well


def trust(picture: Floats, layer: Layer) -> Floats:
    """How far the layer may be believed, 0..1, in every pixel of the picture."""
    unit = picture.shape[0] / 1024
    ours, theirs = pattern(luma(layer.paint), layer.cover, unit), pattern(luma(picture), layer.cover, unit)
    reach = AROUND * unit
    both = blur(floats(ours * theirs), reach)
    power = blur(floats(ours**2), reach) * blur(floats(theirs**2), reach)
    loud = np.sqrt(np.maximum(power, 0))
    alike = (both + QUIET**2) / (loud + QUIET**2)
    believed = np.clip((alike - DOUBTFUL) / (TRUSTED - DOUBTFUL), 0, 1)
    return blur(floats(believed), 4 * unit)


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


def settled(picture: Floats, layer: Layer) -> Layer:
    """The layer moved by the fractions of a pixel by which it is off, where a smooth drift explains it."""
    unit = picture.shape[0] / 1024
    ours, theirs = (pattern(one, layer.cover, unit) for one in (luma(layer.paint), luma(picture)))
    seeker = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    found = floats(seeker.calc(_bytes(theirs), _bytes(ours), np.zeros((*ours.shape, 2), np.float32)))
    weight = np.minimum(blur(floats(ours**2), 4 * unit), LOUD**2) / LOUD**2
    around = np.maximum(blur(floats(weight), 40 * unit), 1e-3)[..., None]
    drift = np.clip(blur(floats(found * weight[..., None]), 40 * unit) / around, -MOST_DRIFT, MOST_DRIFT)
    if float(np.abs(drift[layer.cover > 0.5]).max(initial=0)) < LEAST_DRIFT:
        return layer
    return _moved(layer, floats(drift))


def _bytes(grey: Floats) -> np.typing.NDArray[np.uint8]:
    return np.asarray(np.clip(grey * 1200 + 128, 0, 255), np.uint8)


def _moved(layer: Layer, drift: Floats) -> Layer:
    high, wide = layer.seen.shape
    right, down = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    across, below = right + drift[..., 0], down + drift[..., 1]
    paint, seen = (cv2.remap(one, across, below, cv2.INTER_CUBIC) for one in (layer.paint, layer.seen))
    return Layer(floats(np.clip(paint, 0, 1)), floats(np.clip(seen, 0, 1)))
