"""No skin may peek out beside cloth that ought to cover it: gaps are painted with the cloth around them."""

import numpy as np

from tryon_sandbox.studio.body import FOREARM, TORSO, UPPER_ARM, Body
from tryon_sandbox.studio.curves import Points
from tryon_sandbox.studio.fit_sleeve import Sleeve
from tryon_sandbox.studio.raster import Floats, Mask, blur, floats, soft
from tryon_sandbox.studio.sides import Side
from tryon_sandbox.studio.warp import Cloth

ARMPIT_REACH = 7.0  # units around the armpit in which nothing but cloth is seen


def over_arm(cloth: Cloth, sleeve: Sleeve, armpit: Points, trunk: Floats, body: Body, side: Side) -> Cloth:
    """The sleeve, closed over its stretch of the arm and at the armpit."""
    arm = body.where(UPPER_ARM[side.limb], FOREARM[side.limb]) & _before_cuff(sleeve, body)
    down, right = np.mgrid[0 : body.shape[0], 0 : body.shape[1]]
    near = np.hypot(right - armpit[0], down - armpit[1]) < ARMPIT_REACH * body.unit
    gap = near & (trunk < 0.9) & (down > armpit[1] - 2 * body.unit) & body.where(TORSO, UPPER_ARM[side.limb])
    return closed(cloth, arm | gap, body)


def closed(cloth: Cloth, wanted: Mask, body: Body) -> Cloth:
    """The cloth also over `wanted`, in the colours that surround it."""
    solid = np.clip((soft(wanted & (body.alpha > 0.5), 0.8) - 0.5) * 2 + 0.35, 0, 1) * body.alpha
    hole = floats(solid * (1 - cloth.alpha))
    if float(hole.max()) < 0.02:
        return cloth
    weight = blur(cloth.alpha, 1.5 * body.unit)[..., None]
    around = blur(floats(cloth.rgb * cloth.alpha[..., None]), 1.5 * body.unit) / np.maximum(weight, 0.02)
    hole = hole * (weight[..., 0] > 0.02)
    total = np.maximum(cloth.alpha + hole, 0.02)[..., None]
    rgb = (cloth.rgb * cloth.alpha[..., None] + around * hole[..., None]) / total
    return Cloth(floats(rgb), floats(np.clip(cloth.alpha + hole, 0, 1)))


def _before_cuff(sleeve: Sleeve, body: Body) -> Mask:
    """The half plane on the shoulder's side of the cuff."""
    down, right = np.mgrid[0 : body.shape[0], 0 : body.shape[1]]
    _, middle, cuff = sleeve.spine
    line = (cuff - middle) / (np.hypot(*(cuff - middle)) + 1e-9)
    beyond = (right - cuff[0]) * line[0] + (down - cuff[1]) * line[1]
    return np.asarray(beyond < -0.4 * body.unit, np.bool_)
