"""Distance functions: how far points are from a shape, in cm, negative inside.

Points are float32 arrays of shape (3, n): x to the viewer's right, y up, z to the viewer. Lofted sections
only estimate the distance (never by much too long), which the tracer allows for with shorter steps.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.bake.curves import Field, as_field

Vector = NDArray[np.float64]
Shape = Callable[[Field], Field]

# A part is measured exactly within this distance; beyond it, a bound will do. It must exceed the widest
# ambient occlusion probe, or the bound shows as a ring.
EXACT_WITHIN = 11.0


def vector(x: float, y: float, z: float) -> Vector:
    """A point or direction."""
    return np.array([x, y, z], float)


def unit(v: Vector) -> Vector:
    """The direction of `v`."""
    return np.asarray(v / np.linalg.norm(v))


def column(v: Vector | Sequence[float]) -> Field:
    """A vector shaped to be added to points."""
    return np.asarray(v, np.float32)[:, None]


def length(p: Field) -> Field:
    """Euclidean length of each point."""
    return as_field(np.sqrt(np.einsum("ij,ij->j", p, p)))


def union(a: Field, b: Field, radius: float | Field) -> Field:
    """Smooth union: the seam is filleted with about `radius` cm. Coincident surfaces bulge by radius / 4."""
    h = np.clip(0.5 + 0.5 * (b - a) / radius, 0, 1)
    return np.asarray(b + (a - b) * h - radius * h * (1 - h), np.float32)


def carve(a: Field, b: Field, radius: float) -> Field:
    """`a` with `b` smoothly taken out of it."""
    return -union(-a, b, radius)


def section(u: Field, v: Field, half_u: Field, half_v: Field, exponent: float = 2.0) -> Field:
    """Distance to a superellipse in its plane; exponents over 2 are boxier."""
    ratio = (np.abs(u / half_u) ** exponent + np.abs(v / half_v) ** exponent) ** np.float32(1 / exponent)
    distance = np.hypot(u, v) * (1 - 1 / np.maximum(ratio, 1e-3))
    return np.where(ratio < 1e-3, -np.minimum(half_u, half_v), distance).astype(np.float32)


def capped(distance: Field, overshoot: Field) -> Field:
    """Ends a loft: `overshoot` is how far a point lies past its ends (zero or less within)."""
    beyond = np.maximum(overshoot, 0)
    return np.where(beyond > 0, np.hypot(np.maximum(distance, 0), beyond), distance).astype(np.float32)


def capsule(p: Field, start: Vector, end: Vector, start_radius: float, end_radius: float) -> Field:
    """A rounded bar whose radius changes evenly from start to end."""
    bar = (end - start).astype(np.float32)
    rel = as_field(p - column(start))
    t = np.clip((bar @ rel) / np.float32(bar @ bar), 0, 1)
    return np.asarray(
        length(as_field(rel - bar[:, None] * t)) - (start_radius + (end_radius - start_radius) * t),
        np.float32,
    )


def ball(p: Field, centre: Vector, radius: float) -> Field:
    """A sphere."""
    return length(p - column(centre)) - np.float32(radius)


def ellipsoid(p: Field, centre: Vector, radii: Vector) -> Field:
    """First-order distance to an ellipsoid."""
    rel, r = p - column(centre), column(radii)
    scaled = length(as_field(rel / r))
    return np.asarray(scaled * (scaled - 1) / np.maximum(length(as_field(rel / r**2)), 1e-6), np.float32)


def near_bar(p: Field, start: Vector, end: Vector, radius: float, exact: Shape) -> Field:
    """`exact(p)` for points near a bar that encloses the part, the distance to the bar elsewhere."""
    out = capsule(p, start, end, radius, radius)
    near = np.flatnonzero(out < EXACT_WITHIN)
    if len(near):
        out[near] = exact(p[:, near])
    return out
