"""Opening a silhouette: slits along seams, and from closed gaps out to the backdrop."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points
from tryon_sandbox.renderer.cutout import gaps
from tryon_sandbox.renderer.cutout.gaps import Gap
from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.raster import Floats, Mask, blur, components, floats, reachable, slope

Stations = np.typing.NDArray[np.intp]

ASIDE = 0.10  # of the width: how far a seam may run beside the straight line
CLEAR, FAINT = 5.0, 0.01  # times what is usual, and at the least: an edge that is as clear as any
SLIT = 3  # pixels at working size: the least that splits the runs of a row
BESIDE = 0.20  # of the width: daylight so far beside the straight line is where a seam runs
STEP = 3  # rows from one place of a way to the next


def cut(shape: Silhouette, slits: list[Points]) -> Silhouette:
    """The silhouette with these lines cut out of its mask, and all of the daylight that they lead through."""
    lines = np.zeros(shape.mask.shape, np.uint8)
    for slit in slits:
        cv2.polylines(lines, [np.round(slit).astype(np.int32)], False, 1, SLIT)
    away = lines > 0
    if shape.daylight is not None:
        away |= reachable(shape.daylight, away)
    opened = measure(np.asarray(shape.mask & ~away, np.bool_))
    return replace(opened, middle=shape.middle, daylight=shape.daylight)


def way_out(shape: Silhouette, gap: Gap) -> Points:
    """The shortest line from a closed gap down to the backdrop."""
    below = gaps.outside(shape.mask)
    below[: int(gap.foot[1]) + 1] = False
    exit_ = _nearest(below, gap.foot)
    if exit_ is None:
        exit_ = points([gap.foot[0], shape.mask.shape[0]])
    return np.stack([gap.foot - points([0, 2]), exit_])


def along_seam(shape: Silhouette, light: Floats, start: Points, end: Points) -> Points:
    """The way from start down to end, and out: through daylight, and else along edges of brightness near the
    straight line."""
    way = _through_daylight(shape, light, start, end)
    exit_ = _nearest(gaps.outside(shape.mask), end)
    return way if exit_ is None else np.concatenate([way, exit_[None]])


def _through_daylight(shape: Silhouette, light: Floats, start: Points, end: Points) -> Points:
    ways: list[Points] = []
    at = start
    for gap in _daylight_near(shape, start, end):
        if gap[0][1] > at[1] + STEP:
            ways.append(_guided(shape, light, at, gap[0], goes_on=bool(ways)))
        ways.append(gap)
        at = gap[-1]
    if not ways or end[1] > at[1] + STEP:
        ways.append(_guided(shape, light, at, end, goes_on=bool(ways)))
    return np.concatenate(ways)


def _daylight_near(shape: Silhouette, start: Points, end: Points) -> list[Points]:
    """Down the middle of each piece of daylight above the end that ends below the start, from the top."""
    if shape.daylight is None:
        return []
    labels, areas = components(shape.daylight)
    found: list[Points] = []
    for label in range(1, len(areas)):
        way = _down_the_middle(np.asarray(labels == label, np.bool_))
        line = np.interp(way[:, 1], [start[1], max(end[1], start[1] + 1)], [start[0], end[0]])
        is_beside = bool(np.abs(way[:, 0] - line).max() < BESIDE * shape.width)
        if is_beside and way[-1][1] > start[1] and way[0][1] < end[1]:
            found.append(way)
    return _one_below_the_other(found)


def _down_the_middle(part: Mask) -> Points:
    every = np.flatnonzero(part.any(1))
    rows = [*every[:-1:STEP].tolist(), int(every[-1])]
    return points([[float(np.flatnonzero(part[y]).mean()), float(y)] for y in rows])


def _one_below_the_other(ways: list[Points]) -> list[Points]:
    """Without those that begin beside one that is longer."""
    kept: list[Points] = []
    for way in sorted(ways, key=lambda one: float(one[0][1] - one[-1][1])):
        if all(way[-1][1] < other[0][1] or way[0][1] > other[-1][1] for other in kept):
            kept.append(way)
    return sorted(kept, key=lambda one: float(one[0][1]))


def _nearest(where: Mask, place: Points) -> Points | None:
    rows, columns = np.nonzero(where)
    if not len(rows):
        return None
    nearest = int(np.argmin((columns - place[0]) ** 2 + (rows - place[1]) ** 2))
    return points([columns[nearest], rows[nearest]])


def _guided(shape: Silhouette, light: Floats, start: Points, end: Points, *, goes_on: bool = False) -> Points:
    """No farther out than half way to the outline, whose own edge is clearer than that of a fold; right at
    its start where a way `goes_on` from there."""
    rows = np.append(np.arange(int(start[1]), int(end[1]), STEP), int(end[1]))
    line = np.interp(rows, [start[1], end[1]], [start[0], end[0]])
    reach = ASIDE * shape.width
    offsets = np.arange(-round(reach), round(reach) + 1)
    columns = np.clip(np.round(line[:, None] + offsets).astype(int), 0, light.shape[1] - 1)
    lines = np.clip(rows, 0, light.shape[0] - 1)[:, None]
    inwards = floats(cv2.distanceTransform(shape.mask.astype(np.uint8), cv2.DIST_L2, 3))[lines, columns]
    beyond = inwards < inwards[:, [len(offsets) // 2]] / 2
    cost = 0.6 * (offsets / reach) ** 2 - _edges(light, shape.mask)[lines, columns] + 4.0 * beyond
    cost[-1] += 4.0 * (np.abs(offsets) > 1)
    if goes_on:
        cost[0] += 4.0 * (np.abs(offsets) > 1)
    way = cheapest(np.asarray(cost, np.float64))
    return np.stack([line + offsets[way], rows], 1)


def _edges(light: Floats, mask: Mask) -> Floats:
    """How clear an edge of brightness runs down through each pixel, 0..1.

    By what is usual on this cloth: a print has far clearer ones, a check as clear ones all over.
    """
    across = np.abs(slope(blur(light, 1.0))[1])
    usual = float(np.median(across[mask])) if mask.any() else 0.0
    return floats(np.clip(across / max(CLEAR * usual, FAINT), 0, 1))


def cheapest(cost: Numbers) -> Stations:
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
