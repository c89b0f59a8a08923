"""The light moods: how strong and how warm the lamps are for each style."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tryon_sandbox.renderer.scene.finish import Colour


@dataclass(frozen=True, slots=True)
class Mood:
    """Strength and tint of the key lamp, of the fill opposite it, and of the light from all around."""

    key: float
    key_tint: Colour
    fill: float
    fill_tint: Colour
    around: float
    around_tint: Colour
    deepest_shadow: float


MOODS: Mapping[str, Mood] = MappingProxyType(
    {
        "universal_1": Mood(0.92, (1, 0.985, 0.955), 0.24, (0.93, 0.97, 1.0), 0.14, (1, 1, 1), 0.25),
        "universal_2": Mood(0.80, (1, 0.975, 0.925), 0.30, (0.90, 0.95, 1.0), 0.22, (0.97, 0.985, 1), 0.40),
        "universal_3": Mood(0.98, (1, 0.97, 0.94), 0.22, (1.0, 0.90, 0.83), 0.13, (1, 0.95, 0.91), 0.22),
    }
)
