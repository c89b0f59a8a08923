"""An arm: shoulder, elbow, wrist and hand, hanging or bent to the hip."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Field
from tryon_sandbox.bake.hand import Hand, hand
from tryon_sandbox.bake.limb import Limb, limb
from tryon_sandbox.bake.poses import Stance
from tryon_sandbox.bake.proportions import Proportions
from tryon_sandbox.bake.sdf import Vector, ball, union, unit, vector
from tryon_sandbox.bake.spine import Spine

# Radii per cm of the arm's own size, drawn on an arm of 4 cm. See limb.Profile.
_UPPER = (
    (0, 1.6, 1.6, 1.8, 1.8),
    (0.05, 3.0, 2.9, 3.2, 3.3),
    (0.14, 4.4, 3.8, 4.35, 4.45),
    (0.27, 4.55, 3.9, 4.6, 4.7),
    (0.5, 3.75, 3.8, 4.5, 4.5),
    (0.75, 3.3, 3.4, 3.9, 4.1),
    (1, 3.1, 3.1, 3.3, 3.4),
    (1.08, 2.6, 2.6, 2.6, 2.6),
)
_FORE = (
    (-0.08, 2.6, 2.6, 2.6, 2.6),
    (0, 3.15, 3.2, 3.3, 3.4),
    (0.22, 3.7, 3.6, 3.8, 3.9),
    (0.5, 3.3, 3.1, 3.4, 3.4),
    (0.8, 2.35, 2.2, 2.6, 2.6),
    (1, 1.9, 1.9, 2.5, 2.4),
    (1.1, 1.6, 1.6, 2.2, 2.2),
)
_DRAWN_ON = 4.0


@dataclass(frozen=True, slots=True)
class Arm:
    """The parts of one arm; joints are in the room."""

    shoulder: Vector
    elbow: Vector
    wrist: Vector
    size: float
    side: int
    upper: Limb
    fore: Limb
    hand: Hand
    elbow_radius: float

    def upper_distance(self, p: Field) -> Field:
        """Distance to the upper arm, rounded off at the shoulder and the elbow."""
        cap = self.shoulder + vector(-self.side * 0.5, -0.8, 0) * self.size
        rounded = union(self.upper(p), ball(p, cap, 4.0 * self.size), 2.0 * self.size)
        return union(rounded, ball(p, self.elbow, self.elbow_radius * self.size), 0.5 * self.size)

    def fore_distance(self, p: Field) -> Field:
        """Distance to the forearm, rounded off at the wrist."""
        return union(self.fore(p), ball(p, self.wrist, 2.05 * self.size), 0.8 * self.size)

    def joined(self, upper: Field, fore: Field, hand_: Field, scale: float) -> Field:
        """The whole arm from its parts' distances. The joints stay just visible: it is a mannequin."""
        return union(union(upper, fore, 0.7 * scale), hand_, 0.9 * scale)


def arm(b: Proportions, spine: Spine, stance: Stance, side: int) -> Arm:
    """The arm on one side: -1 is the viewer's left, 1 the viewer's right."""
    s = b.scale
    shoulder = spine.place(side * (b.shoulder_width + 0.3 * s), b.acromion - 4.3 * s, -1.2 * s)
    bent = stance.hand_on_hip and side > 0
    elbow, wrist = _to_hip(b, spine, shoulder) if bent else _hanging(b, shoulder, stance, side)
    size = b.arm / _DRAWN_ON
    return Arm(
        shoulder,
        elbow,
        wrist,
        size,
        side,
        limb(shoulder, elbow, _UPPER, size, side),
        limb(elbow, wrist, _FORE, size, side),
        _hand_on_hip(b, wrist) if bent else _hand_at_ease(b, elbow, wrist, side),
        # Bent, the ends of both lofts would show through a smaller ball.
        3.36 if bent else 3.12,
    )


def _hanging(b: Proportions, shoulder: Vector, stance: Stance, side: int) -> tuple[Vector, Vector]:
    raised = stance.arm_raise_deg[0 if side < 0 else 1]
    out, out_below = np.radians(raised), np.radians(raised - 3.5)
    elbow = shoulder + b.upper_arm * unit(vector(side * np.sin(out), -np.cos(out), 0))
    # A relaxed forearm swings a little forward.
    return elbow, elbow + b.forearm * unit(vector(side * np.sin(out_below), -np.cos(out_below), 0.17))


def _to_hip(b: Proportions, spine: Spine, shoulder: Vector) -> tuple[Vector, Vector]:
    """Two bones that end at the waist; the elbow points out and a little back."""
    s = b.scale
    wrist = spine.place(b.waist_width + 0.68 * b.arm, b.waist - 1.5 * s, 0.62 * b.front.belly - 1.6 * s)
    span = wrist - shoulder
    reach = float(np.linalg.norm(span))
    along = (b.upper_arm**2 - b.forearm**2 + reach**2) / (2 * reach)
    off = np.sqrt(max(b.upper_arm**2 - along**2, 0.0))
    outward = vector(1.0, 0.15, -0.35)
    bulge = unit(outward - unit(span) * float(unit(span) @ outward))
    return shoulder + unit(span) * along + bulge * off, wrist


def _hand_at_ease(b: Proportions, elbow: Vector, wrist: Vector, side: int) -> Hand:
    inward = vector(-side, 0, 0)
    down = unit(wrist - elbow) + vector(-side * 0.06, -0.25, 0.05)
    return hand(wrist, down, inward * 0.45 + vector(0, 0, 1), inward, b.hand, curl=0.35)


def _hand_on_hip(b: Proportions, wrist: Vector) -> Hand:
    return hand(
        wrist, vector(-0.52, -0.80, 0.32), vector(0.3, -0.2, 1), vector(-0.8, 0, -0.5), b.hand, curl=0.2
    )
