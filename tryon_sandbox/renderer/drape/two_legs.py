"""Two legs of cloth as one layer: where they overlap, the shadow between them tells one from the other."""

import cv2
import numpy as np

from tryon_sandbox.renderer.drape.fit_trousers import TrouserFit
from tryon_sandbox.renderer.drape.warp import Cloth
from tryon_sandbox.renderer.raster import Floats, blur, channels, components, floats, soft
from tryon_sandbox.renderer.scene.body import Body

# Between the inner sides of two legs: how dark at the most, and how far it reaches. Legs of one tone are told
# apart by it from some way off; at 0.42, as of other contacts, those of shorts still looked like a skirt.
DARK, REACH_CM = 0.55, 0.9
FADE_CM = (1.0, 6.0)  # below the crotch: from here on, and fully from there; above, both are one piece
GAP_CM = (
    5.0,
    9.0,
    3.2,
)  # around the crotch, above, below and aside: what is open there, to half way down the leg, is no daylight


def joined(legs: tuple[Cloth, Cloth], fit: TrouserFit, body: Body) -> Cloth:
    """Both legs, the second one on top, with their crotch closed."""
    below, above = legs
    between = _shadow(below, above, fit, body)
    alpha = np.maximum(below.alpha, above.alpha)
    rgb = below.rgb * channels(below.alpha) * channels(1 - above.alpha) + above.rgb * channels(above.alpha)
    share = below.alpha * (1 - above.alpha) + above.alpha
    rgb = rgb / channels(np.maximum(share, 0.02)) * channels(1 - between)
    return _crotch_closed(Cloth(floats(rgb), floats(alpha)), fit, body)


def _shadow(below: Cloth, above: Cloth, fit: TrouserFit, body: Body) -> Floats:
    """Darkest along the edge of the upper leg that lies on the lower one, or close beside it."""
    reach = REACH_CM * body.unit
    one, other = blur(above.alpha, reach), blur(floats(below.alpha * (1 - above.alpha)), reach)
    start, end = (float(fit.crotch[1]) + fade * body.unit for fade in FADE_CM)
    end = min(end, start + (_hem(fit) - start) / 2)
    fade = np.clip((np.arange(len(one), dtype=np.float32) - start) / (end - start), 0, 1)[:, None]
    return floats(DARK * 4 * one * other * fade)


def _hem(fit: TrouserFit) -> float:
    """The row in which the shorter leg ends."""
    return min(float(end[1]) for ends in fit.hems.values() for end in ends)


def _crotch_closed(cloth: Cloth, fit: TrouserFit, body: Body) -> Cloth:
    """Skin that still shows between the inseams, and holes, are painted with the cloth around them."""
    unit, (x, y) = body.unit, fit.crotch
    up, down, aside = (cm * unit for cm in GAP_CM)
    rows = slice(max(int(y - up), 0), max(int(min(y + down, (y + _hem(fit)) / 2)), 1))
    columns = slice(max(int(x - aside), 0), int(x + aside))
    alpha, rgb = cloth.alpha.copy(), cloth.rgb.copy()
    part = alpha[rows, columns]
    if not part.size:
        return cloth
    weight = blur(part, 1.2 * unit)[..., None]
    around = blur(floats(rgb[rows, columns] * part[..., None]), 1.2 * unit) / np.maximum(weight, 0.02)
    solid = np.clip((soft(body.alpha[rows, columns] > 0.9, 1) - 0.5) * 2.5, 0, 1)
    hole = np.maximum(solid, _enclosed(part)) * (1 - part)
    total = np.maximum(part + hole, 0.02)[..., None]
    rgb[rows, columns] = (rgb[rows, columns] * part[..., None] + around * 0.8 * hole[..., None]) / total
    alpha[rows, columns] = part + hole
    return Cloth(rgb, alpha)


def _enclosed(alpha: Floats) -> Floats:
    """1 in holes that do not reach the edge of this part, and at their rims."""
    labels, areas = components(np.asarray(alpha < 0.9, np.bool_))
    inside = areas > 0
    inside[[0, *np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))]] = False
    return floats(cv2.dilate(inside[labels].astype(np.uint8), np.ones((3, 3), np.uint8)))
