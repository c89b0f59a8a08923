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
        "straight": Staging("straight", 1.0, -0.03),
        "hand_on_hip": Staging("hand_on_hip", 1.0, 0.02),
        "contrapposto_turned": Staging("contrapposto", 1.045, -0.06, mirrored=True),
        "hand_on_hip_turned": Staging("hand_on_hip", 0.96, 0.06, mirrored=True),
        "straight_near": Staging("straight", 1.05, 0.05, mirrored=True),
        "contrapposto_far": Staging("contrapposto", 0.94, 0.07),
        "hand_on_hip_far": Staging("hand_on_hip", 0.93, -0.08),
    }
)
