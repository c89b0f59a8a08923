"""How mannequins are posed, on a skeleton of sticks: baking itself needs packages that tests do without."""

import numpy as np
import pytest

from tools.bake_mannequins.arrays import Floats, Ints, vector
from tools.bake_mannequins.poses import STANCES
from tools.bake_mannequins.skeleton import Posed, Rig, about, aimed, posed
from tools.bake_mannequins.standing import FINGERS, SIDES, standing

# By bone: the one it hangs on, and where it begins on the viewer's right; in cm.
TRUNK = {
    "pelvis": ("", (0, 95, 2)),
    "spine_01": ("pelvis", (0, 102, -2)),
    "spine_02": ("spine_01", (0, 108, 0)),
    "spine_03": ("spine_02", (0, 117, 1)),
    "neck_01": ("spine_03", (0, 150, 0)),
    "head": ("neck_01", (0, 162, 5)),
}
LIMBS = {
    "thigh": ("pelvis", (10, 93, 2)),
    "calf": ("thigh", (14, 53, 5)),
    "foot": ("calf", (17, 7, 3)),
    "ball": ("foot", (18, 1, 14)),
    "upperarm": ("spine_03", (17, 140, 2)),
    "lowerarm": ("upperarm", (35, 121, 3)),
    "hand": ("lowerarm", (47, 108, 18)),
    "thumb_01": ("hand", (46, 107, 21)),
    "thumb_02": ("thumb_01", (45, 105, 25)),
} | {
    f"{finger}_0{knuckle}": (
        "hand" if knuckle == 1 else f"{finger}_0{knuckle - 1}",
        (50 + order * 0.7 + knuckle * 2, 105 - order * 0.8 - knuckle * 2, 25 - order * 1.7 + knuckle * 2),
    )
    for order, finger in enumerate(FINGERS)
    for knuckle in (1, 2, 3)
}


def skeleton() -> tuple[Rig, dict[str, Floats]]:
    parents = {bone: parent for bone, (parent, _) in TRUNK.items()}
    joints = {bone: vector(*place) for bone, (_, place) in TRUNK.items()}
    for side, sign in SIDES:
        for bone, (parent, (x, y, z)) in LIMBS.items():
            parents[f"{bone}_{side}"] = parent if parent in TRUNK else f"{parent}_{side}"
            joints[f"{bone}_{side}"] = vector(sign * x, y, z)
    nothing: tuple[Ints, Floats] = np.zeros(0, np.int64), np.zeros(0)
    return Rig(parents, dict.fromkeys(parents, ""), dict.fromkeys(parents, nothing)), joints


def stood(pose: str) -> Posed:
    rig, joints = skeleton()
    found = standing(joints, STANCES[pose], 1.0)
    return posed(rig, joints, np.zeros((1, 3)), found.turns, found.shift)


@pytest.mark.parametrize("pose", STANCES)
def test_both_ankles_stand_where_the_stance_says_and_feet_stay_flat(pose: str) -> None:
    joints = stood(pose).joints
    for (side, sign), foot in zip(SIDES, STANCES[pose].feet, strict=True):
        wanted = (sign * foot.out, 7, 3 + foot.forward)
        assert np.allclose(joints[f"foot_{side}"], wanted, atol=0.1)
        assert joints[f"ball_{side}"][1] == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("pose", STANCES)
def test_no_bone_changes_its_length(pose: str) -> None:
    rig, rest = skeleton()
    joints = stood(pose).joints
    for bone, parent in rig.parents.items():
        if parent:
            before, now = (np.linalg.norm(where[bone] - where[parent]) for where in (rest, joints))
            assert now == pytest.approx(before)


@pytest.mark.parametrize("pose", STANCES)
def test_a_knee_bends_forward_and_never_back(pose: str) -> None:
    joints = stood(pose).joints
    for side, _ in SIDES:
        hip, knee, ankle = (joints[f"{bone}_{side}"] for bone in ("thigh", "calf", "foot"))
        assert knee[2] > hip[2] + (ankle[2] - hip[2]) * (hip[1] - knee[1]) / (hip[1] - ankle[1])


def test_hanging_fingers_close_towards_the_thigh() -> None:
    joints = stood("straight").joints
    for side, sign in SIDES:
        first, second, third = (joints[f"ring_0{knuckle}_{side}"] for knuckle in (1, 2, 3))
        assert sign * (third - second)[0] < sign * (second - first)[0]


def test_the_weight_is_on_the_leg_that_the_hips_are_pushed_over() -> None:
    joints = stood("contrapposto").joints
    assert joints["pelvis"][0] > 1 and joints["thigh_l"][1] > joints["thigh_r"][1]
    bends = {
        side: np.linalg.norm(joints[f"thigh_{side}"] - joints[f"foot_{side}"])
        / sum(
            np.linalg.norm(joints[a] - joints[b])
            for a, b in ((f"thigh_{side}", f"calf_{side}"), (f"calf_{side}", f"foot_{side}"))
        )
        for side, _ in SIDES
    }
    assert bends["l"] > bends["r"]


def test_the_smallest_rotation_brings_one_direction_to_another() -> None:
    start, end = vector(1, 2, 3), vector(-2, 0.5, 1)
    turned = aimed(start, end) @ start
    assert np.allclose(turned / np.linalg.norm(turned), end / np.linalg.norm(end))
    assert np.allclose(aimed(start, start), np.eye(3))
    assert np.allclose(about(vector(0, 0, 1), 90) @ vector(1, 0, 0), (0, 1, 0))
