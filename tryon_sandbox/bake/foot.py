"""A foot: flat, or arched for a heeled shoe as on female mannequins."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Field
from tryon_sandbox.bake.proportions import Proportions
from tryon_sandbox.bake.sdf import Vector, capsule, ellipsoid, union, vector

# Per toe: place across the foot (towards the other foot), length, radius.
_TOES = ((1.9, 1.0, 1.35), (0.3, 1.03, 1.0), (-0.9, 0.96, 0.92), (-2.0, 0.86, 0.86), (-2.9, 0.73, 0.8))
_LONG = 24.0


@dataclass(frozen=True, slots=True)
class _Build:
    """Where ball, toe tips and heel are: along the foot as shares of its length or cm, and heights in cm."""

    ball: float
    ball_height: float
    toe: float
    toe_height: float
    heel_behind: float
    heel_height: float
    heel_below_ankle: bool


_ARCHED = _Build(0.48, 2.1, 0.82, 1.5, 1.6, -4.0, True)
_FLAT = _Build(0.56, 2.6, 0.80, 1.7, 4.2, 3.0, False)


@dataclass(frozen=True, slots=True)
class Foot:
    """Measures one foot."""

    ankle: Vector
    heel: Vector
    ball: Vector
    toe: Vector
    ahead: Vector
    inward: Vector
    scale: float

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        s = self.scale
        instep = self._instep(p)
        heel = capsule(p, self.ankle - self.ahead * 0.5 * s, self.heel, 2.5 * s, 2.5 * s)
        foot = union(instep, heel, 2.5 * s)
        for i, (across, reach, radius) in enumerate(_TOES):
            root = self.ball + self.inward * across * s
            tip = self.ball + (self.toe - self.ball) * reach + self.inward * across * 0.82 * s
            toe = capsule(p, root, tip, (radius + 0.45) * s, radius * 0.92 * s)
            foot = union(foot, toe, (1.3 if i == 0 else 0.9) * s)
        pad = self.ball + vector(0, 0.2 * s, 0) - self.ahead * 1.5 * s
        return union(foot, ellipsoid(p, pad, s * vector(3.9, 1.9, 4.5)), 1.6 * s)

    def _instep(self, p: Field) -> Field:
        """Two bars that spread from the ankle to both sides of the ball."""
        s, top = self.scale, self.ankle + self.ahead * 0.6 * self.scale
        inner, outer = (
            capsule(
                p, top + self.inward * k * 0.5 * s, self.ball + self.inward * k * 1.7 * s, 2.5 * s, 1.9 * s
            )
            for k in (1, -1)
        )
        return union(inner, outer, 1.8 * s)


def foot(b: Proportions, ankle: Vector, turn: float, side: int) -> Foot:
    """The foot under an ankle, its toes turned `turn` radians to the viewer's right."""
    s, build = b.scale, _ARCHED if b.arched else _FLAT
    ahead = vector(np.sin(turn), 0, np.cos(turn))
    inward = -side * vector(ahead[2], 0, -ahead[0])

    def along(distance: float, height: float) -> Vector:
        point = ankle + ahead * distance * s
        return vector(point[0], height, point[2])

    heel_height = build.heel_height * s + (ankle[1] if build.heel_below_ankle else 0)
    return Foot(
        ankle,
        along(-build.heel_behind, heel_height),
        along(_LONG * build.ball, build.ball_height * s),
        along(_LONG * build.toe, build.toe_height * s),
        ahead,
        inward,
        s,
    )
