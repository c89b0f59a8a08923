"""Creases: soft ridges with a light and a dark flank, laid along lines.

They are faint: most photos bring folds of their own, and deep ones look like smears on what is pale.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.drape.anchors import Anchors
from tryon_sandbox.renderer.drape.fit_skirt import SkirtFit
from tryon_sandbox.renderer.drape.fit_sleeve import Sleeve
from tryon_sandbox.renderer.drape.fit_trousers import TrouserFit
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.raster import Floats, floats, resize
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

COARSER = 2  # creases are soft: drawn at half the size, and enlarged


@dataclass(frozen=True, slots=True)
class Crease:
    """From start to end; width in pixels, depth as a share of the light; its sign says which flank is lit."""

    start: Points
    end: Points
    width: float
    depth: float


def field(shape: tuple[int, int], creases: tuple[Crease, ...]) -> Floats:
    """All creases as one map of relative light around zero."""
    total = np.zeros(((shape[0] + 1) // COARSER, (shape[1] + 1) // COARSER), np.float32)
    for crease in creases:
        _add(total, crease)
    return resize(total, (shape[1], shape[0]))


def _add(total: Floats, crease: Crease) -> None:
    margin = 4 * crease.width / COARSER
    corners = np.array([crease.start, crease.end]) / COARSER
    left, top = np.maximum(corners.min(0) - margin, 0).astype(int)
    right, bottom = np.minimum(corners.max(0) + margin, total.shape[::-1]).astype(int)
    if right <= left or bottom <= top:
        return
    y, x = np.ogrid[top:bottom, left:right]
    y, x = floats(y) * COARSER, floats(x) * COARSER
    line = crease.end - crease.start
    size = float(np.hypot(*line)) + 1e-6
    along = ((x - crease.start[0]) * line[0] + (y - crease.start[1]) * line[1]) / size**2
    across = ((y - crease.start[1]) * line[0] - (x - crease.start[0]) * line[1]) / size
    across = across + 0.05 * size * np.sin(along * 2.6 + crease.start[0])
    inner = np.clip(along, 0, 1)
    flank = across / (crease.width * (0.55 + 0.8 * inner))
    fade = inner**0.6 * np.clip(1 - along, 0, 1) * 2.6
    total[top:bottom, left:right] += crease.depth * fade * flank * cv2.exp(floats(-0.5 * flank**2))


def _crease(body: Body, start: Points, end: tuple[float, float], width: float, depth: float) -> Crease:
    """`end` is measured from `start`, in body units."""
    return Crease(start, start + points(end) * body.unit, width * body.unit, depth)


def on_torso(body: Body, anchors: Anchors, kind: Kind) -> tuple[Crease, ...]:
    """From the armpits inwards, and down from the waist."""
    found: list[Crease] = []
    for side in BOTH:
        pit, inwards = anchors.armpit[side], -side.sign
        found.append(
            _crease(body, pit + points([inwards, 0]) * body.unit, (inwards * 8, 9), 1.3, 0.04 * inwards)
        )
        lower = pit + points([inwards * 0.5, 2]) * body.unit
        found.append(_crease(body, lower, (inwards * 5.5, 13), 1.5, 0.036 * inwards))
    return (*found, *_from_waist(body, anchors, kind))


def _from_waist(body: Body, anchors: Anchors, kind: Kind) -> list[Crease]:
    varied = np.random.default_rng(7)
    centre = float(anchors.armpit[LEFT][0] + anchors.armpit[RIGHT][0]) / 2
    half = float(anchors.armpit[RIGHT][0] - anchors.armpit[LEFT][0]) / 2
    waist = float(body.joints["neck"][1]) + 36 * body.unit
    found = []
    for place in np.linspace(-0.8, 0.8, 5):
        start = points([centre + place * half * 0.8, waist - varied.uniform(4, 12) * body.unit])
        bottom = min(anchors.hem_y + 4 * body.unit, waist + varied.uniform(16, 30) * body.unit)
        end = points([centre + place * half * 1.12, bottom])
        found.append(Crease(start, end, varied.uniform(1.6, 2.6) * body.unit, varied.uniform(0.02, 0.036)))
    if kind is Kind.DRESS:
        found += [
            _flare(body, centre, half, waist, anchors.hem_y, float(p)) for p in np.linspace(-0.85, 0.85, 6)
        ]
    return found


def _flare(body: Body, centre: float, half: float, waist: float, hem: float, place: float) -> Crease:
    start = points([centre + place * half * 0.75, waist + body.unit])
    end = points([centre + place * half * 1.7, hem + 6 * body.unit])
    return Crease(start, end, 2.4 * body.unit, 0.04)


def on_sleeve(body: Body, anchors: Anchors, sleeve: Sleeve, side: Side) -> tuple[Crease, ...]:
    """At the armpit, and round the elbow and above the cuff of a long sleeve."""
    pit, out = anchors.armpit[side], side.sign
    found = [
        _crease(body, pit - points([0, 1]) * body.unit, (out * 6, -7), 1.1, 0.036 * out),
        _crease(body, pit + points([0.5 * out, 1]) * body.unit, (out * 6.5, -3), 1.2, 0.032 * out),
    ]
    if not sleeve.is_long:
        return tuple(found)
    elbow, cuff = body.joint("elbow", side), sleeve.spine[2]
    return (
        *found,
        _crease(body, elbow + points([-4, -2.5]) * body.unit, (8, 3.5), 1.0, 0.044),
        _crease(body, elbow + points([4, -1.5]) * body.unit, (-8, 5.5), 1.1, -0.04),
        _crease(body, elbow + points([-3, 3]) * body.unit, (7, 4), 1.2, 0.028),
        _crease(body, cuff + points([-3, -7]) * body.unit, (6, 3), 1.0, 0.036),
    )


def on_trousers(body: Body, fit: TrouserFit) -> tuple[Crease, ...]:
    """Fanning out from the crotch, behind the knees, and stacking at the ankles."""
    found: list[Crease] = []
    for side in BOTH:
        out, knee = side.sign, body.joint("knee", side)
        found += [
            _crease(body, fit.crotch + points([out, -1]) * body.unit, (out * 12, -7), 1.2, 0.04 * out),
            _crease(body, fit.crotch + points([out, 1]) * body.unit, (out * 13, -4), 1.3, 0.036 * out),
            _crease(body, knee + points([-5, -3]) * body.unit, (10, 2), 1.2, 0.024),
            _crease(body, knee + points([5, 2]) * body.unit, (-10, 3), 1.4, -0.024),
        ]
        found += _stacked(body, *sorted(fit.hems[side], key=lambda corner: float(corner[0])))
    return tuple(found)


def _stacked(body: Body, left: Points, right: Points) -> list[Crease]:
    above = points([0, -7]) * body.unit
    higher = points([0, -12]) * body.unit
    return [
        Crease(left + above, right + above * 0.8, 1.1 * body.unit, 0.032),
        Crease(right + higher, left + higher * 0.75, 1.2 * body.unit, -0.028),
    ]


def on_skirt(body: Body, fit: SkirtFit) -> tuple[Crease, ...]:
    """Fanning down from the waist."""
    centre, unit = body.centre(fit.waist_y), body.unit
    return tuple(
        Crease(
            points([centre + place * 9 * unit, fit.waist_y + 4 * unit]),
            points([centre + place * 20 * unit, fit.hem_y + 5 * unit]),
            2.2 * unit,
            0.028,
        )
        for place in np.linspace(-0.8, 0.8, 6)
    )
