"""The trunk: one loft from crotch to shoulders, with trapezius and chest added."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Curve, Field, as_field, curve
from tryon_sandbox.bake.proportions import Depths, Proportions
from tryon_sandbox.bake.sdf import capped, capsule, ellipsoid, section, union, vector

# Between an ellipse (2) and a box: what a tailor's form measures.
TRUNK_EXPONENT = 2.35


@dataclass(frozen=True, slots=True)
class Torso:
    """Measures the upright trunk."""

    body: Proportions
    width: Curve
    front: Curve
    back: Curve
    widening: Curve
    low: float
    high: float

    def __call__(self, p: Field) -> Field:
        """Distance of points already put upright by the spine."""
        x, y, z = p
        depth = np.where(z > 0, self.front(y), self.back(y))
        distance = section(x, z, self.width(y), depth, TRUNK_EXPONENT)
        # Where the section widens fast its plane distance is longer than the true one.
        distance = as_field(distance / np.sqrt(1 + np.clip(self.widening(y), -3, 3) ** 2))
        distance = capped(distance, np.maximum(self.low - y, y - self.high))
        for side in (-1, 1):
            distance = self._with_muscles(distance, p, side)
        return distance

    def _with_muscles(self, distance: Field, p: Field, side: int) -> Field:
        b, s = self.body, self.body.scale
        inner = vector(side * 2.0 * s, b.neck_pit + 3.6 * s, -3.4 * s)
        outer = vector(side * b.shoulder_width * 0.80, b.acromion - 1.9 * s, -2.4 * s)
        distance = union(distance, capsule(p, inner, outer, 2.0 * s * b.neck / 4.9, 2.9 * s), 4.0 * s)
        if b.breast:
            centre = vector(side * b.chest_width * 0.47, b.bust - 0.6 * s, b.front.chest - 2.7 * s)
            return union(distance, ellipsoid(p, centre, b.breast * vector(1, 1.02, 1)), 3.4 * s)
        if b.pectoral:
            centre = vector(side * b.pectoral * 0.93, b.bust + 1.5, b.front.chest - 4.6)
            return union(distance, ellipsoid(p, centre, b.pectoral * vector(1, 0.78, 0.65)), 3.2)
        return distance


def torso(b: Proportions) -> Torso:
    """The trunk of a body."""
    s = b.scale
    high_hip = (b.hip + b.waist) / 2 + 1
    stations = [
        b.crotch - 4.5 * s, b.crotch - 2.2 * s, b.crotch, b.hip, high_hip, (high_hip + b.waist) / 2, b.waist,
        (b.waist + b.underbust) / 2, b.underbust, b.bust, b.armpit, b.armpit + 4 * s, b.acromion - 3 * s,
        b.acromion, b.acromion + 2 * s, b.acromion + 5 * s, b.acromion + 9 * s,
    ]  # fmt: skip
    shoulder = b.shoulder_width
    width = [
        0.5, 4.2 * s, b.hip_width * 0.74, b.hip_width, b.high_hip_width,
        (b.high_hip_width + b.waist_width) / 2 - 0.4 * s, b.waist_width,
        (b.waist_width + b.underbust_width) / 2 - 0.25 * s, b.underbust_width, b.chest_width,
        b.chest_width + 0.4 * s, (b.chest_width + shoulder) / 2,
        shoulder * 0.96, shoulder * 0.82, shoulder * 0.5,
        b.neck * 0.8, 0.5,
    ]  # fmt: skip
    across = curve(stations, width)
    front = _depths(b.front, 4.4 * s, 0.82, (1, 0.96, 0.82, 0.62, 0.42, 0.26, 0.14), 0.5)
    back = _depths(b.back, 4.0 * s, 0.86, (1, 1.02, 0.98, 0.84, 0.66, 0.5, 0.4), 0.5)
    return Torso(
        b, across, curve(stations, front), curve(stations, back), across.slope(), stations[0], stations[-1]
    )


def _depths(d: Depths, low: float, seat: float, upper: tuple[float, ...], end: float) -> list[float]:
    """Half depths at the stations: from the crotch, through the seat and waist, fading over the shoulders."""
    belly_side, rib_side = (d.belly + d.waist) / 2, (d.waist + d.underbust) / 2
    lower = [0.5, low, d.hip * seat, d.hip, d.belly, belly_side, d.waist, rib_side, d.underbust]
    return [*lower, *(d.chest * k for k in upper), end]
