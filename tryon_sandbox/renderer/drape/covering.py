"""No skin may peek out beside cloth that ought to cover it: gaps are painted with the cloth around them."""

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.drape.fit_sleeve import Sleeve
from tryon_sandbox.renderer.drape.layers import arms_come_forward
from tryon_sandbox.renderer.drape.warp import Cloth
from tryon_sandbox.renderer.raster import Floats, Mask, blur, channels, floats, soft
from tryon_sandbox.renderer.scene.body import FOREARM, TORSO, UPPER_ARM, Body, Window
from tryon_sandbox.renderer.sides import Side

RIM = 2.0  # cloth is so much more opaque than the skin's outermost pixels, or these shine through
ARMPIT_REACH = 7.0  # units around the armpit in which nothing but cloth is seen


def over_arm(cloth: Cloth, sleeve: Sleeve, armpit: Points, trunk: Floats, body: Body, side: Side) -> Cloth:
    """The sleeve, closed in place over its stretch of the arm and at the armpit."""
    window = _window(np.concatenate([sleeve.spine, sleeve.patch.outline, armpit[None]]), body)
    part, corner = body.cropped(window), points([window[1].start, window[0].start])
    above = _before_cuff(sleeve.spine - corner, part)
    down, right = np.ogrid[0 : part.shape[0], 0 : part.shape[1]]
    under_trunk = (trunk[window] > 0.9) & (down < arms_come_forward(part))
    arm = part.where(UPPER_ARM[side.limb], FOREARM[side.limb]) & above & ~under_trunk
    x, y = armpit - corner
    near = (right - x) ** 2 + (down - y) ** 2 < (ARMPIT_REACH * body.unit) ** 2
    gap = near & (trunk[window] < 0.9) & (down > y - 2 * body.unit)
    gap &= part.where(TORSO) & above
    filled = closed(Cloth(cloth.rgb[window], cloth.alpha[window]), arm | gap, part)
    cloth.rgb[window], cloth.alpha[window] = filled.rgb, filled.alpha
    return cloth


def closed(cloth: Cloth, wanted: Mask, body: Body) -> Cloth:
    """The cloth also over `wanted`, in the colours that surround it."""
    rim = cv2.dilate((wanted & (body.alpha > 0.5)).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    solid = np.clip((soft(np.asarray(rim, np.bool_), 0.8) - 0.5) * 2 + 0.35, 0, 1)
    solid = solid * np.clip(RIM * body.alpha, 0, 1)
    hole = floats(solid * (1 - cloth.alpha))
    if float(hole.max(initial=0)) < 0.02:
        return cloth
    weight = blur(cloth.alpha, 1.5 * body.unit)
    around = blur(cloth.rgb * channels(cloth.alpha), 1.5 * body.unit) / channels(np.maximum(weight, 0.02))
    hole = hole * (weight > 0.02)
    total = np.maximum(cloth.alpha + hole, 0.02)
    rgb = (cloth.rgb * channels(cloth.alpha) + around * channels(hole)) / channels(total)
    return Cloth(floats(rgb), floats(np.clip(cloth.alpha + hole, 0, 1)))


def _window(places: Points, body: Body) -> Window:
    """Around these places, with room for what is smeared into the gaps."""
    margin = (ARMPIT_REACH + 4) * body.unit
    left, top = np.maximum(places.min(0) - margin, 0).astype(int)
    right, bottom = np.maximum(places.max(0) + margin, 1).astype(int)
    return slice(int(top), int(bottom)), slice(int(left), int(right))


def _before_cuff(spine: Points, body: Body) -> Mask:
    """The half plane on the shoulder's side of the cuff."""
    down, right = np.ogrid[0 : body.shape[0], 0 : body.shape[1]]
    _, middle, cuff = spine
    line = (cuff - middle) / (np.hypot(*(cuff - middle)) + 1e-9)
    beyond = (right - cuff[0]) * line[0] + (down - cuff[1]) * line[1]
    return np.asarray(beyond < -0.4 * body.unit, np.bool_)
