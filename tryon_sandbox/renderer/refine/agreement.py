"""Where re-drawn cloth may be believed: it must show what the coarse picture shows, place by place."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, blur, floats, luma
from tryon_sandbox.renderer.refine.cloth import Layer

# All in pixels of a picture 1024 high.
FINE, WIDE = 1.4, 7.0  # the pattern is compared between these two blurs: finer is lost in a coarse picture
BROAD, WIDEST = 3.0, 12.0  # what is as broad as this, a coarse picture has lost nothing of
AROUND = 9.0  # how far around each place
QUIET = 0.014  # a pattern fainter than this cannot be doubled visibly
# Correlation that is doubted, and that is trusted. Measured on the samples after JPEG 70: cloth drawn anew
# has over 0.7 in the fine pattern and 0.92 in the broad one nearly everywhere; three pixels off: 0.0 to 0.8.
DRAWN_FINE, DRAWN_BROAD, PULLED = (0.50, 0.70), (0.84, 0.92), (0.55, 0.85)
ISLAND = 22.0
LOUDEST = 0.03  # a pattern stronger than this counts no more
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


def believed(layer: Layer, trusted: Floats) -> float:
    """The share of the layer's pattern, by how loud it is, that is `trusted`."""
    unit = layer.seen.shape[0] / 1024
    strong = blur(floats(pattern(luma(layer.paint), layer.cover, unit) ** 2), 6 * unit)
    loud = np.clip(strong, 0, LOUDEST**2)
    return float((trusted * loud).sum()) / max(float(loud.sum()), 1e-3)


def _surely(believed: Floats, layer: Layer, unit: float) -> Floats:
    """Without small islands of trust, which are chance, and plain cloth, where nothing is to be had."""
    island = np.clip((blur(floats(believed), ISLAND * unit) - 0.5) / 0.25, 0, 1)
    power = blur(floats(pattern(luma(layer.paint), layer.cover, unit) ** 2), AROUND * unit)
    loud = np.sqrt(np.maximum(power, 0))
    return floats(believed * island * np.clip((loud - PLAIN) / PLAIN, 0, 1))


def _same_pattern(picture: Floats, layer: Layer, unit: float) -> Floats:
    fine = _alike(picture, layer, (FINE * unit, WIDE * unit), unit, as_loud=False)
    broad = _alike(picture, layer, (BROAD * unit, WIDEST * unit), unit, as_loud=not layer.pulled)
    if layer.pulled:
        return _share(np.minimum(fine, broad), PULLED)
    return np.minimum(_share(fine, DRAWN_FINE), _share(broad, DRAWN_BROAD))


def _share(alike: Floats, limits: tuple[float, float]) -> Floats:
    doubted, trusted = limits
    return floats(np.clip((alike - doubted) / (trusted - doubted), 0, 1))


def _alike(picture: Floats, layer: Layer, band: tuple[float, float], unit: float, *, as_loud: bool) -> Floats:
    """Correlation of the patterns around each place; `as_loud` ones must also be as strong."""
    ours, theirs = (_banded(luma(one), layer.cover, *band) for one in (layer.paint, picture))
    reach = AROUND * unit
    both, mine, other = (
        blur(floats(a * b), reach) for a, b in ((ours, theirs), (ours, ours), (theirs, theirs))
    )
    loud = (mine + other) / 2 if as_loud else np.sqrt(np.maximum(mine * other, 0))
    return floats((both + QUIET**2) / (loud + QUIET**2))


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
    return _banded(grey, cover, FINE * unit, WIDE * unit)


def _banded(grey: Floats, cover: Floats, fine: float, wide: float) -> Floats:
    return floats((within(grey, cover, fine) - within(grey, cover, wide)) * (cover > 0.5))


def within(image: Floats, cover: Floats, sigma: float) -> Floats:
    """A blur that takes in nothing from beside the cloth."""
    flat = image.ndim == 2
    weight = blur(cover, sigma)
    mixed = blur(floats(image * (cover if flat else cover[..., None])), sigma)
    share = weight if flat else weight[..., None]
    return floats(np.where(share > 0.03, mixed / np.maximum(share, 0.03), image))
