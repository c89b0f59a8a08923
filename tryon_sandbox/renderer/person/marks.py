"""Shoulders, neck and arms of a person in a photo, from the silhouette and the bare skin of the arms."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points, smooth
from tryon_sandbox.renderer.person.cut import Silhouette
from tryon_sandbox.renderer.raster import Mask, components
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# Measured on the studio's mannequins, in units of a centimetre of the adult: the corner of the shoulder is
# where the outline goes down as fast as out; crown and joints as seen from there.
CORNER_HALF, CROWN_ABOVE = 20.6, 33.0
JOINT_INWARDS, JOINT_BELOW = 3.0, 3.8
PIT_ABOVE_JOINT, CHIN_ABOVE_PIT = 5.2, 8.6
TO_ELBOW, TO_WRIST, TO_HAND = 28.9, 53.9, 70.0
ARMPIT_BELOW = 8.6
AGREE = 1.22  # head and shoulders tell the unit each; more apart, something is not what it seems
THINNEST, THICKEST, STEEPEST = 3.2, 14.0, 3.2  # of an arm, and how much it may widen within 2 cm
LOWEST, HIGHEST = (40, 136, 80), (255, 176, 128)  # skin in YCrCb


@dataclass(frozen=True, slots=True)
class Arm:
    """Row by row: where the arm begins and ends, counted in the small picture, and its joints."""

    inner: Numbers
    outer: Numbers
    elbow: Points
    wrist: Points
    length: float


@dataclass(frozen=True, slots=True)
class Marks:
    """Landmarks in the small picture; `skin` is what has the colour of skin."""

    unit: float
    neck: Points
    shoulder: dict[Side, Points]
    arm: dict[Side, Arm]
    skin: Mask
    crown: float

    @property
    def chin_y(self) -> float:
        """The row of the chin, by the proportions of the body."""
        return float(self.neck[1]) - CHIN_ABOVE_PIT * self.unit


def find(seen: Silhouette) -> Marks | None:
    """The landmarks, or None where any of them is in doubt."""
    rows = np.flatnonzero(seen.mask.any(1))
    if not len(rows):
        return None
    crown = int(rows[0])
    corner = {side: _corner(seen.mask, crown, side) for side in BOTH}
    left, right = corner[LEFT], corner[RIGHT]
    if left is None or right is None:
        return None
    half = float(right[0] - left[0]) / 2
    level = float(left[1] + right[1]) / 2
    by_width, by_head = half / CORNER_HALF, (level - crown) / CROWN_ABOVE
    if not 1 / AGREE < by_width / by_head < AGREE or abs(left[1] - right[1]) > 5 * by_width:
        return None
    unit = (by_width * by_head) ** 0.5
    shoulder = {
        LEFT: left + points([JOINT_INWARDS, JOINT_BELOW]) * unit,
        RIGHT: right + points([-JOINT_INWARDS, JOINT_BELOW]) * unit,
    }
    neck = (shoulder[LEFT] + shoulder[RIGHT]) / 2 - points([0, PIT_ABOVE_JOINT * unit])
    skin = skin_of(seen)
    arms = {side: _arm(skin, shoulder[side], float(neck[0]), unit, side) for side in BOTH}
    found = {side: arm for side, arm in arms.items() if arm is not None}
    return Marks(unit, neck, shoulder, found, skin, float(crown)) if len(found) == 2 else None


def skin_of(seen: Silhouette) -> Mask:
    """Everything in the silhouette that has the colour of skin."""
    tones = cv2.cvtColor((np.clip(seen.rgb, 0, 1) * 255).astype(np.uint8), cv2.COLOR_RGB2YCrCb)
    return np.asarray((cv2.inRange(tones, LOWEST, HIGHEST) > 0) & seen.mask, np.bool_)


def _corner(mask: Mask, crown: int, side: Side) -> Points | None:
    """Where the outline, coming down from the neck, turns from outwards to downwards."""
    rows = np.arange(crown, min(crown + 220, mask.shape[0]))
    solid = mask[rows]
    edge = solid.argmax(1) if side is LEFT else mask.shape[1] - solid[:, ::-1].argmax(1)
    out = smooth(side.sign * edge.astype(np.float64), 5)
    step = 6
    if len(out) <= step:  # too little of a person is in the photo for a shoulder
        return None
    growth = (out[step:] - out[:-step]) / step
    head = int(len(growth) * 0.12)
    steep = head + int(growth[head:].argmax())
    if growth[steep] < 1.3:
        return None
    gentle = np.flatnonzero(growth[steep:] < 1.0)
    if not len(gentle):
        return None
    at = steep + int(gentle[0]) + step // 2
    return points([side.sign * out[at], crown + at])


def _arm(skin: Mask, joint: Points, middle: float, unit: float, side: Side) -> Arm | None:
    """The bare arm that hangs from this joint; None when it is covered, bent before the body, or cut."""
    down, across = np.mgrid[0 : skin.shape[0], 0 : skin.shape[1]]
    pit = float(joint[1]) + ARMPIT_BELOW * unit
    outside = side.sign * (across - middle) > 8.5 * unit
    labels, areas = components(skin & outside & (down > pit))
    if len(areas) < 2:
        return None
    arm = labels == 1 + int(areas[1:].argmax())
    rows = np.flatnonzero(arm.any(1))
    if rows[0] > pit + 5 * unit:
        return None
    inner, outer = _sides(arm, rows, side)
    if not _like_an_arm(side.sign * (outer - inner), unit):
        return None
    return _jointed(inner, outer, rows, joint, unit)


def _like_an_arm(widths: Numbers, unit: float) -> bool:
    """As thick as an arm down to the wrist, and without steps, as skin-coloured cloth beside it has."""
    upper = widths[: round(40 * unit)] / unit
    if len(upper) < round(26 * unit):
        return False
    near = max(2, round(2 * unit))
    steps = np.abs(upper[near:] - upper[:-near])
    return bool(upper.min() > THINNEST and upper.max() < THICKEST and steps.max() < STEEPEST)


def _sides(arm: Mask, rows: np.typing.NDArray[np.intp], side: Side) -> tuple[Numbers, Numbers]:
    solid = arm[rows]
    first, last = solid.argmax(1), arm.shape[1] - solid[:, ::-1].argmax(1)
    inner, outer = (last, first) if side is LEFT else (first, last)
    return smooth(inner.astype(np.float64), 7), smooth(outer.astype(np.float64), 5)


def _jointed(
    inner: Numbers, outer: Numbers, rows: np.typing.NDArray[np.intp], joint: Points, unit: float
) -> Arm:
    path = np.concatenate([[joint], np.c_[(inner + outer) / 2, rows]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    elbow, wrist = (_at(path, along, reach * unit) for reach in (TO_ELBOW, TO_WRIST))
    every = np.arange(int(rows[0]), int(rows[0]) + len(rows))
    full = (np.interp(every, rows, inner), np.interp(every, rows, outer))
    return Arm(np.c_[every, full[0]], np.c_[every, full[1]], elbow, wrist, float(along[-1]) / unit)


def _at(path: Points, along: Numbers, reach: float) -> Points:
    return points([np.interp(reach, along, path[:, axis]) for axis in (0, 1)])
