"""The outline of a garment's mask, and what is read off it: runs of a row, arcs of the contour."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points
from tryon_sandbox.renderer.raster import Mask
from tryon_sandbox.renderer.sides import LEFT, Side

Run = tuple[int, int]
LEAST = 24  # pixels at working size
# Silhouettes of which is kept what is asked for again and again while a photo is read; of up to 2 MB each.
REMEMBERED = 4
_KERNEL_REACH = 4


@dataclass(frozen=True, slots=True, eq=False)
class Silhouette:
    """A mask with its contour (clockwise on the screen) and the runs of every row, in mask pixels.

    `upper` is the first row with cloth of every column, or -1. `daylight` is what of the mask is backdrop
    between a sleeve and the trunk, where that is known.
    """

    mask: Mask
    contour: Points
    runs: dict[int, tuple[Run, ...]]
    upper: tuple[int, ...]
    left: int
    right: int
    top: int
    bottom: int
    middle: float
    daylight: Mask | None = None

    @property
    def width(self) -> float:
        """Of the bounding box."""
        return self.right - self.left + 1.0

    @property
    def height(self) -> float:
        """Of the bounding box."""
        return self.bottom - self.top + 1.0

    def row(self, share: float) -> int:
        """The row at this share of the height, counted from the top."""
        return int(self.top + share * self.height)

    def at(self, y: float) -> tuple[Run, ...]:
        """The runs of a row, clamped to the mask."""
        found = self.runs.get(int(y))  # by far the most rows that are asked for are the mask's
        return self.runs[min(max(int(y), self.top), self.bottom)] if found is None else found

    def span(self, y: float) -> float:
        """Distance from the leftmost to the rightmost pixel of a row."""
        runs = self.at(y)
        return float(runs[-1][1] - runs[0][0]) if runs else 0.0

    def outermost(self, y: float, side: Side) -> float:
        """The column where a row ends on that side; the middle where nothing is there."""
        runs = self.at(y)
        if not runs:
            return self.middle
        return float(runs[0][0] if side is LEFT else runs[-1][1])

    def central(self, y: float) -> Run | None:
        """The run that holds the middle line."""
        for run in self.at(y):
            if run[0] <= self.middle <= run[1]:
                return run
        return None

    def upper_edge(self, x: float) -> float | None:
        """The first row with cloth in the column."""
        first = self.upper[min(max(int(x), self.left), self.right)]
        return float(first) if first >= 0 else None

    def nearest(self, point: Points) -> int:
        """Index of the contour point that is nearest."""
        return int(np.argmin(((self.contour - point) ** 2).sum(1)))

    def arc(self, start: Points, end: Points) -> Points:
        """The contour walked clockwise from the one point to the other."""
        first, last = self.nearest(start), self.nearest(end)
        count = (last - first) % len(self.contour) + 1
        return self.contour[(first + np.arange(count)) % len(self.contour)]


def measure(mask: Mask) -> Silhouette:
    """The silhouette of the mask's largest piece. Raises ValueError when it is empty or tiny."""
    rows, columns = np.nonzero(mask)
    if len(rows) < 64:
        raise ValueError("No garment can be found in the picture.")
    top, bottom, left, right = int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
    if min(bottom - top, right - left) < LEAST:
        raise ValueError("The garment is too small.")
    middle = (float(np.median(columns)) + (left + right) / 2) / 2
    upper = tuple(np.where(mask.any(0), mask.argmax(0), -1).tolist())
    return Silhouette(mask, _contour(mask), _runs(mask, top, bottom), upper, left, right, top, bottom, middle)


def _runs(mask: Mask, top: int, bottom: int) -> dict[int, tuple[Run, ...]]:
    """Start and end of every stretch of cloth in every row; ones of a pixel or two are dirt."""
    changes = np.diff(np.pad(mask[top : bottom + 1], ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(changes > 0)
    ends = np.nonzero(changes < 0)[1]
    found: dict[int, list[Run]] = {y: [] for y in range(top, bottom + 1)}
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if end - start > 2:
            found[row + top].append((start, end))
    return {y: tuple(runs) for y, runs in found.items()}


def _contour(mask: Mask) -> Points:
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(found, key=lambda one: float(cv2.contourArea(one)))
    path = points(largest[:, 0, :])[::-1] + 0.5  # OpenCV walks the other way round on the screen
    return _rounded(path)


def _rounded(path: Points) -> Points:
    """Stair steps of the pixel grid smoothed away, around the closed loop."""
    reach = np.arange(-_KERNEL_REACH, _KERNEL_REACH + 1)
    kernel = np.exp(-0.5 * (reach / 1.6) ** 2)
    kernel /= kernel.sum()
    closed = np.concatenate([path[-_KERNEL_REACH:], path, path[:_KERNEL_REACH]])
    return np.stack([_convolved(closed[:, axis], kernel) for axis in (0, 1)], 1)


def _convolved(values: Numbers, kernel: Numbers) -> Numbers:
    return np.convolve(values, kernel, "valid")
