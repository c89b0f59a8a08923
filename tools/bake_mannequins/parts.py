"""Which part of the figure each bone's skin is."""

import numpy as np

from tools.bake_mannequins.arrays import Floats
from tools.bake_mannequins.skeleton import Rig
from tryon_sandbox.renderer.scene.packs import Part

# By the beginning of a bone's name; what is not here is the trunk, and so is the neck.
_LIMBS = (
    ("upperarm", "UPPER_ARM"), ("lowerarm", "FOREARM"), ("hand", "HAND"), ("index", "HAND"),
    ("middle", "HAND"), ("ring", "HAND"), ("pinky", "HAND"), ("thumb", "HAND"),
    ("thigh", "LEG"), ("calf", "LEG"), ("foot", "LEG"), ("ball", "LEG"),
)  # fmt: skip
ARMS = tuple(range(Part.UPPER_ARM_R, Part.HAND_L + 1))
LEGS = (Part.LEG_R, Part.LEG_L)


def part_of(bone: str) -> Part:
    """The figure's own right is R, as the viewer's left is."""
    if bone == "head":
        return Part.HEAD
    limb = next((limb for start, limb in _LIMBS if bone.startswith(start)), None)
    return Part.TORSO if limb is None else Part[f"{limb}_{bone[-1].upper()}"]


def shares(bones: Rig, count: int) -> Floats:
    """How much of each Part each of `count` vertices is."""
    found = np.zeros((count, len(Part)))
    for bone, (index, weight) in bones.weights.items():
        found[index, int(part_of(bone))] += weight
    return found
