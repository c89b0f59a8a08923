"""Where the mannequin's own clothes end: a fitted tank top and leggings or shorts.

A mannequin is never bare. Each field is the distance in cm to the nearest hem along the body, positive
under the cloth, so that hems are sharp at any size and their stitching can be drawn beside them.
"""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.body import Body, Distances
from tryon_sandbox.bake.curves import Field, as_field, curve
from tryon_sandbox.renderer.scene.packs import HEM_REACH_CM, Part

# Where an arm crosses the cloth there is no hem, so the field is steep: no room for a fold or stitches.
CROSSING = 6.0
_ARM_PARTS = range(Part.UPPER_ARM_R, Part.HAND_L + 1)


@dataclass(frozen=True, slots=True)
class Hems:
    """Distances to hems, in cm, positive on cloth. `shorts` only says where leggings cut short end."""

    top: Field
    leggings: Field
    shorts: Field


def hems(figure: Body, p: Field, at: Distances) -> Hems:
    """The fields at points on the surface, given the distances to the parts there."""
    upright = figure.spine.upright(p)
    not_arm = _not_on_arm(at)
    not_head = np.minimum(at.neck, at.parts[Part.HEAD]) - at.parts[Part.TORSO] + 6 * figure.measures.scale
    tank = np.minimum(_tank(figure, upright), np.minimum(not_arm, not_head))
    legs = np.minimum(_leggings(figure, upright, p), not_arm)
    shorts = np.minimum(p[1] - _mid_thigh(figure), not_arm)
    return Hems(*(np.clip(f, -HEM_REACH_CM, HEM_REACH_CM).astype(np.float32) for f in (tank, legs, shorts)))


def _not_on_arm(at: Distances) -> Field:
    arms = np.minimum.reduce([at.parts[i] for i in _ARM_PARTS])
    rest = np.minimum.reduce([at.parts[Part.TORSO], at.parts[Part.LEG_R], at.parts[Part.LEG_L]])
    return as_field((arms - rest) * CROSSING)


def _tank(figure: Body, upright: Field) -> Field:
    """Between the scooped neckline, the armholes and the hem over the hips."""
    b, s = figure.measures, figure.measures.scale
    x, y = np.abs(upright[0]), upright[1]
    neckline = _neckline(figure, x, y, upright[2])
    edge = curve(
        [b.armpit - 4 * s, b.armpit - s, b.armpit + 3 * s, b.acromion - 3 * s, b.acromion + 4 * s],
        [b.shoulder_width * k for k in (1.6, 0.99, 0.81, 0.74, 0.71)],
    )
    armhole = (edge(y) - x) * np.float32(0.8)
    hem = y - _top_hem(figure)
    return as_field(np.minimum(np.minimum(neckline, armhole), hem))


def _neckline(figure: Body, x: Field, y: Field, z: Field) -> Field:
    """A scoop just under the collarbones that rises to the straps; high and flat at the back."""
    b, s = figure.measures, figure.measures.scale
    half = b.neck + 3.4 * s
    scoop = b.neck_pit - 4.5 * s + 6.5 * s * (np.minimum(x, 1.3 * half) / half) ** 2.6
    behind = b.neck_pit + 3.0 * s
    # Over the trapezius the front edge turns smoothly into the back one.
    share = np.clip((z + 5 * s) / (4 * s), 0, 1)
    height = behind + (scoop - behind) * share
    inside = x - half
    below = height - y
    return as_field(np.where(below > 0, below, np.maximum(below, inside)))


def _top_hem(figure: Body) -> float:
    b = figure.measures
    return b.hip + 0.35 * (b.waist - b.hip)


def _leggings(figure: Body, upright: Field, p: Field) -> Field:
    """From under the top down to above the ankle."""
    under_top = _top_hem(figure) + 6 * figure.measures.scale - upright[1]
    ankle = p[1] - (figure.measures.ankle + 7 * figure.measures.scale)
    return as_field(np.minimum(under_top, ankle))


def _mid_thigh(figure: Body) -> float:
    b = figure.measures
    return b.knee + 0.42 * (b.crotch - b.knee)
