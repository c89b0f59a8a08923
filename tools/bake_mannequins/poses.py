"""How a body stands: the stances that are baked, in cm of the adult and degrees."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.bake_mannequins.arrays import Floats, vector


@dataclass(frozen=True)
class FootPlace:
    """Where an ankle stands, out from the middle and forward, how far the toes turn out, and to where."""

    out: float
    forward: float
    turn: float


@dataclass(frozen=True)
class ArmPlace:
    """Directions of upper arm, forearm, hand and palm, for the arm on the viewer's right."""

    upper: Floats
    fore: Floats
    hand: Floats
    palm: Floats
    curl: float = 9.0


@dataclass(frozen=True)
class Stance:
    """Pelvis pushed sideways and tilted, shoulders and head tilted; viewer's left limb, then the right one.

    `straight` says which leg carries the weight, or both. Positive tilts raise the viewer's right.
    """

    sway: float
    pelvis: float
    shoulders: float
    head: float
    feet: tuple[FootPlace, FootPlace]
    arms: tuple[ArmPlace, ArmPlace]


_HANGING = ArmPlace(
    upper=vector(0.20, -1.0, -0.03),
    fore=vector(0.10, -1.0, 0.26),
    hand=vector(0.00, -1.0, 0.24),
    palm=vector(-1.0, -0.05, -0.25),
)
_AT_EASE = ArmPlace(
    upper=vector(0.25, -1.0, -0.06),
    fore=vector(0.15, -1.0, 0.32),
    hand=vector(0.04, -1.0, 0.28),
    palm=vector(-1.0, -0.05, -0.30),
    curl=13.0,
)
_ON_HIP = ArmPlace(
    upper=vector(0.74, -0.78, -0.24),
    fore=vector(-0.60, -0.46, 0.42),
    hand=vector(-0.28, -0.74, 0.60),
    palm=vector(-0.95, 0.05, -0.35),
    curl=8.0,
)
_RELAXED = (FootPlace(9.4, 3.0, 15), FootPlace(7.4, -1.0, 9))

STANCES: Mapping[str, Stance] = {
    "contrapposto": Stance(2.4, 3.6, -2.4, -2.0, _RELAXED, (_AT_EASE, _HANGING)),
    "straight": Stance(0, 0, 0, 0, (FootPlace(8.4, 0, 9), FootPlace(8.4, 0, 9)), (_HANGING, _HANGING)),
    "hand_on_hip": Stance(2.8, 4.2, -2.8, 2.0, _RELAXED, (_AT_EASE, _ON_HIP)),
}
