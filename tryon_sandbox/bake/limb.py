"""A loft along a straight bone, as used for both parts of an arm."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.curves import Curve, Field, curve
from tryon_sandbox.bake.sdf import Vector, capped, column, near_bar, section, unit, vector

# Place along the bone (0 start, 1 end), then radii: outer, inner, front, back.
Profile = Sequence[tuple[float, float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Limb:
    """Measures one bone's flesh."""

    start: Vector
    end: Vector
    axes: Field
    radii: tuple[Curve, Curve, Curve, Curve]
    thickest: float

    def __call__(self, p: Field) -> Field:
        """Distance of points in the room."""
        return near_bar(p, self.start, self.end, self.thickest, self._exact)

    def along(self, p: Field) -> Field:
        """How far down the bone points are: 0 at its start, 1 at its end."""
        bone = self.end - self.start
        share = (bone / (bone @ bone)).astype(np.float32)
        return np.asarray(share @ (p - column(self.start)), np.float32)

    def _exact(self, p: Field) -> Field:
        span = np.float32(np.linalg.norm(self.end - self.start))
        down, out, ahead = self.axes @ (p - column(self.start))
        t = down / span
        outer, inner, front, back = self.radii
        across = np.where(out > 0, outer(t), inner(t))
        deep = np.where(ahead > 0, front(t), back(t))
        return capped(section(out, ahead, across, deep), np.maximum(-down, down - span))


def limb(start: Vector, end: Vector, profile: Profile, size: float, side: int) -> Limb:
    """A limb whose radii are `profile` times `size`; `side` is -1 on the viewer's left, 1 on the right."""
    down = unit(end - start)
    sideways = vector(side, 0, 0)
    out = unit(sideways - down * float(down @ sideways))
    ahead = np.cross(down, out)
    ahead = ahead if ahead[2] > 0 else -ahead
    places = [row[0] for row in profile]
    outer, inner, front, back = (
        curve(places, [row[i] * size for row in profile], soften=6) for i in (1, 2, 3, 4)
    )
    thickest = max(max(row[1:]) for row in profile) * size
    axes = np.stack([down, out, ahead]).astype(np.float32)
    return Limb(start, end, axes, (outer, inner, front, back), thickest)
