"""Which bodies are baked: shares of the mesh's morph targets, and how tall the body stands."""

from collections.abc import Mapping
from dataclasses import dataclass

_MACRO = "macrodetails/"
_ETHNICITIES = ("african", "asian", "caucasian")
ADULT_CM = 178.0  # what lengths in the tables of poses and base layer are written for


@dataclass(frozen=True)
class Shape:
    """A body: its height in cm, the share of each morph target by name, and how loose its base layer is."""

    height_cm: float
    targets: Mapping[str, float]
    loose: float = 1.0

    @property
    def scale(self) -> float:
        """Its size against the adult that lengths are written for."""
        return self.height_cm / ADULT_CM


def _adult(gender: str, *, muscle: float, weight: float, ideal: float, legs: float) -> dict[str, float]:
    """`muscle` 0..1 above the average, `weight` -1..1 about it; `ideal` broadens a man's shoulders."""
    build = f"{_MACRO}universal-{gender}-young-"
    heavy = "maxweight" if weight > 0 else "minweight"
    return {
        f"{build}averagemuscle-averageweight": 1 - muscle - abs(weight),
        f"{build}maxmuscle-averageweight": muscle,
        f"{build}averagemuscle-{heavy}": abs(weight),
        f"{_MACRO}proportions/{gender}-young-averagemuscle-averageweight-idealproportions": ideal,
        "legs/upperlegs-height-incr": legs,
        "legs/lowerlegs-height-incr": legs,
    } | {f"{_MACRO}{who}-{gender}-young": 1 / 3 for who in _ETHNICITIES}


def _child(age: float) -> dict[str, float]:
    """`age` 0..1 from the one-year-old of the targets to the ten-year-old; half a girl, half a boy."""
    shares = {"child": age, "baby": 1 - age}
    found = {
        f"{_MACRO}universal-{gender}-{stage}-{muscle}muscle-averageweight": share / 4
        for gender in ("female", "male")
        for muscle in ("min", "average")
        for stage, share in shares.items()
    }
    return found | {
        f"{_MACRO}{who}-{gender}-{stage}": share / 6
        for who in _ETHNICITIES
        for gender in ("female", "male")
        for stage, share in shares.items()
    }


# Lids closed, as a sculpted head has them.
_CLOSED = {
    f"expression/units/{who}/eye-{side}-closure": 1 / 3 for who in _ETHNICITIES for side in ("left", "right")
}

# What does not show through cloth.
_PLAIN = {
    "breast/nipple-point-decr": 1.0,
    "breast/nipple-size-decr": 1.0,
    "pelvis/bulge-decr": 1.0,
    "stomach/stomach-navel-out": 0.5,
} | {f"hands/{side}-hand-fingers-distance-decr": 0.6 for side in "lr"}
_SMALL_BUST = {
    f"breast/female-young-averagemuscle-{weight}weight-mincup-averagefirmness": 0.35
    for weight in ("average", "min")
}
_NARROWER = {"torso/measure-shoulder-dist-decr": 0.3}


def _longer_arms(upper: float, lower: float) -> dict[str, float]:
    """The mesh's arms end above the middle of the thigh."""
    return {"arms/measure-upperarm-length-incr": upper, "arms/measure-lowerarm-length-incr": lower}


def _full_face(share: float) -> dict[str, float]:
    """Fuller bodies have fuller faces, and are told by them when their clothes hide the rest."""
    return {"head/head-fat-incr": share, "head/head-round": share / 2}


_FEMALE = _longer_arms(0.5, 0.3) | _CLOSED | _PLAIN
_MALE = _longer_arms(0.45, 0.0) | _CLOSED | _PLAIN

BODIES: Mapping[str, Shape] = {
    "female_slim": Shape(
        178, _adult("female", muscle=0, weight=-0.45, ideal=0.9, legs=0.25) | _SMALL_BUST | _FEMALE
    ),
    "male_slim": Shape(
        187, _adult("male", muscle=0.1, weight=-0.30, ideal=0.1, legs=0.1) | _NARROWER | _MALE
    ),
    "female_curvy": Shape(
        173, _adult("female", muscle=0, weight=0.62, ideal=0.6, legs=0.12) | _full_face(0.6) | _FEMALE
    ),
    "male_curvy": Shape(
        182, _adult("male", muscle=0, weight=0.42, ideal=0.2, legs=0.0) | _full_face(0.6) | _MALE
    ),
    "child": Shape(122, _child(0.75) | _longer_arms(0.15, 0.0) | _CLOSED | _PLAIN, loose=2.0),
}
