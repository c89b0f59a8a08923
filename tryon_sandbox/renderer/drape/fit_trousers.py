"""Fitting trousers: two legs that share the seam from waist to crotch."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, between, bump, evenly, paired, points, smooth
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape import trouser_length
from tryon_sandbox.renderer.drape.waist import along_waist, waist_corner
from tryon_sandbox.renderer.drape.warp import Patch
from tryon_sandbox.renderer.garments.marks.hem_corners import squared
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks, leg_runs
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

WAIST_BELOW_NECK_CM = 38.0
CROTCH_CM = (6.0, 9.0, 12.0)  # below the joints of the hips: least, where thighs touch, most
STATIONS = 22
HEM_POINTS = 15
FLARE = 1.12  # times as wide as at the knee: a flared leg
# How far an inner side may lie beyond the middle between the legs, by how far down the leg: at the crotch
# both lie on each other, and part at the hem, however wide they are cut. Else shorts looked like a skirt.
BEYOND_CM = ((0.0, 0.45, 1.0), (2.5, 0.3, -1.9))
# Width over the hips as worn by the body's own: a waist that an elastic draws up makes no wider legs.
HIPS_EASE = 1.12


@dataclass(frozen=True, slots=True)
class TrouserFit:
    """One patch a leg, and where waist, crotch and hems came to lie."""

    patches: tuple[Patch, ...]
    scale: float
    waist_y: float
    crotch: Points
    hems: dict[Side, tuple[Points, Points]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """`hip_scale`: that of the width over the hips; `leg_scale`: of a leg's, by side, across how it lies."""

    shape: Silhouette
    marks: TrouserMarks
    body: Body
    waist_y: float
    crotch: Points
    leg: float
    is_lengthened: bool
    scale: float
    hip_scale: float
    leg_scale: dict[Side, float]

    @property
    def fork(self) -> float:
        """The row of the crotch in the photo."""
        return float(self.marks.crotch[1])


def trousers(shape: Silhouette, marks: TrouserMarks, body: Body) -> TrouserFit:
    """Both legs on this body."""
    marks = squared(shape, marks)
    plan = _plan(shape, marks, body)
    waist = along_waist(plan.shape, plan.marks.waist, plan.body, plan.waist_y)
    centre = int(np.abs(waist[1][:, 0] - marks.crotch[0]).argmin())
    halves = {
        RIGHT: (waist[0][centre:], waist[1][centre:]),
        LEFT: (waist[0][: centre + 1][::-1], waist[1][: centre + 1][::-1]),
    }
    seam = between(halves[RIGHT][0][0], plan.crotch, 9), between(halves[RIGHT][1][0], marks.crotch, 9)
    legs = {side: (_leg_edge(plan, side, True), _leg_edge(plan, side, False)) for side in BOTH}
    patches = tuple(_patch(plan, side, halves[side], legs[side], seam) for side in BOTH)
    hems = {side: (outer[0][-1], inner[0][-1]) for side, (outer, inner) in legs.items()}
    return TrouserFit(patches, plan.scale, plan.waist_y, plan.crotch, hems)


def _plan(shape: Silhouette, marks: TrouserMarks, body: Body) -> _Plan:
    unit = body.unit
    waist_y = float(body.joints["neck"][1]) + WAIST_BELOW_NECK_CM * unit
    crotch_y = _crotch_row(body)
    centre = (body.leg(crotch_y, LEFT)[1] + body.leg(crotch_y, RIGHT)[1]) / 2
    own_width = float(marks.waist[RIGHT][0] - marks.waist[LEFT][0])
    scale = (body.width(waist_y) + 0.7 * unit) / max(own_width, 1.0)
    full = float(body.joints["ankleR"][1] + body.joints["ankleL"][1]) / 2 - crotch_y
    share = trouser_length.share(marks, own_width, max(trouser_length.hips(shape, marks), 1.0))
    cut, least = full * share + 0.5 * unit, body.shortest_hem - crotch_y
    hips = _hip_scale(shape, marks, body, scale)
    own_rise = (float(marks.crotch[1]) - trouser_length.top(marks)) * hips
    sag = trouser_length.sag((own_rise - crotch_y + waist_y) / unit, cut / unit, share) * unit
    crotch_y, cut, least = crotch_y + sag, cut - sag, least - sag
    legs = {side: _leg_scale(shape, marks, hips, side) for side in BOTH}
    fork = points([centre, crotch_y])
    return _Plan(shape, marks, body, waist_y, fork, max(cut, least), cut < least, scale, hips, legs)


def _hip_scale(shape: Silhouette, marks: TrouserMarks, body: Body, scale: float) -> float:
    """No more than what the hips allow: a waist that is drawn up, or sits lower than here, stretches none."""
    hip = float(body.joints["hipR"][1] + body.joints["hipL"][1]) / 2
    return min(scale, HIPS_EASE * body.width(hip) / max(trouser_length.hips(shape, marks), 1.0))


