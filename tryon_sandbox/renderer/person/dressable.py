"""When a person in a photo may be dressed: every doubt means no, and a print beside instead."""

import numpy as np

from tryon_sandbox.renderer.drape import anchors
from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.garments.landmarks import TopMarks
from tryon_sandbox.renderer.garments.recognise import Kind
from tryon_sandbox.renderer.person.cut import Silhouette
from tryon_sandbox.renderer.person.marks import Marks
from tryon_sandbox.renderer.raster import Floats, Mask, reachable
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH

# Lengths are in units of a centimetre of the adult; brightness and colour in 0..1.
ROUGHEST_WALL = 0.022
SMALLEST_UNIT = 1.1  # pixels of the small picture: a person of under 200 is too small to be measured
ARM_SEEN = 56.0
IN_FRAME = 62.0  # from the pit of the neck down
MOST_TILT = 4.0
OFF_CENTRE = 4.5
FACE_SKIN = 0.45
HAIR_ALIKE, MOST_HAIR = 0.14, 16.0
WIDEST_NECK = 15.5  # wider than this, hair hangs beside it
HEM_SEARCH, LONG = (27.0, 70.0), 62.0
CLOTH_ALIKE = 0.13


def is_trusted(seen: Silhouette, marks: Marks) -> bool:
    """Whether the person stands upright, faces the camera, and is seen whole from crown to hips."""
    level = abs(float(np.diff([marks.shoulder[side][1] for side in BOTH])[0])) / marks.unit
    return (
        seen.roughness < ROUGHEST_WALL
        and marks.unit > SMALLEST_UNIT
        and level < MOST_TILT
        and marks.neck[1] + IN_FRAME * marks.unit < seen.mask.shape[0]
        and min(marks.arm[side].length for side in BOTH) > ARM_SEEN
        and _faces_us(seen, marks)
        and not _hair_hangs_down(seen, marks)
    )


def may_wear(photo: Floats, body: Body, garments: tuple[Garment, ...]) -> bool:
    """Whether these garments hide what the person wears: one top with sleeves, long enough."""
    if len(garments) != 1:
        return False
    garment = garments[0]
    if garment.kind is not Kind.TOP or garment.shape is None or not isinstance(garment.marks, TopMarks):
        return False
    if len(garment.marks.sleeves) != 2:
        return False
    hem = anchors.place(garment.shape, garment.marks, body, garment.kind).hem_y
    old = _old_hem(photo, body)
    return old < hem - body.unit or old > body.joints["neck"][1] + LONG * body.unit


def _faces_us(seen: Silhouette, marks: Marks) -> bool:
    """Whether head and face are over the middle of the shoulders."""
    rows = slice(max(int(marks.chin_y - 16 * marks.unit), 0), int(marks.chin_y - 2 * marks.unit))
    middle, half = float(marks.neck[0]), round(11 * marks.unit)
    columns = slice(max(int(middle) - half, 0), int(middle) + half)
    head, face = seen.mask[rows, columns], marks.skin[rows, columns]
    if not head.any() or not face.any() or face.sum() < FACE_SKIN * 10 * 12 * marks.unit**2:
        return False
    centres = [float(np.nonzero(one)[1].mean()) - (middle - columns.start) for one in (head, face)]
    apart = abs(centres[0] - centres[1])
    return max(map(abs, centres)) < OFF_CENTRE * marks.unit and apart < 0.5 * OFF_CENTRE * marks.unit


def _hair_hangs_down(seen: Silhouette, marks: Marks) -> bool:
    """Whether hair lies on the shoulders, where it would have to lie on the garment."""
    unit = marks.unit
    crown = _box(seen, marks, (marks.crown + unit, marks.crown + 5 * unit), 4 * unit)
    if not crown.any():
        return True
    hair = np.median(seen.rgb[crown], axis=0)
    alike = np.abs(seen.rgb - hair).max(-1) < HAIR_ALIKE
    pit = float(marks.neck[1])
    hanging = reachable(alike & seen.mask & ~marks.skin, crown & alike)
    low = hanging & _box(seen, marks, (pit - 5 * unit, pit + 6 * unit), 16 * unit)
    neck = _box(seen, marks, (pit - 7 * unit, pit - 2 * unit), 16 * unit).sum(1)
    return bool(low.sum() > MOST_HAIR * unit**2 or neck[neck > 0].min(initial=999) > WIDEST_NECK * unit)


def _box(seen: Silhouette, marks: Marks, rows: tuple[float, float], half: float) -> Mask:
    down, across = np.mgrid[0 : seen.mask.shape[0], 0 : seen.mask.shape[1]]
    inside = (down >= rows[0]) & (down < rows[1]) & (np.abs(across - marks.neck[0]) < half)
    return np.asarray(inside & seen.mask, np.bool_)


def _old_hem(photo: Floats, body: Body) -> float:
    """The lowest row that the cloth of the chest reaches without a break."""
    unit, (x, y) = body.unit, body.joints["neck"]
    columns = slice(max(int(x - 8 * unit), 0), int(x + 8 * unit))
    chest = photo[int(y + 17 * unit) : int(y + 25 * unit), columns].reshape(-1, 3)
    start, end = (int(y + reach * unit) for reach in HEM_SEARCH)
    band = photo[start : min(end, photo.shape[0]), columns]
    alike = (np.abs(band - np.median(chest, axis=0)).max(-1) < CLOTH_ALIKE).mean(1) > 0.5
    broken = np.flatnonzero(~alike)
    gaps = [row for row in broken if not alike[row : row + round(4 * unit)].any()]
    return float(start + (gaps[0] if gaps else len(alike)))
