"""Sleeves that lie against the body: the outline is opened along the seam where they would part from it."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.studio import gaps
from tryon_sandbox.studio.curves import Numbers, Points, points
from tryon_sandbox.studio.gaps import Gap
from tryon_sandbox.studio.raster import Floats, blur, slope
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT, Side
from tryon_sandbox.studio.silhouette import Silhouette, measure
from tryon_sandbox.studio.widening import where_body_widens

SLIT = 3  # pixels at working size: the least that splits the runs of a row
# Tailoring: an armhole is about half as deep as the garment lying flat is wide at the chest (23 by 46 cm).
ARMHOLE = 0.50
DEEPEST = 0.68  # an armpit farther down than this is where a sleeve only stops touching
LONGEST = 2.4  # nor does a sleeve hang down farther than this
STRAP = 0.05  # of the width: cloth thinner than this above a gap is a strap, and no shoulder
UNEVEN = 0.16  # of the garment's box: both notches may differ by this
STARTS = (0.97, 0.80)  # shares of the height from which steps are looked for: above a wavy hem, too
STEEP = 1.0  # the shoulder ends where the upper edge falls at 45 degrees


def opened(shape: Silhouette, light: Floats) -> Silhouette:
    """The silhouette with a slit from each gap or notch up to where the armpit must be.

    `light` is the photo's brightness at the mask's size: a seam or shadow there guides the slit.
    """
    shape, daylight = _holes_opened(shape)
    notches = _notches(shape, daylight)
    if notches is None:
        return shape
    armpits = {side: _armpit(shape, side, notches) for side in BOTH}
    if not _touching(notches, armpits, shape):
        return shape
    chest = float(notches[RIGHT][0] - notches[LEFT][0])
    slits = [
        _along_seam(light, armpits[side], notches[side], 0.05 * shape.width)
        for side in BOTH
        if float(notches[side][1] - armpits[side][1]) > 0.05 * chest
    ]
    return cut(shape, slits)


def cut(shape: Silhouette, slits: list[Points]) -> Silhouette:
    """The silhouette with these lines cut out of its mask."""
    canvas = shape.mask.astype(np.uint8)
    for slit in slits:
        cv2.polylines(canvas, [np.round(slit).astype(np.int32)], False, 0, SLIT)
    return replace(measure(np.asarray(canvas, np.bool_)), middle=shape.middle)


def _holes_opened(shape: Silhouette) -> tuple[Silhouette, tuple[Gap, ...]]:
    """Where a cuff touches the side again, the gap above it is led out the nearest way down."""
    found = gaps.find(shape)
    ways = [way_out(shape, gap) for gap in found if gap.closed and _below_shoulder(shape, gap)]
    if not ways:
        return shape, found
    shape = cut(shape, ways)
    return shape, gaps.find(shape)


def _below_shoulder(shape: Silhouette, gap: Gap) -> bool:
    upper = shape.upper_edge(float(gap.apex[0]))
    return upper is not None and float(gap.apex[1]) - upper > STRAP * shape.width


def way_out(shape: Silhouette, gap: Gap) -> Points:
    """The shortest line from a closed gap down to the backdrop."""
    below = gaps.outside(shape.mask)
    below[: int(gap.foot[1]) + 1] = False
    rows, columns = np.nonzero(below)
    if not len(rows):
        return np.stack([gap.foot, points([gap.foot[0], shape.mask.shape[0]])])
    nearest = int(np.argmin((columns - gap.foot[0]) ** 2 + (rows - gap.foot[1]) ** 2))
    return np.stack([gap.foot - points([0, 2]), points([columns[nearest], rows[nearest]])])


def _notches(shape: Silhouette, daylight: tuple[Gap, ...]) -> dict[Side, Points] | None:
    """Where sleeves and body part, looking up from the hem: tops of gaps, or steps of the outline."""
    tops = {side: [_top(shape, gap, side) for gap in daylight if not gap.closed] for side in BOTH}
    steps = [{side: where_body_widens(shape, side, shape.bottom, share) for side in BOTH} for share in STARTS]
    gap_tops = {side: _highest(tops[side]) for side in BOTH}
    mixed = {side: _highest([gap_tops[side], *(step[side] for step in steps)]) for side in BOTH}
    for pair, uneven in ((gap_tops, UNEVEN), (steps[0], UNEVEN), (steps[1], UNEVEN), (mixed, 1.0)):
        found = {side: place for side, place in pair.items() if place is not None}
        if len(found) == 2 and _mirrored(shape, found, uneven):
            return found
    return None


def _highest(places: list[Points | None]) -> Points | None:
    return min((place for place in places if place is not None), key=lambda one: float(one[1]), default=None)


def _top(shape: Silhouette, gap: Gap, side: Side) -> Points | None:
    """The gap's highest place on this side; below a hem between longer sleeves it is at the sleeve."""
    columns = np.flatnonzero(gap.where.any(0))
    columns = columns[(columns - shape.middle) * side.sign > 0.08 * shape.width]
    if not len(columns):
        return None
    starts = gap.where[:, columns].argmax(0)
    high = columns[starts <= starts.min() + 0.025 * shape.height]
    under_hem = bool(gap.where[:, int(shape.middle)].any())
    x = float(high[np.argmax(high * side.sign)]) if under_hem else float(np.median(high))
    top = gap.top(x)
    upper = shape.upper_edge(x)
    if top is None or upper is None or top - upper < STRAP * shape.width:
        return None
    return points([x, top])


