"""Backdrop that a prior took for cloth: between trouser legs, between sleeve and body."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, Mask, floats, reachable

COLOURS = 6  # that the backdrop around a garment is made of
SAMPLES = 4000  # pixels that these are found from
AROUND = 101  # pixels at working size: how far around a garment its backdrop is looked at
LEAST_SPREAD = (9.0, 4.0, 4.0)  # of one colour, in CIELAB's bytes: shadows change the lightness
# Spreads from one of the colours. What is nearly as pale as its backdrop takes a narrower look: a white shirt
# on a white sheet, which at the wider ones is backdrop all over.
ALIKE = (2.6, 1.3, 0.6)
NARROWEST = 5  # pixels of a gap; leaks along a faint edge are narrower
MOST = 0.40  # of the garment: where more of it looks like the backdrop, colours do not tell them apart


def show_through(rgb: Floats, inside: Mask, beyond: Mask) -> Mask:
    """What of `inside` has the backdrop's colours and hangs together with `beyond`, which surely is it."""
    near = cv2.dilate(inside.astype(np.uint8), np.ones((AROUND, AROUND), np.uint8)) > 0
    if int((beyond & near).sum()) < 10 * COLOURS:
        return np.zeros_like(inside)
    away = colours_away(rgb, np.asarray(beyond & near, np.bool_), inside)
    every = (_joined(np.asarray(away < limit, np.bool_), inside, beyond) for limit in ALIKE)
    return next((one for one in every if one.sum() < MOST * inside.sum()), np.zeros_like(inside))


def _joined(like: Mask, inside: Mask, beyond: Mask) -> Mask:
    """What of `inside` is alike and reached from `beyond` by a ball, which no leak along a faint edge is."""
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (NARROWEST, NARROWEST))
    wide = cv2.morphologyEx((like | beyond).astype(np.uint8), cv2.MORPH_OPEN, ball) > 0
    return inside & reachable(np.asarray(wide, np.bool_), beyond)


def colours_away(rgb: Floats, known: Mask, asked: Mask, rare: float = 0.0) -> Floats:
    """How far the colours of the pixels `asked` are from the nearest of those in `known`, in spreads of that.

    Infinite elsewhere. A colour of less than the share `rare` of what is known does not count.
    """
    lab = cv2.cvtColor((np.clip(rgb, 0, 1) * 255).astype(np.uint8), cv2.COLOR_RGB2LAB)
    lab = floats(cv2.GaussianBlur(lab, (0, 0), 1.0))
    flat, where = lab.reshape(-1, 3), np.flatnonzero(asked)
    away = np.full(known.shape, np.inf, np.float32)
    if where.size:
        away.ravel()[where] = _away(flat.take(where, 0), flat.take(np.flatnonzero(known), 0), rare)
    return away


def _away(lab: Floats, known: Floats, rare: float) -> Floats:
    """How far each pixel (n, 3) is from the nearest of the backdrop's colours, in spreads of that colour."""
    picked = known[:: max(1, len(known) // SAMPLES)]
    cv2.setRNGSeed(1)
    rules = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 10, 1.0)
    _, labels, centres = cv2.kmeans(picked, COLOURS, np.zeros(0, np.int32), rules, 1, cv2.KMEANS_PP_CENTERS)
    planes = np.ascontiguousarray(lab.T)  # by channel: NumPy is slow along an axis of three
    best = np.full(len(lab), np.inf, np.float32)
    for number, centre in enumerate(floats(centres)):
        members = picked[labels.ravel() == number]
        if len(members) < rare * len(picked):
            continue
        spread = floats(np.maximum(members.std(0) if len(members) else 0, LEAST_SPREAD))
        away = (planes - centre[:, None]) / spread[:, None]
        away *= away
        np.minimum(best, away[0] + away[1] + away[2], out=best)
    return np.sqrt(best)
