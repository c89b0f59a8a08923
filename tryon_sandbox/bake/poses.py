"""How a body stands. Lengths are in cm on the adult female figure and scale with the body."""

from dataclasses import dataclass
from enum import StrEnum


class Pose(StrEnum):
    """The stances that are baked."""

    CONTRAPPOSTO = "contrapposto"
    STRAIGHT = "straight"
    HAND_ON_HIP = "hand_on_hip"


@dataclass(frozen=True, slots=True)
class FootPlace:
    """Where an ankle stands: sideways (own offset, share of sway), forward; and how far the toes turn."""

    out: float
    with_sway: float
    forward: float
    turn_deg: float
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Stance:
    """A pose: hips pushed sideways, pelvis and shoulders tilted (rise per cm outward), arms and feet.

    Pairs are for the viewer's left, then the viewer's right.
    """

    sway: float
    pelvis_tilt: float
    shoulder_tilt: float
    head_tilt: float
    feet: tuple[FootPlace, FootPlace]
    arm_raise_deg: tuple[float, float]
    hand_on_hip: bool = False


_AT_EASE = (FootPlace(-8.8, -0.3, 0.0, 14, relaxed=True), FootPlace(5.2, 0.9, -1.0, 10))

STANCES = {
    Pose.CONTRAPPOSTO: Stance(2.6, 0.075, -0.05, 0.05, _AT_EASE, (11, 11)),
    Pose.STRAIGHT: Stance(0, 0, 0, 0, (FootPlace(-7.2, 0, 0, 12), FootPlace(7.2, 0, 0, 12)), (12, 12)),
    Pose.HAND_ON_HIP: Stance(3.0, 0.085, -0.06, -0.06, _AT_EASE, (11, 0), hand_on_hip=True),
}
