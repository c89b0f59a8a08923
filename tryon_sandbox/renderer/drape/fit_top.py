"""Fitting the body of a top or dress: its outline is laid along neck, shoulders, sides and hem."""

import numpy as np

from tryon_sandbox.renderer.curves import Points, between, bump, evenly, paired, points, smooth
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape.anchors import Anchors
from tryon_sandbox.renderer.drape.warp import Patch
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import standing
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

Stretch = tuple[Points, Points]  # matching points: on the body, in the photo
SIDE_POINTS, ABOVE_POINTS = 22, 40
WIDEST = (9.0, 26.0)  # units beyond the skin: at the armpit, and so much more at the hem
# How much is kept of what a hem hangs askew: it lies turned, or is seen aslant. One that falls by more of its
# width is cut so; of 218 photos, those that are not to 0.21.
ASKEW, CUT_ASLANT = 0.25, 0.25
EASE_CM = 0.9  # cloth stands off the body by this much where it is cut close


def torso(
    shape: Silhouette,
    marks: TopMarks,
    anchors: Anchors,
    body: Body,
    kind: Kind,
    above: Stretch | None = None,
) -> Patch:
    """The trunk of the garment, sleeves left out; `above` is what stands above its neck, if anything."""
    sides = {side: _side(shape, marks, anchors, body, kind, side) for side in BOTH}
    holes = {side: armhole(shape, marks, anchors, body, side) for side in BOTH}
    left_hem, right_hem = sides[LEFT][0][-1], sides[RIGHT][0][-1]
    along = 12 if anchors.foot else 7
    loop = [
        paired(*above, ABOVE_POINTS) if above else paired(*_neckline(shape, marks, anchors, body), 15),
        paired(*_shoulder(shape, marks, anchors, body, RIGHT), along),
        paired(*holes[RIGHT], 8),
        paired(*sides[RIGHT], SIDE_POINTS),
        paired(*_hem(shape, marks, anchors, body, kind, right_hem, left_hem), 45),
        paired(*_reversed(sides[LEFT]), SIDE_POINTS),
        paired(*_reversed(holes[LEFT]), 8),
        paired(*_reversed(_shoulder(shape, marks, anchors, body, LEFT)), along),
    ]
    target = np.concatenate([one[:-1] for one, _ in loop])
    source = np.concatenate([one[:-1] for _, one in loop])
    return Patch(target, source, target)


def armhole(shape: Silhouette, marks: TopMarks, anchors: Anchors, body: Body, side: Side) -> Stretch:
    """From shoulder tip to armpit: a seam where there is a sleeve, the garment's own edge where not."""
    if marks.sleeves:
        return _seam(marks, anchors, body, side)
    path = _own_armhole(shape, marks, side)
    start, line = marks.shoulder[side], marks.armpit[side] - marks.shoulder[side]
    size = float(np.hypot(*line)) + 1e-9
    along = (path - start) @ line / size**2
    off = (path - start) @ points([-line[1], line[0]]) / size * anchors.scale
    reach = anchors.armpit[side] - anchors.shoulder[side]
    normal = points([-reach[1], reach[0]]) / (np.hypot(*reach) + 1e-9)
    off = np.clip(off, -9 * body.unit, 9 * body.unit)
    return anchors.shoulder[side] + along[:, None] * reach + off[:, None] * normal, path


def _seam(marks: TopMarks, anchors: Anchors, body: Body, side: Side) -> Stretch:
    bow = -side.sign * bump(7) * 1.1 * body.unit
    target = between(anchors.shoulder[side], anchors.armpit[side], 7)
    source = between(marks.shoulder[side], marks.armpit[side], 7)
    target[:, 0] += bow
    source[:, 0] += bow / anchors.scale
    return target, source


def _own_armhole(shape: Silhouette, marks: TopMarks, side: Side) -> Points:
    if side is RIGHT:
        return shape.arc(marks.shoulder[side], marks.armpit[side])
    return shape.arc(marks.armpit[side], marks.shoulder[side])[::-1]


def _neckline(shape: Silhouette, marks: TopMarks, anchors: Anchors, body: Body) -> Stretch:
    path = shape.arc(marks.neck[LEFT], marks.neck[RIGHT])
    base = marks.neck[RIGHT] - marks.neck[LEFT]
    share = np.clip((path - marks.neck[LEFT]) @ base / (base @ base), 0, 1)
    depth = (path - marks.neck[LEFT] - share[:, None] * base)[:, 1] * anchors.scale
    target = anchors.neck[LEFT] + (anchors.neck[RIGHT] - anchors.neck[LEFT]) * share[:, None]
    target[:, 1] += np.clip(depth, -7 * body.unit, 40 * body.unit)
    return target, path


