"""Ties, belts and ribbons that hang out of a lower edge: worn, they would be drawn as wide as the hem."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.raster import Mask, components

# Of the median width: what is thinner than this may be a tie, and how far the body goes on beside it at the
# least: legs and sleeves are flush with it.
THIN, BESIDE = 0.24, 0.04
# How long it is at the least, by how wide it is where it leaves the body, and by the height; and how much of
# that width it keeps: the corners of pointed fronts and hems are shorter, or taper, as triangles with 0.5.
LONGER, LEAST, KEPT = 1.3, 0.04, 0.53
MOST = 4  # more of them are a fringe


def without(shape: Silhouette) -> Silhouette:
    """The outline without what hangs out of its lower edge; the same object where nothing does."""
    width = float(np.median([shape.span(y) for y in range(shape.top, shape.bottom + 1)]))
    body = _largest(_opened(shape.mask, THIN * width / 2))
    labels, areas = components(np.asarray(shape.mask & ~body, np.bool_))
    parts = [label for label in range(1, len(areas)) if areas[label] > THIN * width]
    ties = [label for label in parts if _hangs(labels == label, body, shape, BESIDE * width)]
    if not ties or len(ties) > MOST:
        return shape
    mask = np.asarray(shape.mask & ~np.isin(labels, ties), np.bool_)
    return replace(measure(mask), middle=shape.middle)


def _opened(mask: Mask, radius: float) -> Mask:
    """Where a ball fits into the mask: by distances, as it is large."""
    centres = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3) > radius
    away = cv2.distanceTransform((~centres).astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(mask & (away < radius) & centres.any(), np.bool_)


def _largest(mask: Mask) -> Mask:
    labels, areas = components(mask)
    return np.asarray(labels == 1 + int(np.argmax(areas[1:])), np.bool_) if len(areas) > 1 else mask


def _hangs(part: Mask, body: Mask, shape: Silhouette, beside: float) -> bool:
    """Whether it is long, and hangs out of the lower half of the body, which goes on to both sides of it."""
    touched = part[1:] & body[:-1]
    columns, rows = np.flatnonzero(touched.any(0)), np.flatnonzero(touched.any(1))
    trunk = np.flatnonzero(body[:, int(shape.middle)])
    if not columns.size or not trunk.size or rows.mean() < (shape.top + trunk[-1]) / 2:
        return False
    lowest = int(np.flatnonzero(part.any(1))[-1])
    across, down = float(np.ptp(columns) + 1), lowest - float(rows.mean())
    if down < max(LONGER * across, LEAST * shape.height) or part.sum() < KEPT * across * down:
        return False
    first, last = columns[0] - beside, columns[-1] + beside
    above = next((run for run in shape.at(rows[0] - beside) if run[0] <= columns[0] <= run[1]), (0, 0))
    under = np.flatnonzero(part.any(0))
    is_inside = above[0] < min(first, under[0]) and above[1] > max(last, under[-1])
    around = np.flatnonzero(body[:, max(int(first), 0) : int(last) + 1].any(1))
    return bool(is_inside and max(around[-1], trunk[-1]) < lowest)
