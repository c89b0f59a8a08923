"""The head: an egg with the faintest planes of a face, and the neck it sits on.

Anything more like a face looks eerie on a mannequin: the nose is a ridge of millimetres, the eyes are shade.
"""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Field
from tryon_sandbox.bake.proportions import Proportions
from tryon_sandbox.bake.sdf import Vector, capsule, carve, ellipsoid, union, vector
from tryon_sandbox.bake.spine import Spine

# The height, in cm, of the head that the small measures of the face were drawn on.
_DRAWN_ON = 22.5


@dataclass(frozen=True, slots=True)
class Head:
    """Measures the posed head: skull and jaw, both ellipsoids, and a face that is little more than shade."""

    centre: Vector
    tilt: float
    tall: float
    half_width: float
    half_depth: float

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        q = self._upright(p)
        return self._with_face(self._egg(q), q)

    def _upright(self, p: Field) -> Field:
        x, y, z = p[0] - self.centre[0], p[1] - self.centre[1], p[2] - self.centre[2]
        return np.stack([x - self.tilt * y, y + self.tilt * x, z]).astype(np.float32)

    def _egg(self, q: Field) -> Field:
        wide, tall, deep = self.half_width, self.tall, self.half_depth
        skull = ellipsoid(
            q, vector(0, 0.115 * tall, -0.06 * deep), vector(wide * 0.98, 0.385 * tall, deep * 0.95)
        )
        jaw = ellipsoid(
            q, vector(0, -0.13 * tall, 0.19 * deep), vector(wide * 0.76, 0.37 * tall, deep * 0.66)
        )
        return union(skull, jaw, 0.22 * tall)

    def _with_face(self, egg: Field, q: Field) -> Field:
        k, deep = self.tall / _DRAWN_ON, self.half_depth
        face = union(
            egg,
            capsule(q, vector(0, 0.6 * k, deep * 0.83), vector(0, -2.9 * k, deep * 0.888), 0.4 * k, 0.62 * k),
            2.9 * k,
        )
        for side in (-1, 1):
            hollow = vector(side * 3.0 * k, 0.5 * k, deep * 1.13)
            face = carve(face, ellipsoid(q, hollow, k * vector(2.5, 1.3, 1.5)), 2.6 * k)
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
    centre = spine.place(0, (b.height + b.chin) / 2, 1.2)
    return Head(centre, tilt, b.height - b.chin, b.head_width, b.head_depth)


def neck(b: Proportions, spine: Spine) -> Neck:
    """The neck of a body."""
    low, high = spine.place(0, b.neck_pit - 2 * b.scale, -3.0), spine.place(0, b.chin + 5 * b.scale, -1.4)
    return Neck(low, high, b.neck)