def _leg_scale(shape: Silhouette, marks: TrouserMarks, scale: float, side: Side) -> float:
    """Less for a leg that lies aslant: its rows are cut aslant, too."""
    fork = float(marks.crotch[1])
    runs = leg_runs(shape, fork + 2, side, float(marks.crotch[0]))
    start = points([(runs[0][0] + runs[-1][1]) / 2, fork]) if runs else marks.crotch
    across, down = (marks.outer[side] + marks.inner[side]) / 2 - start
    return scale * float(abs(down) / max(np.hypot(across, down), 1.0))


def _crotch_row(body: Body) -> float:
    """Just below the first row with daylight between the thighs, within what a body can have."""
    hip, unit = float(body.joints["hipR"][1] + body.joints["hipL"][1]) / 2, body.unit
    least, usual, most = (hip + below * unit for below in CROTCH_CM)
    rows = range(int(least), min(int(most), body.shape[0] - 2))
    return next((float(y) for y in rows if _daylight(body, y)), usual) + 1.5 * unit


def _daylight(body: Body, y: float) -> bool:
    row = int(min(y, body.shape[0] - 1))
    one, other = sorted((body.leg(row, LEFT)[1], body.leg(row, RIGHT)[1]))
    return bool(body.alpha[row, max(int(one) - 2, 0) : int(other) + 3].min() < 0.35)


def _leg_edge(plan: _Plan, side: Side, outer: bool) -> tuple[Points, Points]:
    """One edge of one leg, from waist or crotch to the hem."""
    path = _own_edge(plan, side, outer)
    fork = _outer_fork(plan, side) if outer else plan.fork
    heights = _heights(plan, path[:, 1] if outer else np.maximum(path[:, 1], fork), fork)
    across = np.array(
        [
            _edge_x(plan, side, outer, float(x), float(own), y)
            for (x, own), y in zip(path, heights, strict=True)
        ]
    )
    if outer:
        across = smooth(across, 5)
        across[0] = waist_corner(plan.body, plan.waist_y, side)[0]
        return np.c_[across, heights], path
    limit = _middles(plan, heights) - side.sign * _beyond(plan, heights)
    across = side.sign * np.maximum(side.sign * across, side.sign * limit)
    across[0] = plan.crotch[0]
    across = smooth(across, 3)
    across[0] = plan.crotch[0]
    return np.c_[across, heights], path


def _middles(plan: _Plan, heights: Numbers) -> Numbers:
    """Between the wearer's legs, in these rows."""
    rows = np.minimum(heights, plan.body.shape[0] - 1.0)
    return np.array([(plan.body.leg(y, LEFT)[1] + plan.body.leg(y, RIGHT)[1]) / 2 for y in rows])


def _beyond(plan: _Plan, heights: Numbers) -> Numbers:
    """How far beyond it an inner side may lie, in pixels."""
    down = np.asarray((heights - plan.crotch[1]) / plan.leg, np.float64)
    return np.interp(down, *BEYOND_CM) * plan.body.unit


def _own_edge(plan: _Plan, side: Side, outer: bool) -> Points:
    marks, arc = plan.marks, plan.shape.arc
    if outer:
        start, end = marks.waist[side], marks.outer[side]
    else:
        start, end = marks.crotch, marks.inner[side]
    clockwise = outer == (side is RIGHT)
    return evenly(arc(start, end) if clockwise else arc(end, start)[::-1], STATIONS)


def _outer_fork(plan: _Plan, side: Side) -> float:
    """The row that comes to lie at the crotch: higher up where the hem rises outwards, or is lengthened."""
    hem, inner, waist = (
        float(ends[side][1]) for ends in (plan.marks.outer, plan.marks.inner, plan.marks.waist)
    )
    fork = plan.fork - max(inner - hem, 0.0)
    rise = plan.crotch[1] - plan.waist_y
    even = hem - (hem - waist) * float(plan.leg / max(plan.leg + rise, 1.0))
    return min(fork, even) if plan.is_lengthened else fork


def _heights(plan: _Plan, own: Numbers, fork: float) -> Numbers:
    """The rows of an edge, by its own ends: it begins at the waist, however aslant that lies in the photo."""
    top, hem = min(float(own[0]), fork), float(own[-1])
    above = plan.waist_y + (own - top) / max(fork - top, 1.0) * (plan.crotch[1] - plan.waist_y)
    below = plan.crotch[1] + (own - fork) / max(hem - fork, 1.0) * plan.leg
    return np.asarray(np.where(own < fork, above, below), np.float64)


def _edge_x(plan: _Plan, side: Side, outer: bool, x: float, own_y: float, y: float) -> float:
    if outer and y < plan.crotch[1]:
        return _hip_x(plan, side, x, own_y, y)
    return _leg_x(plan, side, outer, own_y, y)


def _hip_x(plan: _Plan, side: Side, x: float, own_y: float, y: float) -> float:
    body = plan.body
    runs = plan.shape.at(min(own_y, float(plan.marks.crotch[1])))
    half = abs(x - (runs[0][0] + runs[-1][1]) / 2) * plan.hip_scale if runs else 0.0
    skin = body.edge(y, side) + side.sign * 0.5 * body.unit
    widest = abs(skin - body.centre(y)) + 3 * body.unit
    return side.outermost(skin, body.centre(y) + side.sign * min(half, widest))


