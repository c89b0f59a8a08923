"""Whether a garment may be draped: better a flat picture beside the mannequin than a torn one on it."""

import numpy as np

from tryon_sandbox.studio.curves import length
from tryon_sandbox.studio.cutout import Cutout
from tryon_sandbox.studio.landmarks import TopMarks
from tryon_sandbox.studio.raster import Mask
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT
from tryon_sandbox.studio.silhouette import Silhouette
from tryon_sandbox.studio.skin import is_worn
from tryon_sandbox.studio.trouser_marks import SkirtMarks, TrouserMarks

MOST_NOISE = 0.05
MOST_OUTLIERS = 0.30  # share of the border that is not like the rest of it
AREA = (0.04, 0.85)
MOST_BORDERS = 2
MOST_ASYMMETRY = 0.18
MOST_RAGGED = 1.12  # outline by its smoothed self; 42 product photos: whole ones to 1.08, torn from 1.14
SMOOTHING = 10.0  # pixels at working size


def why_not(cutout: Cutout, shape: Silhouette, marks: TopMarks | TrouserMarks | SkirtMarks) -> str:
    """The first reason not to drape this, or nothing."""
    area = float(cutout.mask.mean())
    reasons = {
        "The backdrop is not plain.": cutout.noise > MOST_NOISE or cutout.outliers > MOST_OUTLIERS,
        "The garment is too small or fills the picture.": not AREA[0] < area < AREA[1],
        "The garment is cut off by the picture's edge.": _borders(cutout.mask) > MOST_BORDERS,
        "The garment does not lie symmetrically.": _asymmetry(shape) > MOST_ASYMMETRY,
        "The garment is worn by a person.": is_worn(cutout, shape),
        "The outline is torn: garment and backdrop are too alike.": _raggedness(shape) > MOST_RAGGED,
        "The outline is not a garment's.": not _in_order(marks),
    }
    return next((text for text, doubtful in reasons.items() if doubtful), "")


def _borders(mask: Mask) -> int:
    return sum(int(edge.mean() > 0.05) for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))


def _asymmetry(shape: Silhouette) -> float:
    """Share of the outline's box whose mirror image differs, at the best of a few axes."""
    box = shape.mask[shape.top : shape.bottom + 1]
    area = max(float(box.sum()), 1.0)
    centres = np.linspace(shape.middle - 0.06 * shape.width, shape.middle + 0.06 * shape.width, 9)
    return min(float((box ^ _mirrored(box, float(centre))).sum()) / 2 / area for centre in centres)


def _mirrored(box: Mask, centre: float) -> Mask:
    columns = np.round(2 * centre - np.arange(box.shape[1])).astype(int)
    inside = (columns >= 0) & (columns < box.shape[1])
    return np.asarray(box[:, np.clip(columns, 0, box.shape[1] - 1)] & inside, np.bool_)


def _raggedness(shape: Silhouette) -> float:
    """Length of the outline by the length of the same outline smoothed."""
    reach = np.arange(-30, 31)
    kernel = np.exp(-0.5 * (reach / SMOOTHING) ** 2)
    closed = np.pad(shape.contour, ((30, 30), (0, 0)), mode="wrap")
    ways = [np.convolve(closed[:, axis], kernel / kernel.sum(), "valid") for axis in (0, 1)]
    return length(shape.contour) / max(length(np.stack(ways, 1)), 1.0)


def _in_order(marks: TopMarks | TrouserMarks | SkirtMarks) -> bool:
    if isinstance(marks, TopMarks):
        return _top_in_order(marks)
    if isinstance(marks, TrouserMarks):
        return bool(
            marks.waist[LEFT][0] < marks.crotch[0] < marks.waist[RIGHT][0]
            and all(marks.inner[side][1] > marks.crotch[1] for side in BOTH)
        )
    return bool(marks.hem[RIGHT][0] - marks.hem[LEFT][0] > 8)


def _top_in_order(marks: TopMarks) -> bool:
    above = all(marks.neck[side][1] < marks.armpit[side][1] < marks.hem[side][1] for side in BOTH)
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])
    across = marks.neck_width > 0.08 * marks.chest_width and marks.chest_width > max(8.0, 0.25 * hem)
    inside = all(
        marks.neck[side][0] * side.sign < marks.armpit[side][0] * side.sign + 0.25 * marks.chest_width
        for side in BOTH
    )
    return bool(above and across and inside)
