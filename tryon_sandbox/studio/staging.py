"""How a mannequin is put before the camera: a baked pose, and a small change of framing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Staging:
    """`closer` above 1 comes nearer; `aside` moves the figure by that share of the width."""

    pose: str
    closer: float = 1.0
    aside: float = 0.0
    mirrored: bool = False


STAGINGS: Mapping[str, Staging] = MappingProxyType(
    {
        "contrapposto": Staging("contrapposto"),
        "straight": Staging("straight"),
        "hand_on_hip": Staging("hand_on_hip"),
        "contrapposto_turned": Staging("contrapposto", 1.015, -0.012, mirrored=True),
        "hand_on_hip_turned": Staging("hand_on_hip", 0.99, 0.015, mirrored=True),
        "straight_near": Staging("straight", 1.045, 0.012, mirrored=True),
        "contrapposto_near": Staging("contrapposto", 1.055, 0.015),
        "hand_on_hip_far": Staging("hand_on_hip", 0.955, -0.02),
    }
)
