"""Telling sleeves that lie against the body by what they do to its outline, where no armpit was found."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.sides import BOTH, LEFT, Side

RECESS = 0.04  # of the height: how far a hem lies above the ends of longer sleeves
# Where sleeves end, both sides step in by so much of the chest within so many rows of the height, between
# armpit and hem: sleeves that are rolled up from 0.11; sides of what has none to 0.035.
STEP, ROWS, ABOVE_HEM = 0.07, 0.05, 0.85
# Rows of the lower half, by the height, in which a cuff, so wide by the width, hangs at both sides of a body:
# sleeves that part from it there, below straps, 0.043 and 0.12. Scallops of a hem are wider, from 0.26, at
# one side at least.
BESIDE, CUFF = 0.02, (0.05, 0.20)


def hides_sleeves(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether what seems to have no sleeves goes down lower at both sides than in between, steps in or parts.

    Of what hangs by straps it is the hem that is arched; puffed shoulders may be taken for such.
    """
    if marks.sleeves:
        return False
    below_hem = not marks.straps and _reaches_below_hem(shape)
    return below_hem or _steps_in(shape, marks) or _parts_below(shape)


def _parts_below(shape: Silhouette) -> bool:
    rows = range(shape.row(0.5), shape.bottom + 1)
    return sum(_is_parted(shape, y) for y in rows) > BESIDE * shape.height


def _is_parted(shape: Silhouette, y: int) -> bool:
    least, most = (share * shape.width for share in CUFF)
    wide = [end - start for start, end in shape.at(y) if end - start > least]
    return len(wide) > 2 and max(wide[0], wide[-1]) < most


def _reaches_below_hem(shape: Silhouette) -> bool:
    lower = shape.mask.shape[0] - shape.mask[::-1].argmax(0)
    middle = float(np.median(lower[_columns(shape, 0.40, 0.60)]))
    sides = [float(lower[_columns(shape, *part)].max()) for part in ((0.0, 0.25), (0.75, 1.0))]
    return min(sides) - middle > RECESS * shape.height


def _columns(shape: Silhouette, start: float, end: float) -> slice:
    return slice(int(shape.left + start * shape.width), int(shape.left + end * shape.width) + 1)


def _steps_in(shape: Silhouette, marks: TopMarks) -> bool:
    if marks.halter:
        return False
    return min(_step(shape, marks, side) for side in BOTH) > STEP * max(marks.chest_width, 1.0)


def _step(shape: Silhouette, marks: TopMarks, side: Side) -> float:
    start, end = float(marks.armpit[side][1]), marks.hem_y
    found = [shape.at(y) for y in range(int(start), int(start + ABOVE_HEM * (end - start)))]
    reach = [side.sign * (runs[0][0] if side is LEFT else runs[-1][1]) for runs in found if runs]
    rows = max(2, int(ROWS * shape.height))
    return max((above - below for above, below in zip(reach, reach[rows:], strict=False)), default=0.0)
