"""Opening a silhouette: slits along seams, and from closed gaps out to the backdrop."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points
from tryon_sandbox.renderer.cutout import gaps
from tryon_sandbox.renderer.cutout.gaps import Gap
from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.raster import Floats, Mask, blur, slope

SLIT = 3  # pixels at working size: the least that splits the runs of a row


def cut(shape: Silhouette, slits: list[Points]) -> Silhouette:
    """The silhouette with these lines cut out of its mask."""
    canvas = shape.mask.astype(np.uint8)
    for slit in slits:
        cv2.polylines(canvas, [np.round(slit).astype(np.int32)], False, 0, SLIT)
    return replace(measure(np.asarray(canvas, np.bool_)), middle=shape.middle)


def way_out(shape: Silhouette, gap: Gap) -> Points:
    """The shortest line from a closed gap down to the backdrop."""
    below = gaps.outside(shape.mask)
    below[: int(gap.foot[1]) + 1] = False
    exit_ = _nearest(below, gap.foot)
    if exit_ is None:
        exit_ = points([gap.foot[0], shape.mask.shape[0]])
    return np.stack([gap.foot - points([0, 2]), exit_])


def along_seam(shape: Silhouette, light: Floats, start: Points, end: Points, reach: float) -> Points:
    """The way from start down to end, and out, that keeps to edges of brightness near the straight line."""
    way = _guided(light, start, end, reach)
    exit_ = _nearest(gaps.outside(shape.mask), end)
    return way if exit_ is None else np.concatenate([way, exit_[None]])


def _nearest(where: Mask, place: Points) -> Points | None:
    rows, columns = np.nonzero(where)
    if not len(rows):
        return None
    nearest = int(np.argmin((columns - place[0]) ** 2 + (rows - place[1]) ** 2))
    return points([columns[nearest], rows[nearest]])


def _guided(light: Floats, start: Points, end: Points, reach: float) -> Points:
    rows = np.append(np.arange(int(start[1]), int(end[1]), 3), int(end[1]))
    line = np.interp(rows, [start[1], end[1]], [start[0], end[0]])
    offsets = np.arange(-round(reach), round(reach) + 1)
    columns = np.clip(np.round(line[:, None] + offsets).astype(int), 0, light.shape[1] - 1)
    _, across = slope(blur(light, 1.0))
    edge = np.abs(across[np.clip(rows, 0, light.shape[0] - 1)[:, None], columns])
    edge = edge / max(float(np.percentile(edge, 95)), 0.01)
    cost = 0.6 * (offsets / reach) ** 2 - np.clip(edge, 0, 1)
    cost[-1] += 4.0 * (np.abs(offsets) > 1)
    way = cheapest(np.asarray(cost, np.float64))
    return np.stack([line + offsets[way], rows], 1)


def cheapest(cost: Numbers) -> "np.typing.NDArray[np.intp]":
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
