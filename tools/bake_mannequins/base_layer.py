"""The mannequin's own clothes: a fitted tank top and leggings or shorts, cloth and not skin.

Hems are distances in cm along the body, positive under the cloth, so that they are sharp at any size and
their stitching can be drawn beside them. They are measured on the body as it stands straight.
"""

from collections.abc import Mapping

import numpy as np

from tools.bake_mannequins.arrays import Floats, Ints, eased
from tools.bake_mannequins.bodies import Shape
from tools.bake_mannequins.parts import ARMS
from tools.bake_mannequins.surface import normals, smoothed
from tryon_sandbox.renderer.scene.packs import HEM_REACH_CM, Part

CLOTH_CM = 0.3  # that cloth stands off the skin
EDGE_CM = 2.0  # over which it rises from its hem
# What is smaller than this is drawn over: on the trunk, round the hips, down the legs.
TRUNK_CM, HIPS_CM, LEGS_CM = 2.8, 2.6, 1.0
# Where an arm or the head crosses the cloth there is no hem, so the field is steep.
CROSSING_CM = 30.0


def hems(places: Floats, shares: Floats, joints: Mapping[str, Floats], shape: Shape) -> Floats:
    """(n, 3): under the vest, under the leggings, and above where leggings cut short end."""
    x, y, z = np.abs(places[:, 0]), places[:, 1], places[:, 2]
    s = shape.scale
    not_arm = (0.45 - shares[:, ARMS].sum(1)) * CROSSING_CM
    not_head = (0.6 - shares[:, Part.HEAD]) * CROSSING_CM
    vest = np.minimum.reduce([_neckline(x, y, z, joints, s), _armhole(x, y, joints, s), not_arm, not_head])
    hem = _vest_hem(joints, s)
    vest = np.minimum(vest, y - hem)
    ankle, knee, crotch = joints["foot_l"][1], joints["calf_l"][1], joints["thigh_l"][1] - 6 * s
    leggings = np.minimum.reduce([hem + 6 * s - y, y - (ankle + 7 * s), not_arm])
    shorts = np.minimum(y - (knee + 0.42 * (crotch - knee)), not_arm)
    fields = np.stack([vest, leggings, shorts], 1)
    return np.asarray(np.clip(fields, -HEM_REACH_CM, HEM_REACH_CM), np.float64)


def _vest_hem(joints: Mapping[str, Floats], s: float) -> float:
    hip, waist = joints["thigh_l"][1] + s, joints["spine_01"][1] + 6 * s
    return float(hip + 0.35 * (waist - hip))


def _neckline(x: Floats, y: Floats, z: Floats, joints: Mapping[str, Floats], s: float) -> Floats:
    """A scoop just under the collarbones that rises to the straps; high and flat at the back."""
    pit, half = joints["neck_01"][1] - s, 10 * s
    scoop = pit - 4.5 * s + 6.5 * s * (np.minimum(x, 1.3 * half) / half) ** 2.6
    behind = pit + 3 * s
    height = behind + (scoop - behind) * np.clip((z + 5 * s) / (4 * s), 0, 1)
    below = height - y
    return np.asarray(np.where(below > 0, below, np.maximum(below, x - half)), np.float64)


def _armhole(x: Floats, y: Floats, joints: Mapping[str, Floats], s: float) -> Floats:
    shoulder = joints["upperarm_l"]
    top, pit = shoulder[1], shoulder[1] - 10 * s
    edge = np.interp(
        y,
        [pit - 4 * s, pit - s, pit + 3 * s, top - 3 * s, top + 4 * s],
        [shoulder[0] * share for share in (1.6, 1.02, 0.84, 0.76, 0.73)],
    )
    return np.asarray((edge - x) * 0.8, np.float64)


def dressed(places: Floats, faces: Ints, hem: Floats, shape: Shape) -> Floats:
    """The coarse surface with its cloth on: a little off the skin, and without what shows only on skin."""
    trunk, legs = eased(hem[:, 0] / EDGE_CM), eased(np.minimum(hem[:, 1], hem[:, 2]) / EDGE_CM)
    shins = eased(hem[:, 1] / EDGE_CM)
    cloth = np.maximum(trunk, shins)
    reach = np.maximum.reduce([trunk * TRUNK_CM, legs * HIPS_CM, shins * LEGS_CM]) * shape.scale * shape.loose
    surface = smoothed(places, faces, reach)
    return np.asarray(surface + normals(surface, faces) * (CLOTH_CM * cloth)[:, None], np.float64)
