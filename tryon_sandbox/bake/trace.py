"""Finds what each pixel sees: sphere tracing, with the distance a ray misses by as its coverage."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.body import Body
from tryon_sandbox.bake.camera import Camera
from tryon_sandbox.bake.curves import Field
from tryon_sandbox.bake.sdf import column

# Steps are shortened because lofted distances are estimates; so many steps reach every surface.
CAUTION = 0.8
STEPS = 180
CLOSE_ENOUGH = 0.02
# Half the depth of the room that rays cross, in cm of the adult figure.
ROOM = 32.0
NORMAL_REACH = 0.12
# Probe lengths in cm and how much each darkens: creases first, then whole limbs.
OCCLUSION = ((1.2, 0.495), (3.0, 0.3025), (6.0, 0.176), (10.0, 0.088))
SHADOW_STEPS = 18


@dataclass(frozen=True, slots=True)
class Sight:
    """What some pixels see: their index among those asked, the point, how much of the pixel is covered."""

    index: np.ndarray[tuple[int], np.dtype[np.intp]]
    points: Field
    coverage: Field


def look(figure: Body, camera: Camera, origins: Field) -> Sight:
    """Traces pixels. A ray that passes within a pixel of the figure sees the nearest point it passed."""
    pixel = np.float32(1 / camera.px_per_cm)
    depth, missed_by = _march(figure, camera, origins)
    seen = np.flatnonzero(missed_by < pixel)
    points = origins[:, seen] + column(camera.towards) * depth[seen]
    coverage = np.where(missed_by[seen] < CLOSE_ENOUGH, 1, 1 - missed_by[seen] / pixel)
    return Sight(seen, points.astype(np.float32), coverage.astype(np.float32))


def _march(figure: Body, camera: Camera, origins: Field) -> tuple[Field, Field]:
    room = ROOM * figure.measures.scale
    towards = column(camera.towards)
    at = np.full(origins.shape[1], room, np.float32)
    best, best_at = np.full_like(at, np.inf), at.copy()
    going = np.arange(len(at))
    for _ in range(STEPS):
        if not len(going):
            break
        distance = figure.distance(origins[:, going] + towards * at[going])
        closer = distance < best[going]
        best[going[closer]], best_at[going[closer]] = distance[closer], at[going[closer]]
        at[going] -= np.maximum(distance, CLOSE_ENOUGH) * np.float32(CAUTION)
        going = going[(distance >= CLOSE_ENOUGH) & (at[going] > -room)]
    return best_at, best


def normals(figure: Body, p: Field) -> Field:
    """Unit normals, (3, n), from four probes at the corners of a tetrahedron."""
    total = np.zeros_like(p)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        offset = np.array(corner, np.float32)[:, None]
        total += offset * figure.distance(p + offset * np.float32(NORMAL_REACH))
    return np.asarray(total / (np.sqrt((total * total).sum(0)) + 1e-9), np.float32)


def occlusion(figure: Body, p: Field, normal: Field) -> Field:
    """How open the surroundings are: 1 open, towards 0 in creases."""
    scale = figure.measures.scale
    dark = np.zeros(p.shape[1], np.float32)
    for probe, weight in OCCLUSION:
        reach = np.float32(probe * min(1.0, scale + 0.15))
        dark += np.float32(weight) * np.maximum(reach - figure.distance(p + normal * reach), 0) / reach
    return np.clip(1 - dark, 0.15, 1)


def sunlight(figure: Body, p: Field, normal: Field, light: Field) -> Field:
    """Soft shadow towards a light direction (3, 1): 1 lit, 0 in full shadow."""
    lit = np.ones(p.shape[1], np.float32)
    away = np.float32(1.2)
    for step in range(SHADOW_STEPS):
        distance = figure.distance(p + normal * np.float32(0.35) + light * away)
        lit = np.minimum(lit, np.clip(0.5 + distance * 4.6 / away, 0, 1)).astype(np.float32)
        away += np.float32(0.8 + step * 0.21)
    return lit
