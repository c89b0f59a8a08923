"""A relaxed hand: a lofted palm, four fingers of two bars, a thumb of three."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Curve, Field, curve
from tryon_sandbox.bake.sdf import Vector, capped, capsule, column, near_bar, section, union, unit

Bar = tuple[Vector, Vector, float, float]

PALM = 8.6
# Per finger: place across the palm, length, radius, how far it hangs below the palm's plane.
_FINGERS = ((2.75, 7.2, 0.86, 0.0), (0.95, 8.1, 0.90, 0.05), (-0.9, 7.6, 0.86, 0.12), (-2.6, 6.2, 0.76, 0.25))
# Points of the thumb (down the hand, across, palmward) and the radius at each end of its bars.
_THUMB = ((1.6, 2.0, 0.6), (4.8, 3.9, 1.5), (7.6, 4.5, 1.9), (9.9, 4.6, 2.1))
_THUMB_RADII = ((1.7, 1.25), (1.2, 0.98), (0.95, 0.7))


@dataclass(frozen=True, slots=True)
class Hand:
    """Measures one hand."""

    wrist: Vector
    tip: Vector
    size: float
    axes: Field
    width: Curve
    thickness: Curve
    fingers: tuple[Bar, ...]
    thumb: tuple[Bar, ...]

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        return near_bar(p, self.wrist, self.tip, 5.5 * self.size, self._exact)

    def _exact(self, p: Field) -> Field:
        s = self.size
        hand = union(self._palm(p), _joined(p, self.fingers, 0.35 * s), 1.0 * s)
        return union(hand, _joined(p, self.thumb, 0.7 * s), 1.1 * s)

    def _palm(self, p: Field) -> Field:
        down, across, deep = (self.axes @ (p - column(self.wrist))) / np.float32(self.size)
        t = down / np.float32(PALM)
        flat = section(across, deep, self.width(t), self.thickness(t), 2.4)
        return capped(flat, np.maximum(-down - 2.0, down - 9.2)) * np.float32(self.size)


def _joined(p: Field, bars: tuple[Bar, ...], radius: float) -> Field:
    whole = capsule(p, *bars[0])
    for bar in bars[1:]:
        whole = union(whole, capsule(p, *bar), radius)
    return whole


def hand(
    wrist: Vector, down: Vector, thumb_side: Vector, palm_faces: Vector, size: float, curl: float
) -> Hand:
    """A hand hanging from `wrist` along `down`, thumb towards `thumb_side`, palm towards `palm_faces`."""
    along = unit(down)
    across = unit(thumb_side - along * float(along @ thumb_side))
    palmward = np.cross(along, across)
    palmward = palmward if float(palmward @ palm_faces) > 0 else -palmward

    def place(x: float, y: float, z: float) -> Vector:
        return np.asarray(wrist + (along * x + across * y + palmward * z) * size)

    bars: list[Bar] = []
    for y, reach, radius, hang in _FINGERS:
        knuckle = place(8.2, y * 0.93, hang)
        middle = place(8.2 + reach * 0.5, y, curl * 1.2 + hang * 2)
        tip = place(8.2 + reach * 0.97, y * 0.98, curl * 4.2 + hang * 3)
        bars.append((knuckle, middle, radius * size * 1.05, radius * size * 0.95))
        bars.append((middle, tip, radius * size * 0.95, radius * size * 0.68))
    joints = [place(*joint) for joint in _THUMB]
    thumb = tuple((joints[i], joints[i + 1], a * size, b * size) for i, (a, b) in enumerate(_THUMB_RADII))
    axes = np.stack([along, across, palmward]).astype(np.float32)
    width = curve([0, 0.25, 0.7, 1, 1.15], [1.9, 2.5, 3.8, 3.7, 3.2])
    thickness = curve([0, 0.3, 0.7, 1, 1.15], [1.6, 1.65, 1.5, 1.25, 1.0])
    return Hand(wrist, place(17, 0, 0), size, axes, width, thickness, tuple(bars), thumb)
