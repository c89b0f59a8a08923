"""Puts a stance on a skeleton: which way every bone turns, so that the feet stand flat on the floor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tools.bake_mannequins.arrays import Floats, unit, vector
from tools.bake_mannequins.poses import ArmPlace, FootPlace, Stance
from tools.bake_mannequins.skeleton import about, aimed

X, Y, Z = vector(1, 0, 0), vector(0, 1, 0), vector(0, 0, 1)
# Bones are named from the figure's own side: its right is the viewer's left.
SIDES = (("r", -1.0), ("l", 1.0))
FINGERS = ("index", "middle", "ring", "pinky")
# Shares of a finger's curl at each of its joints, and how much more each finger curls than the one before it.
_KNUCKLES, _MORE = (0.8, 1.3, 1.0), 0.25
_THUMB_CLOSER_DEG = 22.0
_SPINE = ("spine_01", "spine_02", "spine_03")
_STRETCHED = 0.9985  # of its length: a leg that carries weight is all but straight
# Shares of the whole tilt of the shoulders against the pelvis, up the spine.
_SHARES = (0.3, 0.7, 1.0)

Joints = Mapping[str, Floats]


@dataclass(frozen=True)
class Standing:
    """World rotations by bone, and how far the root moves, in the units of the joints."""

    turns: dict[str, Floats]
    shift: Floats


def standing(joints: Joints, stance: Stance, cm: float) -> Standing:
    """`joints` are of the mesh as it comes, with the floor at 0; `cm` is how long a cm of the adult is."""
    turns = _trunk(stance)
    places = {side: _ankle(joints, stance, foot, side, sign, cm) for (side, sign), foot in _each(stance.feet)}
    shift = _shift(joints, turns["pelvis"], places, stance.sway * cm)
    for (side, sign), foot in _each(stance.feet):
        turns |= _leg(joints, turns["pelvis"], shift, places[side], foot, side, sign)
    for (side, sign), arm in zip(SIDES, stance.arms, strict=True):
        turns |= _arm(joints, arm, side, sign)
    return Standing(turns, shift)


def _each(feet: tuple[FootPlace, FootPlace]) -> Iterator[tuple[tuple[str, float], FootPlace]]:
    return zip(SIDES, feet, strict=True)


def _trunk(stance: Stance) -> dict[str, Floats]:
    bent = {
        bone: about(Z, stance.pelvis + (stance.shoulders - stance.pelvis) * share)
        for bone, share in zip(_SPINE, _SHARES, strict=True)
    }
    return bent | {
        "pelvis": about(Z, stance.pelvis),
        "neck_01": about(Z, (stance.shoulders + stance.head) / 2),
        "head": about(Z, stance.head),
    }


def _ankle(joints: Joints, stance: Stance, foot: FootPlace, side: str, sign: float, cm: float) -> Floats:
    rest = joints[f"foot_{side}"]
    return vector(sign * foot.out * cm, rest[1], rest[2] + foot.forward * cm)


def _shift(joints: Joints, pelvis: Floats, ankles: Mapping[str, Floats], sway: float) -> Floats:
    """So that the leg that has farther to go is stretched."""
    drops = []
    for side, ankle in ankles.items():
        hip = joints["pelvis"] + pelvis @ (joints[f"thigh_{side}"] - joints["pelvis"])
        aside = ankle - hip - vector(sway, 0, 0)
        reach = _STRETCHED * sum(_leg_lengths(joints, side))
        drops.append(ankle[1] + np.sqrt(reach**2 - aside[0] ** 2 - aside[2] ** 2) - hip[1])
    return vector(sway, min(drops), 0)


def _leg_lengths(joints: Joints, side: str) -> tuple[float, float]:
    hip, knee, ankle = (joints[f"{bone}_{side}"] for bone in ("thigh", "calf", "foot"))
    return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))


def _leg(
    joints: Joints, pelvis: Floats, shift: Floats, ankle: Floats, foot: FootPlace, side: str, sign: float
) -> dict[str, Floats]:
    """By the law of cosines; the knee bends to where the toes point."""
    rest = [joints[f"{bone}_{side}"] for bone in ("thigh", "calf", "foot")]
    hip = joints["pelvis"] + pelvis @ (rest[0] - joints["pelvis"]) + shift
    upper, lower = _leg_lengths(joints, side)
    line = ankle - hip
    far = min(float(np.linalg.norm(line)), 0.9999 * (upper + lower))
    forward = about(Y, sign * foot.turn) @ Z
    forward = unit(forward - unit(line) * (forward @ unit(line)))
    along = (upper**2 + far**2 - lower**2) / (2 * far)
    knee = hip + unit(line) * along + forward * np.sqrt(max(upper**2 - along**2, 0))
    turn = about(Y, sign * foot.turn)
    own = about(Y, sign * _toes_out(joints, side)).T
    return {
        f"thigh_{side}": aimed(rest[1] - rest[0], knee - hip),
        f"calf_{side}": aimed(rest[2] - rest[1], ankle - knee),
        f"foot_{side}": turn @ own,
    }


def _toes_out(joints: Joints, side: str) -> float:
    x, _, z = joints[f"ball_{side}"] - joints[f"foot_{side}"]
    return float(np.degrees(np.arctan2(abs(x), z)))


def _arm(joints: Joints, arm: ArmPlace, side: str, sign: float) -> dict[str, Floats]:
    flip = vector(sign, 1, 1)
    shoulder, elbow, wrist = (joints[f"{bone}_{side}"] for bone in ("upperarm", "lowerarm", "hand"))
    hand = _hand(joints, arm, side, sign)
    fore = aimed(wrist - elbow, arm.fore * flip)
    return {
        f"upperarm_{side}": aimed(elbow - shoulder, arm.upper * flip),
        f"lowerarm_{side}": _half_twisted(fore, hand, unit(arm.fore * flip)),
        f"hand_{side}": hand,
        **_fingers(joints, hand, arm.curl, side),
    }


def _half_twisted(fore: Floats, hand: Floats, axis: Floats) -> Floats:
    """The forearm, turned about itself half as far as the hand: skin twists along it, not at the wrist."""
    rest = hand @ fore.T
    side = np.cross(axis, Y)
    side /= np.linalg.norm(side)
    seen = rest @ side
    seen = seen - axis * (seen @ axis)
    angle = np.degrees(np.arctan2(np.cross(side, seen) @ axis, side @ seen))
    return about(axis, float(angle) * 0.6) @ fore


def _hand(joints: Joints, arm: ArmPlace, side: str, sign: float) -> Floats:
    flip = vector(sign, 1, 1)
    along = joints[f"middle_01_{side}"] - joints[f"hand_{side}"]
    across = joints[f"index_01_{side}"] - joints[f"pinky_01_{side}"]
    palm = np.cross(along, across) * sign
    return _frame(arm.hand * flip, arm.palm * flip) @ _frame(along, palm).T


def _frame(along: Floats, palm: Floats) -> Floats:
    first = unit(along)
    second = unit(palm - first * (palm @ first))
    return np.column_stack([first, second, np.cross(first, second)])


def _thumb(joints: Joints, side: str) -> Floats:
    """Closer to the fingers than it comes."""
    thumb = joints[f"thumb_02_{side}"] - joints[f"thumb_01_{side}"]
    along = joints[f"index_02_{side}"] - joints[f"index_01_{side}"]
    return about(np.cross(thumb, along), _THUMB_CLOSER_DEG)


def _fingers(joints: Joints, hand: Floats, curl: float, side: str) -> dict[str, Floats]:
    """Each finger closes a little more than the one before it, towards the palm."""
    across = joints[f"index_01_{side}"] - joints[f"pinky_01_{side}"]
    towards = -1.0 if side == "l" else 1.0
    found = {f"thumb_01_{side}": hand @ _thumb(joints, side)}
    for order, finger in enumerate(FINGERS):
        bent = 0.0
        for knuckle, share in enumerate(_KNUCKLES, 1):
            bent += curl * share * (1 + _MORE * order)
            found[f"{finger}_0{knuckle}_{side}"] = hand @ about(across, towards * bent)
    return found
