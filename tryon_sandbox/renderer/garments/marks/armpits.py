"""Where the armpits of a top or dress are, with sleeves that part from the body and without any."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, evenly, points
from tryon_sandbox.renderer.cutout.silhouette import REMEMBERED, Silhouette
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.widening import where_body_widens
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

LONG = 1.4  # height by width above which the upper body takes less of the height
# Tailoring, in widths of the chest lying flat (46 cm of a medium size):
ARMHOLE = 0.48  # how deep an armhole is
HIGHEST = 0.28  # nor is its lower end less deep; a shoulder's tip is a corner, too
UNDER_STRAPS = 0.50  # nor, where straps are left out of it, deeper: a waist is a corner, too
STRAP_WIDTH = 0.08
# This far below its top, by the width, a strapped garment is nothing but straps, and some rows show both:
# camisoles from 0.16 and 0.48; the wide straps of a tank to 0.12, and a hook is one.
STRAP_DROP, BOTH_STRAPS = 0.12, 0.15
# Straps that are wider, doubled or frilled: beside the middle so much of the width on either side and nothing
# between them, for so far below the top by the whole width, and in so many of these rows both show. Straps
# from 0.15 and 0.64; necklines with shoulders beside them to 0.11, straps above sleeves to 0.14.
WIDE_STRAP, WIDE_DROP, WIDE_BOTH = 0.24, 0.145, 0.6
BUCKLE = 0.30  # as wide they may be in places, where that is known: with buckles, or frills
# By how much a bow that ties a strap is wider than the strap below it, as shoulders only widen; and for how
# much of the whole width both straps are narrow there, at the least: 0.13. Of bobble hats side by side 0.03.
BOW, STRAP_LENGTH = 0.08, 0.07
GROWING = 1.25  # a row above one that is so much wider still lies beside the armhole
CAP = 0.10  # how far a cap sleeve juts out at the least
# Sides that are as wide half way down as near the hem, but narrower at the armpit: that one of a racer back
# 0.61, of all others with straight sides from 0.81. It is all out within half of the width from there.
CUT_IN, SAME, ALL_OUT, DEEPEST = 0.75, 0.08, 0.95, 0.5
FARTHER = 1.25  # of how far the nearer armpit is from the middle; blouses and tees on hangers from 1.31
STEEP = 0.60  # a sleeve's lower edge runs inwards by more than this a step down, a waist by less


@dataclass(frozen=True, slots=True)
class Armpit:
    """`has_sleeve` where cloth goes on outwards above it."""

    place: Points
    has_sleeve: bool


def find(shape: Silhouette, hem: dict[Side, Points]) -> dict[Side, Armpit]:
    """The armpits of both sides; where they disagree much, one is the mirror image of the other.

    What hangs by straps has no sleeves, however far its sides swing out.
    """
    if has_straps(shape):
        return find_bare(shape, hem)
    return _balanced({side: _armpit(shape, side, hem[side]) for side in BOTH}, hem, shape)


def find_bare(shape: Silhouette, hem: dict[Side, Points]) -> dict[Side, Armpit]:
    """The armpits of what has no sleeves. Raises ValueError where the chest cannot be made out."""
    top, width = chest(shape)
    found = {side: Armpit(_corner(shape, side, hem[side], top, width), False) for side in BOTH}
    return _balanced(found, hem, shape)


def find_evened(shape: Silhouette, hem: dict[Side, Points]) -> dict[Side, Armpit]:
    """The same, but where one lies much farther out it is the lower corner of a sleeve that hangs against the
    body: the other one's mirror image in its place."""
    found, middle = find(shape, hem), float(hem[LEFT][0] + hem[RIGHT][0]) / 2
    away = {side: abs(float(one.place[0]) - middle) for side, one in found.items()}
    near, far = sorted(BOTH, key=lambda side: away[side])
    if away[far] < FARTHER * away[near]:
        return found
    return {near: found[near], far: _mirrored(shape, found[near], middle)}


def chest(shape: Silhouette) -> tuple[float, float]:
    """Where the cloth of the chest begins (a row), and about how wide it is lying flat."""
    top = _bodice_top(shape)
    for y in range(int(top) + 4, shape.bottom):
        width = shape.span(y)
        if y - top >= 0.5 * width:
            below = max(shape.span(y + share * width) for share in (0.12, 0.24, 0.36))
            if below < GROWING * width:
                return top, max(width, min(below, 1.15 * width))
    return top, shape.span(shape.row(0.5))