def _mirrored(shape: Silhouette, notches: dict[Side, Points], uneven: float) -> bool:
    """Whether both notches are as far from the middle, and about as high, as those of two sleeves are."""
    aside = abs(float(notches[LEFT][0] + notches[RIGHT][0]) - 2 * shape.middle)
    apart = abs(float(notches[LEFT][1] - notches[RIGHT][1]))
    return aside < UNEVEN * shape.width and apart < uneven * shape.height


def _armpit(shape: Silhouette, side: Side, notches: dict[Side, Points]) -> Points:
    """Where tailoring puts the armpit above a notch: an armhole's depth below the shoulder."""
    tip, notch = _shoulder_x(shape, side), notches[side]
    chest = float(notches[RIGHT][0] - notches[LEFT][0])
    x = float(notch[0]) if tip is None else (tip + float(notch[0])) / 2
    upper = shape.upper_edge(x)
    return points([x, float(notch[1]) if upper is None else upper + ARMHOLE * chest])


def _touching(notches: dict[Side, Points], armpits: dict[Side, Points], shape: Silhouette) -> bool:
    """Whether the notches are too low for armpits, and sleeves are beside the body above them."""
    chest = float(notches[RIGHT][0] - notches[LEFT][0])
    depths = [float(notches[side][1] - armpits[side][1]) / max(chest, 1.0) + ARMHOLE for side in BOTH]
    low = DEEPEST < float(np.mean(depths)) < LONGEST
    return low and all(
        _sleeve_beside(shape, side, armpits[side], notches[side])
        for side in BOTH
        if float(notches[side][1] - armpits[side][1]) > 0.05 * chest
    )


def _shoulder_x(shape: Silhouette, side: Side) -> float | None:
    """Where the upper edge turns from shoulder to sleeve."""
    step = max(3, int(0.03 * shape.width))
    end = shape.right if side is RIGHT else shape.left
    across = np.arange(shape.middle + side.sign * 0.15 * shape.width, end - side.sign * step, side.sign)
    for x in across:
        here, next_ = shape.upper_edge(float(x)), shape.upper_edge(float(x) + side.sign * step)
        if here is not None and next_ is not None and next_ - here > STEEP * step:
            return float(x) + side.sign * step / 2
    return None


def _sleeve_beside(shape: Silhouette, side: Side, armpit: Points, notch: Points) -> bool:
    """Whether there is cloth on the outer side of the line all the way: a ruffle has none higher up."""
    rows = np.linspace(armpit[1], notch[1] - 1, 24)
    line = np.interp(rows, [armpit[1], notch[1]], [armpit[0], notch[0]])
    beyond = [(_outermost(shape, y, side) - x) * side.sign for y, x in zip(rows, line, strict=True)]
    return bool(np.percentile(beyond, 10) > 0.05 * shape.width)


def _outermost(shape: Silhouette, y: float, side: Side) -> float:
    runs = shape.at(y)
    if not runs:
        return shape.middle
    return float(runs[0][0] if side is LEFT else runs[-1][1])


def _along_seam(light: Floats, start: Points, end: Points, reach: float) -> Points:
    """The way from start down to end that keeps to edges of brightness near the straight line."""
    rows = np.append(np.arange(int(start[1]), int(end[1]), 3), int(end[1]))
    line = np.interp(rows, [start[1], end[1]], [start[0], end[0]])
    offsets = np.arange(-round(reach), round(reach) + 1)
    columns = np.clip(np.round(line[:, None] + offsets).astype(int), 0, light.shape[1] - 1)
    _, across = slope(blur(light, 1.0))
    edge = np.abs(across[np.clip(rows, 0, light.shape[0] - 1)[:, None], columns])
    edge = edge / max(float(np.percentile(edge, 95)), 0.01)
    cost = 0.6 * (offsets / reach) ** 2 - np.clip(edge, 0, 1)
    cost[-1] += 4.0 * (np.abs(offsets) > 1)
    way = _cheapest(np.asarray(cost, np.float64))
    return np.stack([line + offsets[way], rows], 1)


def _cheapest(cost: Numbers) -> "np.typing.NDArray[np.intp]":
    """For each row the column of the cheapest way down, at most one column aside from row to row."""
    total, back = cost.copy(), np.zeros(cost.shape, np.intp)
    aside = np.array([0.15, 0.0, 0.15])[:, None]
    for row in range(1, len(cost)):
        padded = np.pad(total[row - 1], 1, constant_values=np.inf)
        choices = np.stack([padded[:-2], padded[1:-1], padded[2:]]) + aside
        back[row] = choices.argmin(0) - 1
        total[row] += choices.min(0)
    way = np.zeros(len(cost), np.intp)
    way[-1] = total[-1].argmin()
    for row in range(len(cost) - 1, 0, -1):
        way[row - 1] = way[row] + back[row, way[row]]
    return way
