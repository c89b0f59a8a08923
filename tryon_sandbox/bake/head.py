"""The head: an egg with the faintest planes of a face, and the neck it sits on.

Anything more like a face looks eerie on a mannequin, so the nose is a ridge of millimetres and the eyes are shade.
"""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Curve, Field, curve
from tryon_sandbox.bake.proportions import Proportions
from tryon_sandbox.bake.sdf import Vector, capped, capsule, carve, ellipsoid, section, union, vector
from tryon_sandbox.bake.spine import Spine

# Shares of the head's height (from its middle), half width, half depth in front and behind.
_HEIGHTS = (-0.5, -0.485, -0.45, -0.38, -0.28, -0.15, 0, 0.10, 0.24, 0.36, 0.44, 0.485, 0.5)
_WIDTHS = (0.05, 0.22, 0.37, 0.54, 0.71, 0.85, 0.95, 1, 0.96, 0.82, 0.60, 0.36, 0.05)
_FRONTS = (0.25, 0.50, 0.62, 0.72, 0.81, 0.875, 0.92, 0.94, 0.91, 0.78, 0.56, 0.33, 0.05)
_BACKS = (0.02, 0.03, 0.06, 0.18, 0.50, 0.76, 0.92, 1, 0.98, 0.86, 0.62, 0.36, 0.05)
# The height, in cm, of the head that the face's small measures were drawn on.
_DRAWN_ON = 22.5


@dataclass(frozen=True, slots=True)
class Head:
    """Measures the posed head."""

    centre: Vector
    tilt: float
    tall: float
    half_depth: float
    width: Curve
    front: Curve
    back: Curve

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        q = self._upright(p)
        x, y, z = q
        across = np.maximum(self.width(y), 0.25)
        deep = np.maximum(np.where(z > 0, self.front(y), self.back(y)), 0.25)
        # Crown and chin close fast, so the section distance is too long there.
        egg = capped(section(x, z, across, deep, 2.15), np.abs(y) - self.tall * 0.5) * np.float32(0.85)
        return self._with_face(egg, q)

    def _upright(self, p: Field) -> Field:
        x, y, z = p[0] - self.centre[0], p[1] - self.centre[1], p[2] - self.centre[2]
        return np.stack([x - self.tilt * y, y + self.tilt * x, z]).astype(np.float32)

    def _with_face(self, egg: Field, q: Field) -> Field:
        k = self.tall / _DRAWN_ON
        bridge, tip = vector(0, 0.8 * k, self.half_depth * 0.795), vector(0, -3.2 * k, self.half_depth * 0.86)
        face = union(egg, capsule(q, bridge, tip, 0.5 * k, 0.8 * k), 3.6 * k)
        for side in (-1, 1):
            hollow = vector(side * 3.2 * k, 0.9 * k, self.half_depth * 1.09)
            face = carve(face, ellipsoid(q, hollow, k * vector(2.5, 1.4, 1.3)), 3.6 * k)
        return face


@dataclass(frozen=True, slots=True)
class Neck:
    """Measures the neck, a bar from the chest into the skull."""

    low: Vector
    high: Vector
    radius: float

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        return capsule(p, self.low, self.high, self.radius * 1.08, self.radius * 0.95)


def head(b: Proportions, spine: Spine, tilt: float) -> Head:
    """The head of a body, tilted `tilt` cm sideways per cm of height."""
    tall = b.height - b.chin
    heights = [tall * k for k in _HEIGHTS]
    scaled = ((b.head_width, _WIDTHS), (b.head_depth, _FRONTS), (b.head_depth, _BACKS))
    width, front, back = (curve(heights, [size * k for k in shares], soften=4) for size, shares in scaled)
    centre = spine.place(0, (b.height + b.chin) / 2, 1.2)
    return Head(centre, tilt, tall, b.head_depth, width, front, back)


def neck(b: Proportions, spine: Spine) -> Neck:
    """The neck of a body."""
    low, high = spine.place(0, b.neck_pit - 2 * b.scale, -3.0), spine.place(0, b.chin + 5 * b.scale, -1.4)
    return Neck(low, high, b.neck)