@lru_cache(maxsize=REMEMBERED)
def has_straps(shape: Silhouette) -> bool:
    """Whether straps hold it: high up there are two thin runs and nothing else."""
    if _below_wide_straps(shape) is not None:
        return True
    top = _below_thin_straps(shape)
    if top - shape.top <= STRAP_DROP * shape.width:
        return False
    rows = [shape.at(y) for y in range(shape.top, int(top))]
    both = [bool(runs) and runs[0][1] < shape.middle < runs[-1][0] for runs in rows]
    return float(np.mean(both)) > BOTH_STRAPS


def _bodice_top(shape: Silhouette) -> float:
    """The first row that is more than straps."""
    wide = _below_wide_straps(shape)
    return _below_thin_straps(shape) if wide is None else wide


def _below_thin_straps(shape: Silhouette) -> float:
    typical = _typical(shape)
    for y in range(shape.row(0.01), shape.row(0.5)):
        runs = shape.at(y)
        thin = max((end - start for start, end in runs), default=0) < STRAP_WIDTH * typical
        if not thin:
            return float(y)
    return float(shape.top)


@lru_cache(maxsize=REMEMBERED)
def _below_wide_straps(shape: Silhouette) -> float | None:
    """The first row that is more than a strap on either side; None where these are none."""
    typical = _typical(shape)
    end, both = _end_of_straps(shape, WIDE_STRAP * typical)
    if end - shape.top <= WIDE_DROP * shape.width or both <= WIDE_BOTH:
        return None
    return float(_end_of_straps(shape, BUCKLE * typical)[0])


def _end_of_straps(shape: Silhouette, most: float) -> tuple[int, float]:
    """The first row with more cloth on a side than `most`, and in how many above it both sides have some."""
    both: list[bool] = []
    for y in range(_below_bows(shape), shape.row(0.5)):
        left, right = (_cloth_of(shape, y, side) for side in BOTH)
        if max(left, right) > most:
            return y, float(np.mean(both)) if both else 0.0
        both.append(left > 0 and right > 0)
    return shape.top, 0.0


def _below_bows(shape: Silhouette) -> int:
    """The first row in which both straps are narrow below the bows that tie them; the first without bows."""
    typical = _typical(shape)
    widest, narrow, below = dict.fromkeys(BOTH, 0.0), dict.fromkeys(BOTH, False), 0
    for y in range(shape.top + 1, shape.row(0.5)):
        if shape.central(y) is not None:
            break
        cloth = {side: _cloth_of(shape, y, side) for side in BOTH}
        for side in BOTH:
            widest[side] = max(widest[side], cloth[side])
            narrow[side] |= 0 < cloth[side] < widest[side] - BOW * typical
        is_strap = all(narrow.values()) and 0 < max(cloth.values()) < WIDE_STRAP * typical
        below = below + 1 if is_strap else 0
        if below > STRAP_LENGTH * shape.width:
            return y - below + 1
    return shape.top + 1


def _cloth_of(shape: Silhouette, y: int, side: Side) -> float:
    """How much of a row is cloth on this side of the middle; all of it where a run crosses that."""
    middle, found = shape.middle, 0
    for start, end in shape.at(y):
        if start < middle < end:
            return shape.width
        if (start >= middle) == (side is RIGHT):
            found += end - start
    return float(found)


@lru_cache(maxsize=REMEMBERED)
def _typical(shape: Silhouette) -> float:
    return float(np.median([shape.span(y) for y in range(shape.row(0.3), shape.row(0.7))]))


def _armpit(shape: Silhouette, side: Side, hem: Points) -> Armpit:
    share = 0.86 if shape.height / shape.width < LONG else 0.62
    jump = where_body_widens(shape, side, int(hem[1]), share)
    if jump is not None:
        return Armpit(jump, True)
    top, width = chest(shape)
    rows = np.arange(int(top) + 2, int(min(top + 1.1 * width, hem[1] - 3)))
    if len(rows) < 8:
        raise ValueError(OfPart("The chest cannot be made out."))
    reach = np.array([shape.outermost(float(y), side) for y in rows]) * side.sign
    tip = _sleeve_tip(reach, width)
    if tip is not None:
        end = min(tip + int(0.7 * width), len(rows) - 1)
        start, stop = (points([reach[i] * side.sign, rows[i]]) for i in (tip, end))
        return Armpit(_deepest(shape, side, start, stop), True)
    return Armpit(_corner(shape, side, hem, top, width), False)


