"""Who models: the named figures, and which mannequin stands for a figure in each picture of a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Figure:
    """A model by name or by description, in the words of the Aidge page."""

    name: str = ""
    gender: str = "female"
    style: str = "universal_1"
    age: str = "youngadult"
    body: str = "slim"


class Casting(NamedTuple):
    """What `mannequins.load` needs to know: who, how staged, in which finish."""

    figure_id: str
    pose: str
    finish: str


def _figures(*figures: Figure) -> Mapping[str, Figure]:
    return MappingProxyType({figure.name: figure for figure in figures})


LIBRARY = _figures(
    Figure("James", "male"),
    Figure("Ariel", "female"),
    Figure("Zuri", "female", "universal_2"),
    Figure("Mila", "female"),
    Figure("Theo", "male", "universal_2"),
    Figure("Nora", "female", body="curvy"),
    Figure("Kofi", "male"),
    Figure("Sam", "male", age="children"),
    Figure("Ines", "female", "universal_3"),
    Figure("Hugo", "male", body="curvy"),
    Figure("Lina", "female", age="children"),
    Figure("Amara", "female", "universal_3", body="curvy"),
    Figure("Ravi", "male", "universal_2"),
    Figure("Noor", "female", "universal_2"),
    Figure("Otto", "male", "universal_3", body="curvy"),
    Figure("Mei", "female", "universal_1", age="children"),
)

# What each named figure is made of, and how it likes to stand first.
_SELVES: Mapping[str, tuple[str, str]] = {
    "James": ("warm", "straight"),
    "Ariel": ("porcelain", "contrapposto"),
    "Zuri": ("espresso", "contrapposto"),
    "Mila": ("warm", "hand_on_hip"),
    "Theo": ("grey", "straight"),
    "Nora": ("tan", "contrapposto"),
    "Kofi": ("espresso", "contrapposto"),
    "Sam": ("rose", "straight"),
    "Ines": ("rose", "hand_on_hip"),
    "Hugo": ("honey", "contrapposto"),
    "Lina": ("warm", "contrapposto"),
    "Amara": ("espresso", "hand_on_hip"),
    "Ravi": ("tan", "contrapposto"),
    "Noor": ("honey", "straight"),
    "Otto": ("porcelain", "straight"),
    "Mei": ("porcelain", "straight"),
}

# Described figures have no self: their pictures go round the finishes.
_FINISHES = ("warm", "espresso", "porcelain", "tan", "rose", "honey", "grey", "black")
# A child is not put into shop-window lacquer.
_CHILD_FINISHES = ("rose", "warm", "tan", "porcelain", "honey")
# Neighbours differ in pose, and no two are framed alike.
_ORDER = (
    "contrapposto", "hand_on_hip", "straight", "contrapposto_turned",
    "hand_on_hip_turned", "straight_near", "contrapposto_far", "hand_on_hip_far",
)  # fmt: skip

_CHILDREN = {"female": "girl", "male": "boy"}


def cast(figure: Figure, index: int) -> Casting:
    """Who stands in the index-th picture of a job. Eight pictures in a row, 0..7, are all different.

    A named figure keeps its finish and starts in its own pose; a described one changes finish too.
    Raises KeyError for a name, or a gender, that is none.
    """
    who = _CHILDREN[figure.gender] if figure.age == "children" else f"{figure.gender}_{figure.body}"
    if figure.name:
        finish, first = _SELVES[figure.name]
        return Casting(who, _ORDER[(_ORDER.index(first) + index) % len(_ORDER)], finish)
    finishes = _CHILD_FINISHES if figure.age == "children" else _FINISHES
    return Casting(who, _ORDER[index % len(_ORDER)], finishes[index % len(finishes)])
