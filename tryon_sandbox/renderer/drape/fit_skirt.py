"""Fitting a skirt: it hangs from the waist and stays as wide as it is cut."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Points, evenly, paired, smooth
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape.fit_trousers import WAIST_BELOW_NECK_CM
from tryon_sandbox.renderer.drape.waist import along_waist, waist_corner
from tryon_sandbox.renderer.drape.warp import Patch
from tryon_sandbox.renderer.garments.marks.trouser_marks import SkirtMarks
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import LEFT, RIGHT, Side

STATIONS = 20


@dataclass(frozen=True, slots=True)
class SkirtFit:
    """The patch, and where waist and hem came to lie."""

    patch: Patch
    scale: float
    waist_y: float
    hem_y: float


@dataclass(frozen=True, slots=True)
class _Plan:
    shape: Silhouette
    marks: SkirtMarks
    body: Body
    scale: float
    waist_y: float
    hem_y: float


def skirt(shape: Silhouette, marks: SkirtMarks, body: Body) -> SkirtFit:
    """The skirt on this body."""
    plan = _plan(shape, marks, body)
    right, left = _side(plan, RIGHT), _side(plan, LEFT)
    loop = [
        paired(*along_waist(plan.shape, plan.marks.waist, plan.body, plan.waist_y), 10),
        paired(*right, STATIONS),
        paired(*_hem(plan, right[0][-1], left[0][-1]), 45),
        paired(left[0][::-1], left[1][::-1], STATIONS),
    ]
    target = np.concatenate([one[:-1] for one, _ in loop])
    source = np.concatenate([one[:-1] for _, one in loop])
    return SkirtFit(Patch(target, source, target), plan.scale, plan.waist_y, plan.hem_y)


def _plan(shape: Silhouette, marks: SkirtMarks, body: Body) -> _Plan:
    unit = body.unit
    waist_y = float(body.joints["neck"][1]) + (WAIST_BELOW_NECK_CM - 0.5) * unit
    own = max(float(marks.waist[RIGHT][0] - marks.waist[LEFT][0]), 1.0)
    scale = body.width(waist_y) * 1.03 / own
    hip = float(body.joints["hipR"][1])
    top, bottom = float(marks.waist[LEFT][1]), float(marks.hem[LEFT][1])
    at_hip = shape.span(min(top + (hip - waist_y) / scale, bottom))
    scale = max(scale * 0.92, min(scale, body.width(hip) * 1.02 / max(at_hip, 1.0)))
    ankle = float(body.joints["ankleR"][1])
    hem_y = float(np.clip(waist_y + (bottom - top) * scale, body.shortest_hem, ankle - 3 * unit))
    return _Plan(shape, marks, body, scale, waist_y, hem_y)


def _side(plan: _Plan, side: Side) -> tuple[Points, Points]:
    """From waist to hem; below the hip the cloth hangs from it and forgets the legs."""
    waist, hem, body = plan.marks.waist[side], plan.marks.hem[side], plan.body
    arc = plan.shape.arc
    path = evenly(arc(waist, hem) if side is RIGHT else arc(hem, waist)[::-1], STATIONS)
    share = (path[:, 1] - waist[1]) / max(float(hem[1] - waist[1]), 1.0)
    heights = plan.waist_y + share * (plan.hem_y - plan.waist_y)
    lowest = float(body.joints["hipR"][1]) + 3 * body.unit
    middle = float(plan.marks.waist[LEFT][0] + plan.marks.waist[RIGHT][0]) / 2
    own = np.array([body.centre(min(y, lowest)) for y in heights]) + (path[:, 0] - middle) * plan.scale
    skin = np.array([body.edge(y, side) for y in heights]) + side.sign * 0.7 * body.unit
    across = smooth(side.sign * np.maximum(side.sign * own, side.sign * skin), 5)
    across[0] = waist_corner(plan.body, plan.waist_y, side)[0]
    return np.c_[across, heights], path


def _hem(plan: _Plan, start: Points, end: Points) -> tuple[Points, Points]:
    right, left = plan.marks.hem[RIGHT], plan.marks.hem[LEFT]
    path = plan.shape.arc(right, left)
    share = np.clip((path[:, 0] - right[0]) / (left[0] - right[0]), 0, 1)
    target = start + (end - start) * share[:, None]
    sag = np.sin(np.pi * share) * 1.4 * plan.body.unit
    target[:, 1] += (path[:, 1] - right[1]) * plan.scale * 0.6 + sag
    return target, path