def _sleeve_tip(reach: Numbers, width: float) -> int | None:
    """The row of the outermost point, when from there the outline runs back in steeply."""
    tip = int(reach[: int(0.8 * width)].argmax())
    below = reach[tip : tip + int(0.55 * width)]
    step = max(3, int(0.12 * width))
    if len(below) <= step or reach[tip] - below.min() < CAP * width:
        return None
    back_in = (below[:-step] - below[step:]) / step
    comes_back = below[int(below.argmin()) :].max() - below.min() > 0.6 * (reach[tip] - below.min())
    return tip if back_in.max() > STEEP and not comes_back else None


def _corner(shape: Silhouette, side: Side, hem: Points, top: float, width: float) -> Points:
    """Sleeveless: the corner under the arm, near the depth that an armhole usually has."""
    start = points([shape.outermost(top + 2, side), top + 2])
    path = shape.arc(start, hem) if side is RIGHT else shape.arc(hem, start)[::-1]
    stations = evenly(path, 120)
    reach = max(2, int(0.10 * width / (np.hypot(*np.diff(stations, axis=0).T).mean() + 1e-9)))
    padded = np.pad(stations, ((reach, reach), (0, 0)), mode="edge")
    back, ahead = stations - padded[: -2 * reach], padded[2 * reach :] - stations
    turn = np.arctan2(
        (back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0]) * side.sign, (back * ahead).sum(1)
    )
    depth, spread = (0.22, 0.24) if has_straps(shape) else (ARMHOLE, 0.16)
    likely = np.exp(-0.5 * ((stations[:, 1] - top - depth * width) / (spread * width)) ** 2)
    deep = (stations[:, 1] - top) / max(width, 1.0)
    likely = np.where(deep < UNDER_STRAPS if has_straps(shape) else deep > HIGHEST, likely, 0.0)
    return points(stations[int((likely * (0.25 + np.clip(turn, 0, 1.2))).argmax())])


def _deepest(shape: Silhouette, side: Side, tip: Points, end: Points) -> Points:
    """The point of the side farthest inwards from the line between sleeve and the end of the chest."""
    path = shape.arc(tip, end) if side is RIGHT else shape.arc(end, tip)
    line = path[-1] - path[0]
    inwards = points([-line[1], line[0]]) / (np.hypot(*line) + 1e-9)
    return points(path[int(np.argmax((path - path[0]) @ inwards))])


def _balanced(found: dict[Side, Armpit], hem: dict[Side, Points], shape: Silhouette) -> dict[Side, Armpit]:
    """Where both sides disagree much, the one with a sleeve or farther out is right, and is mirrored."""
    left, right = found[LEFT], found[RIGHT]
    middle = float(hem[LEFT][0] + hem[RIGHT][0]) / 2
    uneven = abs(left.place[1] - right.place[1]) > 0.10 * shape.height
    if uneven or left.has_sleeve != right.has_sleeve:
        if _is_better(left, right, middle):
            return {LEFT: left, RIGHT: _mirrored(shape, left, middle)}
        return {LEFT: _mirrored(shape, right, middle), RIGHT: right}
    if left.has_sleeve:
        return found
    y = _below_deep_armholes(
        shape, float(left.place[1] + right.place[1]) / 2, min(float(end[1]) for end in hem.values())
    )
    return {side: Armpit(points([shape.outermost(y, side), y]), False) for side in BOTH}


def _below_deep_armholes(shape: Silhouette, y: float, hem: float) -> float:
    """The row of the armpits, which may lie below the narrowest place of a back cut in deeply.

    There the sides run outwards until they run straight; those of a flared skirt go on to the hem.
    """
    half, low = (shape.span(y + share * (hem - y)) for share in (0.5, 0.9))
    if shape.span(y) > CUT_IN * half or abs(low - half) > SAME * half:
        return y
    rows = range(int(y), int(y + DEEPEST * half))
    widths = [shape.span(row) for row in rows]
    if not widths or min(widths) < (1 - SAME) * widths[0]:
        return y
    return next((float(row) for row, width in zip(rows, widths, strict=True) if width > ALL_OUT * half), y)


def _is_better(left: Armpit, right: Armpit, middle: float) -> bool:
    if left.has_sleeve != right.has_sleeve:
        return left.has_sleeve
    return bool(middle - left.place[0] > right.place[0] - middle)


def _mirrored(shape: Silhouette, one: Armpit, middle: float) -> Armpit:
    place = points([2 * middle - one.place[0], one.place[1]])
    return Armpit(points(shape.contour[shape.nearest(place)]), one.has_sleeve)
