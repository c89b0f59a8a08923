"""The line the trunk follows: pushed sideways and tilted by the stance."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Curve, Field, curve
from tryon_sandbox.bake.poses import Stance
from tryon_sandbox.bake.proportions import Proportions
from tryon_sandbox.bake.sdf import Vector, vector


@dataclass(frozen=True, slots=True)
class Spine:
    """Maps between an upright trunk and the posed one: x is shifted, y rises with x."""

    shift: Curve
    rise: Curve

    def place(self, x: float, y: float, z: float = 0.0) -> Vector:
        """Where a point of the upright body stands in the pose."""
        return vector(x + self.shift.at(y), y + self.rise.at(y) * x, z)

    def upright(self, p: Field) -> Field:
        """Posed points, back on the upright trunk."""
        x = p[0] - self.shift(p[1])
        return np.stack([x, p[1] - self.rise(p[1]) * x, p[2]])


def spine(body: Proportions, stance: Stance) -> Spine:
    """The spine of a body in a stance."""
    sway = stance.sway * body.scale
    pelvis, shoulders = stance.pelvis_tilt, stance.shoulder_tilt
    return Spine(
        curve(
            [0, body.crotch, body.hip, body.waist, body.bust, body.neck_pit, body.height],
            [sway * k for k in (0.5, 1, 1, 0.45, -0.1, 0.05, 0.15)],
            soften=8,
        ),
        curve(
            [0, body.crotch, body.waist - 3, body.underbust, body.acromion, body.height],
            [pelvis, pelvis, pelvis * 0.5, shoulders * 0.5, shoulders, shoulders * 0.4],
            soften=8,
        ),
    )