def _shoulder(shape: Silhouette, marks: TopMarks, anchors: Anchors, body: Body, side: Side) -> Stretch:
    """From neck corner to shoulder tip."""
    start, end = anchors.neck[side], anchors.shoulder[side]
    if marks.straps and marks.sleeves:
        return _below_strap(shape, marks, anchors, side)
    if anchors.foot:
        return _beyond_foot(shape, marks, anchors, body, side)
    across = np.linspace(start[0], end[0], 8)
    heights = np.array([body.shoulder_line(float(x)) - 1.5 for x in across])
    if marks.off_shoulder:
        heights = np.linspace(start[1], end[1], len(across))
    heights[0], heights[-1] = start[1], end[1]
    target = np.c_[across, smooth(heights, 3)]
    return target, standing.shoulder_path(shape, marks, side)


def _beyond_foot(shape: Silhouette, marks: TopMarks, anchors: Anchors, body: Body, side: Side) -> Stretch:
    """Down the side of a collar that stands up, and along the shoulder to its tip."""
    path = standing.shoulder_path(shape, marks, side)
    at = standing.foot_of(path, standing.find(shape, marks)[side])
    start, foot, end = anchors.neck[side], anchors.foot[side], anchors.shoulder[side]
    across = np.linspace(foot[0], end[0], 6)
    heights = np.array([body.shoulder_line(float(x)) - 1.5 for x in across])
    heights[0], heights[-1] = foot[1], end[1]
    target = np.concatenate([between(start, foot, 5)[:-1], np.c_[across, smooth(heights, 3)]])
    source = np.concatenate([evenly(path[: at + 1], 5)[:-1], evenly(path[at:], 6)])
    return target, source


def _below_strap(shape: Silhouette, marks: TopMarks, anchors: Anchors, side: Side) -> Stretch:
    """Down the strap and along the upper edge to the sleeve, as the photo shows it."""
    begin, finish = marks.neck[side], marks.shoulder[side]
    path = shape.arc(begin, finish) if side is RIGHT else shape.arc(finish, begin)[::-1]
    size = finish - begin
    size = np.where(np.abs(size) < 1, 1.0, size)
    target = anchors.neck[side] + (path - begin) / size * (anchors.shoulder[side] - anchors.neck[side])
    return target, path


def _side(
    shape: Silhouette, marks: TopMarks, anchors: Anchors, body: Body, kind: Kind, side: Side
) -> Stretch:
    """From armpit to hem: what is cut close follows the body, what is cut wide stays wide."""
    path = _own_side(shape, marks, side)
    start = float(anchors.armpit[side][1])
    drop = max(float(marks.hem[side][1] - marks.armpit[side][1]), 1.0)
    share = np.clip((path[:, 1] - marks.armpit[side][1]) / drop, 0, 1)
    end = anchors.hem_y + float(marks.hem[side][1] - marks.hem_y) * anchors.stretch * _kept_askew(marks)
    heights = start + share * (end - start)
    lowest = float(body.joints["hipR"][1]) + 4 * body.unit
    centres = np.array([body.centre(min(y, lowest)) for y in heights])
    width = anchors.scale * (0.94 if kind is Kind.TOP else 0.96)
    own = centres + (path[:, 0] - marks.centre) * width
    ease = np.where(share < 0.12, 0.2, EASE_CM) * body.unit
    skin = np.array([body.edge(y, side) for y in heights]) + side.sign * ease
    widest = skin + side.sign * (WIDEST[0] + share * WIDEST[1]) * body.unit
    across = side.sign * np.clip(side.sign * own, side.sign * skin, side.sign * widest)
    pit = float(anchors.armpit[side][0])
    across = pit + (smooth(across, 5) - pit) * np.clip(share / 0.20, 0, 1) ** 0.7
    return np.c_[across, heights], path


def _kept_askew(marks: TopMarks) -> float:
    """The share that is kept of the difference between the corners of the hem."""
    line = marks.hem[RIGHT] - marks.hem[LEFT]
    return ASKEW if abs(float(line[1])) < CUT_ASLANT * abs(float(line[0])) else 1.0


def _own_side(shape: Silhouette, marks: TopMarks, side: Side) -> Points:
    if side is RIGHT:
        return evenly(shape.arc(marks.armpit[side], marks.hem[side]), SIDE_POINTS)
    return evenly(shape.arc(marks.hem[side], marks.armpit[side])[::-1], SIDE_POINTS)


def _hem(
    shape: Silhouette, marks: TopMarks, anchors: Anchors, body: Body, kind: Kind, start: Points, end: Points
) -> Stretch:
    """From the right hem corner to the left, sagging a little as a round body shows it."""
    path = shape.arc(marks.hem[RIGHT], marks.hem[LEFT])
    base = marks.hem[LEFT] - marks.hem[RIGHT]
    share = np.clip((path[:, 0] - marks.hem[RIGHT][0]) / base[0], 0, 1)
    own = (path[:, 1] - (marks.hem[RIGHT][1] + base[1] * share)) * anchors.scale
    target = start + (end - start) * share[:, None]
    sag = 1.3 if kind is Kind.TOP else 2.1
    target[:, 1] += own + np.sin(np.pi * share) * sag * body.unit
    return target, path


def _reversed(stretch: Stretch) -> Stretch:
    return stretch[0][::-1], stretch[1][::-1]
