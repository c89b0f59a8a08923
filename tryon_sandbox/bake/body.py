"""A whole mannequin: parts, the way they blend, and where its joints are."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.arm import Arm, arm
from tryon_sandbox.bake.curves import Field, as_field
from tryon_sandbox.bake.head import Head, Neck, head, neck
from tryon_sandbox.bake.leg import Leg, leg
from tryon_sandbox.bake.poses import STANCES, Pose
from tryon_sandbox.bake.proportions import BODIES, Proportions
from tryon_sandbox.bake.sdf import Vector, union
from tryon_sandbox.bake.spine import Spine, spine
from tryon_sandbox.bake.torso import Torso, torso
from tryon_sandbox.renderer.scene.packs import Part

FAR = 60.0
SIDES = (("R", -1), ("L", 1))


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances to each part, before they are blended. `parts` is ordered as Part; the neck counts apart."""

    parts: list[Field]
    neck: Field


@dataclass(frozen=True, slots=True)
class Body:
    """A posed mannequin that can be measured."""

    measures: Proportions
    spine: Spine
    torso: Torso
    head: Head
    neck: Neck
    arms: tuple[Arm, Arm]
    legs: tuple[Leg, Leg]

    def distance(self, p: Field) -> Field:
        """Distance of points to the blended surface."""
        return self.blend(p, self.measure(p))

    def measure(self, p: Field) -> Distances:
        """Distances to all parts; parts out of reach of these points are passed over."""
        b = self.measures
        low, high = float(p[1].min()), float(p[1].max())
        far = np.full(p.shape[1], FAR, np.float32)
        in_trunk = high > self.torso.low - 8 and low < b.chin + 12
        parts = [
            self.torso(self.spine.upright(p)) if in_trunk else far,
            self.head(p) if high > b.neck_pit - 6 else far,
        ]
        for a in self.arms:
            parts.append(a.upper_distance(p) if low < a.shoulder[1] + 14 and high > a.elbow[1] - 16 else far)
            parts.append(
                a.fore_distance(p)
                if low < max(a.elbow[1], a.wrist[1]) + 16 and high > a.wrist[1] - 16
                else far
            )
            parts.append(a.hand(p) if low < a.wrist[1] + 16 and high > a.hand.tip[1] - 16 else far)
        parts.extend(one(p) if low < b.hip + 16 else far for one in self.legs)
        return Distances(parts, self.neck(p) if high > b.neck_pit - 16 and low < b.height - 8 else far)

    def blend(self, p: Field, at: Distances) -> Field:
        """One surface from the parts. Radii are in cm; over 3 at the hips leaves a ledge."""
        s, d = self.measures.scale, at.parts
        legs = union(d[Part.LEG_R], d[Part.LEG_L], 1.1 * s)
        whole = union(d[Part.TORSO], legs, 1.5 * s)
        whole = union(whole, union(d[Part.HEAD], at.neck, 1.6 * s), 2.6 * s)
        shoulder = self._shoulder_radius(p[1])
        for a, first in zip(self.arms, (Part.UPPER_ARM_R, Part.UPPER_ARM_L), strict=True):
            whole = union(whole, a.joined(d[first], d[first + 1], d[first + 2], s), shoulder)
        return whole

    def part(self, at: Distances) -> Field:
        """The Part each point belongs to."""
        torso_or_neck = np.minimum(at.parts[Part.TORSO], at.neck + 0.8)
        return as_field(np.stack([torso_or_neck, *at.parts[1:]]).argmin(0))

    def _shoulder_radius(self, y: Field) -> Field:
        """Arms melt into the shoulders, and must not web to the waist: the blend fades below the armpit."""
        s = self.measures.scale
        t = np.clip((y - (self.measures.armpit - 4 * s)) / (10 * s), 0, 1)
        # Eased at both ends: a kink in the radius is a line across the arm.
        return as_field((0.05 + 0.95 * t * t * (3 - 2 * t)) * 4.0 * s)

    def joints(self) -> dict[str, Vector]:
        """Named points in the room. R is the viewer's left, L the viewer's right."""
        b = self.measures
        found = {
            "top": self.spine.place(0, b.height),
            "chin": self.spine.place(0, b.chin),
            "neck": self.spine.place(0, b.neck_pit),
        }
        for (name, _), a, one in zip(SIDES, self.arms, self.legs, strict=True):
            found |= {f"shoulder{name}": a.shoulder, f"elbow{name}": a.elbow, f"wrist{name}": a.wrist}
            found |= {f"hand{name}": a.hand.tip, f"hip{name}": one.hip, f"knee{name}": one.knee}
            found |= {f"ankle{name}": one.ankle, f"toe{name}": one.foot.toe}
        return found


def body(name: str, pose: Pose) -> Body:
    """The body called `name` in proportions.BODIES, posed. Raises KeyError for a name not there."""
    measures, stance = BODIES[name], STANCES[pose]
    back = spine(measures, stance)
    arms = tuple(arm(measures, back, stance, side) for _, side in SIDES)
    legs = tuple(leg(measures, back, stance, side) for _, side in SIDES)
    return Body(
        measures,
        back,
        torso(measures),
        head(measures, back, stance.head_tilt),
        neck(measures, back),
        (arms[0], arms[1]),
        (legs[0], legs[1]),
    )
