"""What a mannequin is made of and what it wears underneath: colours of finishes and of the base layer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Finish:
    """Colours are display values, 0..1. `gloss` is how much of the softboxes is reflected."""

    surface: Colour
    gloss: float
    top: Colour
    legs: Colour


@dataclass(frozen=True, slots=True)
class Outfit:
    """A base layer of its own: its two colours, and whether it is always cut above the knee."""

    top: Colour
    legs: Colour
    shorts: bool

    def on(self, finish: Finish) -> Finish:
        """The finish, dressed in this outfit."""
        return replace(finish, top=self.top, legs=self.legs)


# Both children have one body: what they wear underneath tells a girl from a boy.
GIRLS = Outfit((0.74, 0.56, 0.60), (0.42, 0.34, 0.40), shorts=False)
BOYS = Outfit((0.47, 0.56, 0.64), (0.24, 0.30, 0.38), shorts=True)

_STONE: Colour = (0.70, 0.69, 0.67)
_CHARCOAL: Colour = (0.30, 0.305, 0.32)
_OAT: Colour = (0.83, 0.80, 0.745)
# Leggings of what is coloured like skin are cool: in a warm tone they look sheer.
_SLATE: Colour = (0.36, 0.385, 0.42)

FINISHES: Mapping[str, Finish] = MappingProxyType(
    {
        "porcelain": Finish((0.90, 0.885, 0.865), 0.35, (0.63, 0.63, 0.635), (0.37, 0.38, 0.40)),
        "warm": Finish((0.80, 0.655, 0.545), 0.25, _OAT, _SLATE),
        "tan": Finish((0.62, 0.44, 0.33), 0.28, _OAT, (0.27, 0.29, 0.325)),
        "espresso": Finish((0.33, 0.215, 0.16), 0.35, _OAT, (0.53, 0.545, 0.56)),
        "grey": Finish((0.74, 0.745, 0.755), 0.30, _CHARCOAL, (0.25, 0.255, 0.27)),
        "black": Finish((0.10, 0.10, 0.105), 0.60, _STONE, (0.44, 0.44, 0.445)),
        "rose": Finish((0.87, 0.75, 0.69), 0.25, (0.66, 0.64, 0.625), _SLATE),
        "honey": Finish((0.71, 0.545, 0.415), 0.26, (0.80, 0.78, 0.745), (0.33, 0.355, 0.39)),
    }
)
