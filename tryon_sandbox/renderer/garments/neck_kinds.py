"""What kinds of necklines there are, and how likely each is."""

from collections.abc import Mapping
from enum import StrEnum


class Neck(StrEnum):
    """A neckline as it is cut: lapels and open fronts are collars, and square ones are deep."""

    ROUND = "round"
    DEEP = "deep"
    POINTED = "pointed"
    COLLAR = "collar"
    STANDING = "standing"
    HOOD = "hood"


LOOKS_COLLAR = 0.7
Necks = Mapping[Neck, float]  # shares of 1; empty where nothing was looked at


def is_collar(necks: Necks) -> bool:
    """Whether a look found what stands up around the neck."""
    return necks.get(Neck.COLLAR, 0.0) + necks.get(Neck.STANDING, 0.0) > LOOKS_COLLAR
