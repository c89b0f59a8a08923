"""How wide a neckline is worn that a look at the photo finds round: about as wide as necks are."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.drape.anchors import TAUT, Anchors
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

SURE = 0.5
# From seam to seam beside the neck: as the photo shows it, and as it is worn. Narrower ones, of photos that
# show the shoulders bunched, would be notches in front of the neck. Wider ones are of photos whose sleeves
# hide the chest's sides, of jumpers cut wide, whose necks are as wide as any, and of boat and square necks:
# of 13 from 23 cm on, a look finds all the former surely round, from 0.88, and the latter to 0.72.
SEEN_CM = (14.0, 17.0, 24.0, 26.0)
WORN_CM = (14.0, 17.0, 17.5, 19.5)
SURELY_ROUND, WIDEST_ROUND_CM = 0.8, 17.5


def worn(marks: TopMarks, anchors: Anchors, necks: Necks, body: Body) -> Anchors:
    """The anchors with the corners of a round neckline that lies flat as far apart as they are worn."""
    if (
        anchors.foot
        or not marks.has_neckline
        or necks.get(Neck.ROUND, 0.0) + necks.get(Neck.HOOD, 0.0) < SURE
    ):
        return anchors
    half = float(anchors.neck[RIGHT][0] - anchors.neck[LEFT][0]) / 2
    middle = float(anchors.neck[LEFT][0] + anchors.neck[RIGHT][0]) / 2
    width = float(np.interp(2 * half / body.unit, SEEN_CM, WORN_CM))
    if necks.get(Neck.ROUND, 0.0) > SURELY_ROUND:
        width = min(width, WIDEST_ROUND_CM)
    half = width / 2 * body.unit
    return replace(
        anchors, neck={side: _corner(middle + side.sign * half, anchors, body, side) for side in BOTH}
    )


def _corner(across: float, anchors: Anchors, body: Body, side: Side) -> Points:
    limit = float(anchors.shoulder[side][0]) - side.sign * 2.0 * body.unit
    across = side.sign * min(side.sign * across, side.sign * limit)
    return points([across, body.shoulder_line(across) - TAUT])
