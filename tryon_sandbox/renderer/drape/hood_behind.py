"""A hood that the photo shows laid out above the shoulders: worn, it stands around and behind the neck."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape.anchors import TAUT, Anchors
from tryon_sandbox.renderer.drape.fit_top import Stretch
from tryon_sandbox.renderer.drape.neckline import Front
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

SURE = 0.5  # how likely a look must find a hood for it to be drawn: a form's neck stands as high
HALF_CM = 11.5  # half the width of its foot around the neck, at the most
THROAT_CM = 6.8  # half the width of what is open in front of the neck, at the most
ABOVE_CHIN_CM = 2.0  # it reaches no higher behind the head
PLACES = 60  # of its outline


def is_worn(whole: Silhouette, cut: Silhouette, necks: Necks) -> bool:
    """Whether what was cut off above the neck is a hood, to be drawn behind it."""
    return cut is not whole and necks.get(Neck.HOOD, 0.0) > SURE


def around_neck(marks: TopMarks, anchors: Anchors, body: Body) -> Anchors:
    """The anchors with the foot of the hood as wide as it is, not as narrow as a collar."""
    middle = float(anchors.neck[LEFT][0] + anchors.neck[RIGHT][0]) / 2
    wanted = min(marks.neck_width / 2 * anchors.scale, HALF_CM * body.unit)
    neck, foot = {}, {}
    for side in BOTH:
        own = abs(float(anchors.neck[side][0]) - middle)
        half = max(wanted, own) if anchors.foot else wanted
        x = middle + side.sign * half
        neck[side] = points(
            [x, float(anchors.neck[side][1]) if anchors.foot else body.shoulder_line(x) - TAUT]
        )
        if anchors.foot:
            tip = abs(float(anchors.shoulder[side][0]) - middle)
            reach = abs(float(anchors.foot[side][0]) - middle) + half - own
            at = middle + side.sign * min(reach, (half + tip) / 2)
            foot[side] = points([at, body.shoulder_line(at)])
    return replace(anchors, neck=neck, foot=foot)


def around_throat(front: Front, anchors: Anchors, body: Body) -> Front:
    """The front no wider than the neck: beside it the hood's own edges lie, or its lining."""
    half = float(anchors.neck[RIGHT][0] - anchors.neck[LEFT][0]) / 2
    return replace(front, width=min(front.width, THROAT_CM * body.unit / half), is_seen=False)


def outline(whole: Silhouette, marks: TopMarks, anchors: Anchors, body: Body) -> Stretch:
    """From the left corner of its opening over its top to the right one: on the body, and in the photo.

    It lies back as a low dome, so much of the hood as that is high, and no more pressed down than cloth is:
    all of it would stand beside the jaw as two ears, or bend a print on the chest.
    """
    left, right = anchors.neck[LEFT], anchors.neck[RIGHT]
    base = marks.neck[RIGHT] - marks.neck[LEFT]
    size = float(right[0] - left[0]) / max(float(base[0]), 1.0)
    foot = float(left[1] + right[1]) / 2
    stands = float(marks.neck[LEFT][1] + marks.neck[RIGHT][1]) / 2 - whole.top
    highest = foot - float(body.joints["chin"][1]) + ABOVE_CHIN_CM * body.unit
    tall = min(size * stands, max(highest, 0.0))
    share = (1 - np.cos(np.linspace(0, np.pi, PLACES))) / 2
    rise = tall * 4 * share * (1 - share)
    worn, lying = left + share[:, None] * (right - left), marks.neck[LEFT] + share[:, None] * base
    worn[:, 1] -= rise
    lying[:, 1] -= rise / size
    lying[1:-1, 0] = [_across(whole, place, part) for place, part in zip(lying, share, strict=True)][1:-1]
    return worn, lying


def _across(whole: Silhouette, place: Points, share: float) -> float:
    """The column within the hood's row, however far it spreads there."""
    run = whole.central(float(place[1]))
    return float(place[0]) if run is None else run[0] + share * (run[1] - run[0])
