"""Daylight between cloth: under an arm, between legs, or enclosed where a cuff touches the side."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import REMEMBERED, Silhouette
from tryon_sandbox.renderer.raster import Mask

LEAST_AREA = 0.0008  # of the garment's box; smaller ones are dirt
LEAST_HEIGHT = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Backdrop with cloth above and on both sides; `closed` when there is cloth below it, too."""

    where: Mask
    apex: Points
    foot: Points
    closed: bool

    @property
    def height(self) -> float:
        """From apex to foot, in mask pixels."""
        return float(self.foot[1] - self.apex[1])

    def top(self, x: float) -> float | None:
        """The row where the gap begins in this column."""
        column = self.where[:, int(x)]
        return float(column.argmax()) if column.any() else None


@lru_cache(maxsize=REMEMBERED)
def find(shape: Silhouette) -> tuple[Gap, ...]:
    """All gaps that are no dirt, the largest first."""
    beyond = outside(shape.mask)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_sheltered(shape), connectivity=4)
    areas, heights = stats[:, cv2.CC_STAT_AREA], stats[:, cv2.CC_STAT_HEIGHT]
    least = LEAST_AREA * shape.width * shape.height
    large = [one for one in range(1, len(areas)) if areas[one] > least]
    tall = [one for one in large if heights[one] > LEAST_HEIGHT * shape.height]
    return tuple(_gap(labels == one, beyond) for one in sorted(tall, key=lambda one: -int(areas[one])))


def outside(mask: Mask) -> Mask:
    """The backdrop that reaches the picture's edge."""
    padded = np.pad(mask.astype(np.uint8), 1)
    cv2.floodFill(padded, None, (0, 0), 2)
    return np.asarray(padded[1:-1, 1:-1] == 2, np.bool_)


def _sheltered(shape: Silhouette) -> "np.typing.NDArray[np.uint8]":
    """Backdrop with cloth to the left, to the right and above."""
    mask = shape.mask
    height, width = mask.shape
    columns, rows = np.arange(width), np.arange(height)[:, None]
    first = np.where(mask.any(1), mask.argmax(1), width)[:, None]
    last = width - 1 - mask[:, ::-1].argmax(1)[:, None]
    upper = np.array(shape.upper)
    above = (upper >= 0) & (rows > upper)
    return np.asarray(~mask & above & (columns > first) & (columns < last), np.uint8)


def _gap(where: Mask, beyond: Mask) -> Gap:
    rows = np.flatnonzero(where.any(1))
    closed = not bool(beyond[where].any())
    return Gap(where, _middle(where, int(rows[0])), _middle(where, int(rows[-1])), closed)


def _middle(where: Mask, y: int) -> Points:
    return points([float(np.median(np.flatnonzero(where[y]))), y])