def _leg_x(plan: _Plan, side: Side, outer: bool, own_y: float, y: float) -> float:
    body, unit = plan.body, plan.body.unit
    row = min(y, body.shape[0] - 1.0)
    edges = body.leg(row, side)
    centre = sum(edges) / 2
    if not outer and y < plan.crotch[1] + 14 * unit and not _daylight(body, row):
        return (body.leg(row, LEFT)[1] + body.leg(row, RIGHT)[1]) / 2
    half = _leg_half(plan, side, abs(edges[0] - edges[1]) / 2, own_y, y)
    return centre + (side.sign if outer else -side.sign) * half


def _leg_half(plan: _Plan, side: Side, skin: float, own_y: float, y: float) -> float:
    """Half the width of the leg: as cut, but never tighter than the thigh nor wider than 9 cm beyond it."""
    unit, body = plan.body.unit, plan.body
    own = _own_leg(plan, side, own_y) / 2
    knee = float(body.joint("knee", side)[1])
    if y > knee + 4 * unit:
        skin = min(skin, 6.0 * unit)
        own = max(own, _flared(plan, side, knee, own))
    if y > body.joint("ankle", side)[1] - 10 * unit:
        return max(min(own, max(skin, 4.0 * unit) + 9 * unit), 4.2 * unit)
    return max(skin + 0.8 * unit, min(own * 0.98, skin + 9 * unit))


def _own_leg(plan: _Plan, side: Side, row: float) -> float:
    """The width of a leg as it is cut: of its row in the photo, or of its hem where that cuts rows short."""
    outer, inner = plan.marks.outer[side], plan.marks.inner[side]
    if row > min(outer[1], inner[1]):
        return float(np.hypot(*(outer - inner))) * plan.hip_scale
    runs = leg_runs(plan.shape, max(row, plan.fork), side, float(plan.marks.crotch[0]))
    return (runs[-1][1] - runs[0][0]) * plan.leg_scale[side] if runs else 0.0


def _flared(plan: _Plan, side: Side, knee: float, own: float) -> float:
    """Half the width of a leg that widens below the knee as much as it does in the photo; or nothing.

    A waist that is drawn up makes the whole leg narrow; what is seen of a flare is its ratio to the knee.
    """
    body, unit = plan.body, plan.body.unit
    fork, hem = float(plan.marks.crotch[1]), float(plan.marks.outer[side][1])
    row = fork + (knee - float(plan.crotch[1])) / plan.leg * (hem - fork)
    own_knee = _own_leg(plan, side, row) / 2 if row < hem else 0.0
    if own_knee < unit or own < FLARE * own_knee:
        return 0.0
    edges = body.leg(knee, side)
    return min(max(abs(edges[0] - edges[1]) / 2 + 0.8 * unit, own_knee) * own / own_knee, 16 * unit)


def _patch(
    plan: _Plan,
    side: Side,
    waist: tuple[Points, Points],
    edges: tuple[tuple[Points, Points], tuple[Points, Points]],
    seam: tuple[Points, Points],
) -> Patch:
    outer, inner = edges
    hem = _hem(plan, side, outer[0][-1], inner[0][-1])
    loop = [
        paired(*waist, 6),
        paired(*outer, STATIONS),
        paired(*hem, HEM_POINTS),
        paired(inner[0][::-1], inner[1][::-1], STATIONS),
        paired(seam[0][::-1], seam[1][::-1], 9),
    ]
    outline = np.concatenate([one[:-1] for one, _ in loop])
    source = np.concatenate([one[:-1] for _, one in loop])
    middle = _middle(plan, outer, inner)
    return Patch(np.concatenate([outline, middle[0]]), np.concatenate([source, middle[1]]), outline)


def _hem(plan: _Plan, side: Side, start: Points, end: Points) -> tuple[Points, Points]:
    outer, inner = plan.marks.outer[side], plan.marks.inner[side]
    arc = plan.shape.arc
    path = arc(outer, inner) if side is RIGHT else arc(inner, outer)[::-1]
    target = between(start, end, len(path))
    target[:, 1] += bump(len(path)) * 0.9 * plan.body.unit
    return target, path


def _middle(plan: _Plan, outer: tuple[Points, Points], inner: tuple[Points, Points]) -> tuple[Points, Points]:
    """The middle of the leg, so that the cloth inside does not slide sideways."""
    unit = plan.body.unit
    heights = np.linspace(plan.crotch[1] + 2 * unit, outer[0][-1, 1] - 2 * unit, 7)
    edges = [_at_rows(*edge, heights) for edge in (outer, inner)]
    return (edges[0][0] + edges[1][0]) / 2, (edges[0][1] + edges[1][1]) / 2


def _at_rows(target: Points, source: Points, rows: Numbers) -> tuple[Points, Points]:
    """Matching points where an edge on the body crosses these rows."""
    order = np.maximum.accumulate(target[:, 1])
    on_body, in_photo = (
        np.stack([np.interp(rows, order, path[:, axis]) for axis in (0, 1)], 1) for path in (target, source)
    )
    return on_body, in_photo
