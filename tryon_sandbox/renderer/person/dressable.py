"""When a person in a photo may be dressed: every doubt means no, and a print beside that says which."""

from collections.abc import Callable

import numpy as np

from tryon_sandbox.renderer.drape import anchors
from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
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

Doubt = tuple[str, Callable[[], bool]]  # a sentence, and whether it is true


class NotTrusted(Exception):
    """A person who may not be dressed; the message says why."""


def why_not(seen: Silhouette, marks: Marks) -> str:
    """What speaks against a person who stands upright, faces the camera and is seen whole from crown to hips;
    empty when nothing does."""
    doubts: tuple[Doubt, ...] = (
        ("The wall behind the person is not plain.", lambda: seen.roughness >= ROUGHEST_WALL),
        ("The person is too small in the photo.", lambda: marks.unit <= SMALLEST_UNIT),
        ("The person's shoulders are not level.", lambda: _tilt(marks) >= MOST_TILT),
        ("The person's photo ends above the hips.", lambda: _lowest(marks) >= seen.mask.shape[0]),
        ("The person's arms cannot be seen whole.", lambda: _arm_seen(marks) <= ARM_SEEN),
        ("The person does not face the camera.", lambda: not _faces_us(seen, marks)),
        ("The person's hair hangs over the shoulders.", lambda: _hair_hangs_down(seen, marks)),
    )
    return next((sentence for sentence, holds in doubts if holds()), "")


def why_not_worn(photo: Floats, body: Body, garments: tuple[Garment, ...]) -> str:
    """What speaks against garments that hide what the person wears: one top with sleeves, long enough; empty
    when nothing does."""
    garment, *more = garments
    marks = garment.marks
    if more or garment.kind is not Kind.TOP or garment.shape is None or not isinstance(marks, TopMarks):
        return "On a person's photo only a top by itself can be worn."
    if len(marks.sleeves) != 2:
        return "On a person's photo only a top with two sleeves can be worn."
    hem = anchors.place(garment.shape, marks, body, garment.kind).hem_y
    old = _old_hem(photo, body)
    is_hidden = old < hem - body.unit or old > body.joints["neck"][1] + LONG * body.unit
    return "" if is_hidden else "What the person wears would show below it."


def _tilt(marks: Marks) -> float:
    return abs(float(np.diff([marks.shoulder[side][1] for side in BOTH])[0])) / marks.unit


def _lowest(marks: Marks) -> float:
    return float(marks.neck[1]) + IN_FRAME * marks.unit


def _arm_seen(marks: Marks) -> float:
    return min(marks.arm[side].length for side in BOTH)


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
