"""The garment's edge at full size: opacity from colour, and no backdrop left in the edge's colours.

Only the band along the outline is looked at pixel by pixel; what depends on the outline alone is worked out
at the mask's size, where it is as smooth, and enlarged.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.backdrop_fit import Paint
from tryon_sandbox.renderer.raster import Floats, Mask, blur, boxed, channels, floats

INSIDE = 3.5  # mask pixels from which the colour of an edge pixel's cloth is taken
DEEP = 2.0  # mask pixels from the edge at which a pixel is cloth alone
# The tip of a gap that is narrower than a mask pixel: the gap is so wide at most and so high at least, in
# pixels of the mask, as no ripple of a hem is; it goes on for so many above; and so much of the way from
# backdrop to cloth its colour is at most.
SLIT, HIGH, GOES_ON, NO_CLOTH = 9, 8, 7, 0.85
# How far cloth and backdrop are apart at least, and how far a mix of the two is off the way between them.
APART, MIX = 0.2, 0.08


@dataclass(frozen=True, slots=True)
class _Band:
    """Per pixel: the photo's colour, the backdrop's, the near cloth's, how far inside it lies, and whether it
    may be of a gap's tip."""

    rgb: Floats
    paint: Floats
    inside: Floats
    rim: Floats
    near: Floats
    deep: Floats
    known: Floats
    tip: Mask


def refine(rgb: Floats, small: Floats, mask: Mask, backdrop: Paint) -> tuple[Floats, Floats]:
    """Colours pushed outwards from inside the garment, and its opacity, both at the size of `rgb`.

    `small` is the same photo at the mask's size.
    """
    size = rgb.shape[1], rgb.shape[0]
    tips = _tips(mask)
    where = np.flatnonzero(_enlarged(floats(np.maximum(_around_edge(mask), tips)), size) > 0)
    alpha = np.where(_enlarged(mask.astype(np.float32), size) > 0.5, np.float32(1), np.float32(0))
    clean = rgb.copy()
    if where.size:
        band = _read(rgb, small, mask, tips, backdrop, where)
        share, contrast = _share_of_cloth(band)
        alpha.reshape(-1)[where] = _opacity(band, share, contrast)
        clean.reshape(-1, 3)[where] = _colours(band, share)
    return clean, floats(alpha)


def _enlarged(image: Floats, size: tuple[int, int]) -> Floats:
    return floats(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR))


def _around_edge(mask: Mask) -> Floats:
    near = blur(mask.astype(np.float32), DEEP)
    return floats((near > 0.004) & (near < 0.996))


def _read(
    rgb: Floats, small: Floats, mask: Mask, tips: Floats, backdrop: Paint, where: NDArray[np.intp]
) -> _Band:
    size = rgb.shape[1], rgb.shape[0]
    firm = mask.astype(np.float32)
    deep = blur(firm, DEEP)
    core = floats(deep > 0.97)
    known = blur(core, INSIDE)
    near = blur(small * channels(core), INSIDE) / channels(np.maximum(known, 1e-3))
    marks = cv2.merge((blur(firm, 0.6), blur(firm, 1.15), deep, known))
    rim, close, inner, sure = _enlarged(floats(marks), size).reshape(-1, 4).take(where, 0).T
    paint = backdrop.at(where, rgb.shape[:2])
    inside = _enlarged(floats(near), size).reshape(-1, 3).take(where, 0)
    tip = np.asarray(_enlarged(tips, size).reshape(-1).take(where) > 0, np.bool_)
    return _Band(rgb.reshape(-1, 3).take(where, 0), paint, inside, (rim - 0.5) * 2.2, close, inner, sure, tip)


def _tips(mask: Mask) -> Floats:
    """1 in the mask right above the upper ends of narrow gaps, which may go on where the mask closed them."""
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, SLIT), np.uint8)) > 0
    labels, boxes = boxed(np.asarray(closed & ~mask, np.bool_))
    tips = np.zeros(mask.shape, np.float32)
    for label, (left, top, wide, high) in enumerate(boxes.tolist()):
        if label and high > HIGH:
            there = left + np.flatnonzero(labels[top, left : left + wide] == label)
            tips[max(top - GOES_ON, 0) : top, max(there[0] - 2, 0) : there[-1] + 3] = 1
    return floats(tips * mask)


def _share_of_cloth(band: _Band) -> tuple[Floats, Floats]:
    """How far each pixel is on the way from backdrop to cloth, and how far apart these two are."""
    span, away = band.inside - band.paint, band.rgb - band.paint
    squared = np.einsum("ij,ij->i", span, span)
    share = np.einsum("ij,ij->i", away, span) / np.maximum(squared, 1e-4)
    red, green, blue = np.abs(away).T
    faint = np.clip((0.30 - np.maximum(np.maximum(red, green), blue)) * 8, 0, 1)
    return floats(share), floats(squared * faint)


def _opacity(band: _Band, share: Floats, contrast: Floats) -> Floats:
    outer = np.clip((0.93 - band.near) * 12, 0, 1)
    trust = np.clip((contrast - 0.01) / 0.03, 0, 1) * (band.known > 0.01) * outer
    by_shape = np.clip(band.rim + 0.32, 0, 1)
    by_colour = np.clip(band.rim + 0.9, 0, 1) * np.clip((share - 0.25) / 0.5, 0, 1)
    return floats(by_shape * (1 - trust) + by_colour * trust)


def _is_gap(band: _Band, share: Floats) -> Mask:
    """Whether it is of a gap's tip: backdrop, or a mix of that with cloth of clearly another colour."""
    span = band.inside - band.paint
    off = np.abs(band.rgb - band.paint - span * np.clip(share, 0, 1)[:, None]).max(1)
    return np.asarray(band.tip & (share < NO_CLOTH) & (np.abs(span).max(1) > APART) & (off < MIX), np.bool_)


def _colours(band: _Band, share: Floats) -> Floats:
    firm = np.clip((band.near - 0.75) * 6, 0, 1) * np.clip((share - 0.7) * 4, 0, 1)
    own = np.where(_is_gap(band, share), 0, np.maximum(band.deep > 0.97, firm))[:, None]
    clean = band.rgb * own + band.inside * (1 - own)
    return np.where(band.known[:, None] > 0.01, clean, band.rgb)
