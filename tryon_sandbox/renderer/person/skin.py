"""What is seen of the old clothes in a new neckline is painted as skin."""

import numpy as np

from tryon_sandbox.renderer.person.marks import Marks
from tryon_sandbox.renderer.raster import Floats, Mask, blur, channels, floats, over, resize
from tryon_sandbox.renderer.scene.body import Body

ABOVE, BELOW, HALF_WIDTH = 3.0, 15.0, 9.5  # of the painted patch, from the pit of the neck
REACH = 3.0  # how far skin's colour is carried
EDGE = 1.2


def bare_neck(photo: Floats, marks: Marks, body: Body) -> Floats:
    """The photo with skin where cloth covers the wearer's neck and upper chest."""
    size = photo.shape[1], photo.shape[0]
    skin = resize(marks.skin.astype(np.float32), size)
    patch = _patch(body)
    sure = floats((skin > 0.98) & patch)
    if sure.sum() < 200:
        return photo
    cloth = np.clip(blur(floats((skin < 0.9) & patch), EDGE) * 2, 0, 1) * floats(patch)
    mean = photo[sure > 0].mean(0)
    tint = photo * channels(sure)
    weight = blur(sure, REACH * body.unit)
    near = blur(floats(tint), REACH * body.unit) + mean * channels(floats(np.full_like(weight, 0.02)))
    return over(photo, floats(near / channels(floats(weight + 0.02))), floats(cloth))


def _patch(body: Body) -> Mask:
    down, across = np.mgrid[0 : body.shape[0], 0 : body.shape[1]]
    x, y = (across - body.joints["neck"][0]) / body.unit, (down - body.joints["neck"][1]) / body.unit
    inside = (y > -ABOVE) & (np.hypot(x / HALF_WIDTH, np.maximum(y, 0) / BELOW) < 1)
    return np.asarray(inside & body.where(0), np.bool_)
