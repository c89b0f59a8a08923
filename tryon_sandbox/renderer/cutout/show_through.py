"""Backdrop that a prior took for cloth: between trouser legs, between sleeve and body."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, Mask, floats, reachable

COLOURS = 6  # that the backdrop around a garment is made of
SAMPLES = 4000  # pixels that these are found from
AROUND = 101  # pixels at working size: how far around a garment its backdrop is looked at
LEAST_SPREAD = (9.0, 4.0, 4.0)  # of one colour, in CIELAB's bytes: shadows change the lightness
ALIKE = 2.6  # spreads from one of the colours
NARROWEST = 5  # pixels of a gap; leaks along a faint edge are narrower
MOST = 0.40  # of the garment: where more of it looks like the backdrop, colours do not tell them apart


def show_through(rgb: Floats, inside: Mask, beyond: Mask) -> Mask:
    """What of `inside` has the backdrop's colours and hangs together with `beyond`, which surely is it."""
    near = cv2.dilate(inside.astype(np.uint8), np.ones((AROUND, AROUND), np.uint8)) > 0
    if int((beyond & near).sum()) < 10 * COLOURS:
        return np.zeros_like(inside)
    like = colours_away(rgb, np.asarray(beyond & near, np.bool_)) < ALIKE
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (NARROWEST, NARROWEST))
    wide = cv2.morphologyEx((like | beyond).astype(np.uint8), cv2.MORPH_OPEN, ball) > 0
    found = inside & reachable(np.asarray(wide, np.bool_), beyond)
    return found if found.sum() < MOST * inside.sum() else np.zeros_like(inside)


def colours_away(rgb: Floats, known: Mask) -> Floats:
    """How far the colour of each pixel is from the nearest of those in `known`, in spreads of that colour."""
    lab = cv2.cvtColor((np.clip(rgb, 0, 1) * 255).astype(np.uint8), cv2.COLOR_RGB2LAB)
    lab = floats(cv2.GaussianBlur(lab, (0, 0), 1.0))
    return _away(lab, floats(lab.reshape(-1, 3)[np.flatnonzero(known)]))


def _away(lab: Floats, known: Floats) -> Floats:
    """How far each pixel is from the nearest of the backdrop's colours, in spreads of that colour."""
    picked = known[:: max(1, len(known) // SAMPLES)]
    cv2.setRNGSeed(1)
    rules = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 10, 1.0)
    _, labels, centres = cv2.kmeans(picked, COLOURS, np.zeros(0, np.int32), rules, 1, cv2.KMEANS_PP_CENTERS)
    best = np.full(lab.shape[:2], np.inf, np.float32)
    for number, centre in enumerate(floats(centres)):
        members = picked[labels.ravel() == number]
        spread = np.maximum(members.std(0) if len(members) else 0, LEAST_SPREAD)
        away = (lab - centre) / floats(spread)
        best = np.minimum(best, np.sqrt(cv2.transform(away * away, np.ones((1, 3), np.float32))))
    return floats(best)
