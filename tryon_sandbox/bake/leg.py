"""A leg lofted around a curved line from hip to ankle."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Curve, Field, curve
from tryon_sandbox.bake.foot import Foot, foot
from tryon_sandbox.bake.poses import FootPlace, Stance
from tryon_sandbox.bake.proportions import Proportions
from tryon_sandbox.bake.sdf import Vector, capped, section, union, vector
from tryon_sandbox.bake.spine import Spine

# Radii at the stations of _heights: the first six belong to the calf, the rest to the thigh.
_OUTER = (2.5, 2.6, 2.55, 3.6, 5.3, 4.75, 4.6, 5.0, 7.0, 8.5, 7.3, 1)
_INNER = (2.4, 2.55, 2.45, 3.1, 5.1, 4.2, 4.6, 4.9, 6.5, 7.7, 6.0, 1)
_FRONT = (3.2, 3.3, 3.3, 3.9, 4.6, 5.0, 5.9, 6.2, 8.2, 8.4, 6.6, 1)
_BACK = (3.4, 3.4, 3.6, 4.6, 7.0, 5.6, 5.0, 5.4, 7.4, 8.8, 8.2, 2)
_OF_CALF = 7
# The thigh and calf radii those tables were drawn on.
_THIGH, _CALF = 8.3, 5.0


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg with its foot; joints are in the room."""

    hip: Vector
    knee: Vector
    ankle: Vector
    side: int
    outer: Curve
    inner: Curve
    front: Curve
    back: Curve
    line_x: Curve
    line_z: Curve
    low: float
    high: float
    foot: Foot

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        y = p[1]
        out, ahead = (p[0] - self.line_x(y)) * self.side, p[2] - self.line_z(y)
        across = np.where(out > 0, self.outer(y), self.inner(y))
        deep = np.where(ahead > 0, self.front(y), self.back(y))
        leg = capped(section(out, ahead, across, deep, 2.1), np.maximum(self.low - y, y - self.high))
        return self._with_foot(leg, p)

    def _with_foot(self, leg: Field, p: Field) -> Field:
        low = np.flatnonzero(p[1] < self.ankle[1] + 9 * self.foot.scale)
        if len(low):
            leg[low] = union(leg[low], self.foot(p[:, low]), 2.2 * self.foot.scale)
        return leg


def leg(b: Proportions, spine: Spine, stance: Stance, side: int) -> Leg:
    """The leg on one side: -1 is the viewer's left, 1 the viewer's right."""
    s, place = b.scale, stance.feet[0 if side < 0 else 1]
    hip = spine.place(side * b.hip_width * 0.5, b.hip + 1, 0)
    ankle = _ankle(b, stance, place)
    knee = _knee(b, hip, ankle, place, side)
    if place.relaxed:
        # The free foot slides out and back, so the knee above it reads as bent.
        ankle = ankle + vector(-0.8 * s, 0, -2.0 * s)
    outer, inner, front, back = (
        curve(_heights(b), _radii(b, table)) for table in (_OUTER, _INNER, _FRONT, _BACK)
    )
    line_x, line_z = _line(b, hip, knee, ankle, side)
    return Leg(
        hip, knee, ankle, side, outer, inner, front, back, line_x, line_z,
        low=b.ankle - 1, high=b.hip + 5 * s, foot=foot(b, ankle, np.radians(place.turn_deg) * side, side),
    )  # fmt: skip


def _ankle(b: Proportions, stance: Stance, place: FootPlace) -> Vector:
    out = (place.out + place.with_sway * stance.sway) * b.scale
    return vector(out, b.ankle, (place.forward - 2.5) * b.scale)


def _knee(b: Proportions, hip: Vector, ankle: Vector, place: FootPlace, side: int) -> Vector:
    s = b.scale
    aside, forward = (1.0, 3.2) if place.relaxed else (-0.1, 0.8)
    return vector(hip[0] * 0.46 + ankle[0] * 0.54 + side * aside * s, b.knee, forward * s)


def _heights(b: Proportions) -> list[float]:
    s, shin, thigh = b.scale, b.knee - b.ankle, b.crotch - b.knee
    return [
        b.ankle - 6, b.ankle, b.ankle + 5 * s, b.ankle + shin * 0.35, b.ankle + shin * 0.68, b.knee - 5 * s,
        b.knee, b.knee + 6 * s, b.knee + thigh * 0.5, b.crotch - s, b.hip, b.hip + 6 * s,
    ]  # fmt: skip


def _radii(b: Proportions, table: tuple[float, ...]) -> list[float]:
    return [r * (b.calf / _CALF if i < _OF_CALF else b.thigh / _THIGH) for i, r in enumerate(table)]


def _line(b: Proportions, hip: Vector, knee: Vector, ankle: Vector, side: int) -> tuple[Curve, Curve]:
    """The curve the sections are centred on: bowed out, shin swept back, thigh forward."""
    s = b.scale
    heights = [
        b.ankle - 6,
        b.ankle,
        (b.ankle + b.knee) / 2,
        b.knee,
        (b.knee + b.crotch) / 2,
        hip[1],
        hip[1] + 6 * s,
    ]
    shin, thigh = (ankle + knee) / 2, (knee + hip) / 2
    bow = side * 0.5 * s
    x = [ankle[0], ankle[0], shin[0] + bow, knee[0], thigh[0] + bow, hip[0], hip[0]]
    z = [ankle[2], ankle[2], shin[2] - 0.6 * s, knee[2], thigh[2] + 0.8 * s, hip[2], hip[2]]
    return curve(heights, x, soften=8), curve(heights, z, soften=8)
