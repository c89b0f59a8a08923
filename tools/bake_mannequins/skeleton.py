"""Bones: where the joints of a shaped body are, and how its skin follows them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.bake_mannequins.arrays import Floats, Ints
from tools.bake_mannequins.source import RIG, WEIGHTS, BaseMesh, Source

Turns = Mapping[str, Floats]  # world rotation by bone; a bone not named turns as its parent does


@dataclass(frozen=True)
class Rig:
    """Bones with their parents, parents first, and each bone's vertices with their weights."""

    parents: Mapping[str, str]
    cubes: Mapping[str, str]
    weights: Mapping[str, tuple[Ints, Floats]]

    def joints(self, mesh: BaseMesh, vertices: Floats) -> dict[str, Floats]:
        """Where each bone begins."""
        return {
            bone: vertices[mesh.cubes[cube]].mean(0) if cube else np.zeros(3)
            for bone, cube in self.cubes.items()
        }


def rig(source: Source) -> Rig:
    """The rig that the wheel carries."""
    bones = source.table(RIG)
    weights = source.table(WEIGHTS)["weights"]
    ordered: list[str] = []
    while len(ordered) < len(bones):
        ordered += [b for b in bones if b not in ordered and bones[b]["parent"] in ("", None, *ordered)]
    return Rig(
        {bone: bones[bone]["parent"] or "" for bone in ordered},
        {bone: bones[bone]["head"].get("cube_name", "") for bone in ordered},
        {bone: _pairs(weights.get(bone) or []) for bone in ordered},
    )


def _pairs(rows: list[list[float]]) -> tuple[Ints, Floats]:
    table = np.array(rows, np.float64).reshape(-1, 2)
    return table[:, 0].astype(np.int64), table[:, 1]


@dataclass(frozen=True)
class Posed:
    """Vertices and joints in their new places."""

    vertices: Floats
    joints: dict[str, Floats]


def posed(bones: Rig, joints: Mapping[str, Floats], vertices: Floats, turns: Turns, shift: Floats) -> Posed:
    """By linear blend skinning; the root moves by `shift`."""
    turn: dict[str, Floats] = {}
    place: dict[str, Floats] = {}
    moved = np.zeros_like(vertices)
    total = np.zeros(len(vertices))
    for bone, parent in bones.parents.items():
        above = turn.get(parent, np.eye(3))
        turn[bone] = turns.get(bone, above)
        place[bone] = (
            place[parent] + above @ (joints[bone] - joints[parent]) if parent else joints[bone] + shift
        )
        index, weight = bones.weights[bone]
        at = (vertices[index] - joints[bone]) @ turn[bone].T + place[bone]
        np.add.at(moved, index, at * weight[:, None])
        np.add.at(total, index, weight)
    bound = total > 1e-6
    moved[bound] /= total[bound, None]
    moved[~bound] = vertices[~bound] + shift
    return Posed(moved, place)


def about(axis: Floats, degrees: float) -> Floats:
    """The rotation about an axis."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.radians(degrees)
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross, np.float64)


def aimed(start: Floats, end: Floats) -> Floats:
    """The smallest rotation that brings one direction to another."""
    a, b = start / np.linalg.norm(start), end / np.linalg.norm(end)
    axis = np.cross(a, b)
    if np.linalg.norm(axis) < 1e-9:
        return np.eye(3)
    return about(axis, float(np.degrees(np.arccos(np.clip(a @ b, -1, 1)))))
