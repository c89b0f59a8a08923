"""Long sleeves that are known to be there, and lie against the body or on it down to its hem: where they part
from it is laid along what shows in the cloth, alike on both sides."""

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, length
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments import landmarks, one_sided
from tryon_sandbox.renderer.garments.landmarks import TopMarks
from tryon_sandbox.renderer.garments.slits import cheapest, cut
from tryon_sandbox.renderer.raster import Floats, blur, slope
from tryon_sandbox.renderer.sides import LEFT, RIGHT

BODY = 0.62  # of the width with both sleeves: the chest of what lies so
SPREAD = 0.12  # of half of that width: how far the seam may be aside of there
ARMHOLE = 0.50  # of the chest: how deep an armhole is
LONG = 0.85  # of the chest, from shoulder to cuff: long sleeves from 0.91, shorter ones to 0.80
INWARDS, OUTWARDS = 0.35, 0.95  # of half of the width: between these it is sought


def find(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks]:
    """The silhouette opened along both seams, with its landmarks. Raises ValueError where it has none.

    `light` is the photo's brightness at the mask's size.
    """
    axis = one_sided.axis_of(whole)
    start = _armpit_row(whole, axis)
    rows = np.arange(start, whole.bottom + 1)
    if len(rows) < 12:
        raise ValueError("no room")
    half = np.array([whole.span(y) / 2 for y in rows])
    usual = BODY * np.maximum.accumulate(half[::-1])[::-1]
    away = np.arange(int(INWARDS * whole.width / 2), int(OUTWARDS * whole.width / 2))
    cost = 0.5 * ((away - usual[:, None]) / (SPREAD * whole.width / 2)) ** 2
    for side in (LEFT, RIGHT):
        cost = cost - 0.5 * _parts(whole, light, rows, np.round(axis + side.sign * away).astype(int))
    way = away[cheapest(np.asarray(cost, np.float64))]
    shape = cut(whole, [np.stack([axis + side.sign * way, rows], 1).astype(float) for side in (LEFT, RIGHT)])
    return shape, landmarks.find(shape)


def are_long(marks: TopMarks) -> bool:
    """Whether it has sleeves, and of such a length."""
    chest = max(marks.chest_width, 1.0)
    seams = [length(sleeve.outer) for sleeve in marks.sleeves.values()]
    return bool(seams) and float(np.mean(seams)) > LONG * chest


def _parts(whole: Silhouette, light: Floats, rows, columns) -> Numbers:
    """How much speaks for a seam in these places: an edge of brightness, or daylight."""
    columns = np.clip(columns, 0, light.shape[1] - 1)
    _, across = slope(blur(light, 1.0))
    inside = whole.mask[rows[:, None], columns]
    edge = np.abs(across[rows[:, None], columns])
    edge = edge / max(float(np.percentile(edge[inside], 95)) if inside.any() else 0.01, 0.01)
    return np.where(inside, np.clip(edge, 0, 1), 1.0)


def _armpit_row(whole: Silhouette, axis: float) -> int:
    half = BODY * whole.width / 2
    uppers = [whole.upper_edge(axis + side.sign * half) for side in (LEFT, RIGHT)]
    tops = [y for y in uppers if y is not None]
    return int(np.mean(tops) + ARMHOLE * 2 * half) if tops else whole.bottom
