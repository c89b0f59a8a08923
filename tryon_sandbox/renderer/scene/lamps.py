"""The studio's lamps: a large soft key on the viewer's upper left, two softboxes that reflect, a rim.

Normals are float32 arrays of shape (3, n).
"""

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


def _towards(x: float, y: float, z: float) -> Field:
    """A unit direction as a column, x to the viewer's right, y up, z to the viewer."""
    v = np.array([x, y, z], float)
    return np.asarray(v / np.linalg.norm(v), np.float32)[:, None]


SUN = _towards(-0.55, 0.75, 0.75)
_KEY = _towards(-0.50, 0.55, 0.95)
# Softboxes: direction of the reflected ray, how far off it still shows, how soft its border is, strength.
_SOFTBOXES = (
    (_towards(-0.62, 0.55, 0.62), 0.90, 0.035, 0.30),
    (_towards(0.85, 0.30, 0.30), 0.88, 0.05, 0.10),
)

# Normals are kept in bytes; this blur, in pixels, hides their steps in reflections.
_SMOOTH = 1.3
_SHADE_KEPT = 0.4


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


def turned(layers: Mapping[str, Field]) -> dict[str, Field]:
    """Layers of 0..1 for a picture that will be mirrored: the figure turns, the lamps stay where they are.

    Cast shadows cannot be moved, so they are softened until they no longer tell where the sun was.
    """
    shape = layers["nx"].shape
    x, y = 1 - 2 * _smooth(layers, "nx"), 2 * _smooth(layers, "ny") - 1
    normal = np.stack([x, y, np.sqrt(np.clip(1 - x * x - y * y, 0, 1))]).reshape(3, -1).astype(np.float32)
    new = {"key": key(normal), "gloss": gloss(normal), "nx": 1 - layers["nx"]}
    softer = {"shadow": (1 - _SHADE_KEPT * (1 - layers["shadow"])).astype(np.float32)}
    return {**layers, **{name: layer.reshape(shape) for name, layer in new.items()}, **softer}


def _smooth(layers: Mapping[str, Field], name: str) -> Field:
    """Blurred within the figure only, or the void would light its contour."""
    weight = layers["alpha"]
    spread = cv2.GaussianBlur(layers[name] * weight, (0, 0), _SMOOTH)
    return np.asarray(spread / np.maximum(cv2.GaussianBlur(weight, (0, 0), _SMOOTH), 1e-3), np.float32)
