"""The studio's lamps: a large soft key on the viewer's upper left, two softboxes that reflect, a rim."""

import numpy as np

from tryon_sandbox.bake.curves import Field
from tryon_sandbox.bake.sdf import column, unit, vector

SUN = column(unit(vector(-0.55, 0.75, 0.75)))
_KEY = column(unit(vector(-0.50, 0.55, 0.95)))
# Softboxes: direction of the reflected ray, how far off it still shows, how soft its border is, strength.
_SOFTBOXES = (
    (column(unit(vector(-0.62, 0.55, 0.62))), 0.90, 0.035, 0.30),
    (column(unit(vector(0.85, 0.30, 0.30))), 0.88, 0.05, 0.10),
)


def key(normal: Field) -> Field:
    """The key light on a surface, wrapped around it as a large lamp does: 0..1."""
    facing = (normal * _KEY).sum(0)
    return np.asarray(np.clip(facing * 0.66 + 0.34, 0, 1) ** 1.25, np.float32)


def gloss(normal: Field) -> Field:
    """Reflections of the softboxes, 0..1 (0.4 at the most)."""
    mirrored = 2 * normal[2] * normal
    mirrored[2] -= 1
    total = np.zeros(normal.shape[1], np.float32)
    for towards, border, softness, strength in _SOFTBOXES:
        total += strength / (1 + np.exp(-((mirrored * towards).sum(0) - border) / np.float32(softness)))
    return total


def rim(normal: Field, openness: Field) -> Field:
    """Fresnel light that grazes the contour, 0..1, stronger on the viewer's right."""
    grazing = (1 - np.clip(normal[2], 0, 1)) ** 3
    sides = 0.35 * np.clip(normal[0], 0, 1) + 0.30 * np.clip(-normal[0], 0, 1) + 0.15
    return np.asarray(grazing * sides * openness, np.float32)
