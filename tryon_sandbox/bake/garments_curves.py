"""Pattern drawing: outlines through points, on a cutting table that runs -1..1 across and 0..2 down."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Knot = tuple[float, float] | tuple[float, float, str]  # a third item marks a corner
CORNER = "corner"
TABLE_SHARE = 0.82  # of the picture's half width that one unit takes
STEPS = 14


def curve(knots: Sequence[Knot]) -> Points:
    """A smooth line through the knots, broken at corners."""
    places = np.array([knot[:2] for knot in knots], np.float64)
    corner = [len(knot) > 2 for knot in knots]
    pieces = [_span(places, corner, index) for index in range(len(places) - 1)]
    return np.concatenate([*pieces, places[-1:]])


def _span(places: Points, corner: list[bool], index: int) -> Points:
    start, end = places[index], places[index + 1]
    leaves = end - start if index == 0 or corner[index] else (end - places[index - 1]) / 2
    last = index + 2 >= len(places) or corner[index + 1]
    arrives = end - start if last else (places[index + 2] - start) / 2
    t = np.linspace(0, 1, STEPS, endpoint=False)[:, None]
    return np.asarray(
        (2 * t**3 - 3 * t**2 + 1) * start
        + (t**3 - 2 * t**2 + t) * leaves
        + (3 * t**2 - 2 * t**3) * end
        + (t**3 - t**2) * arrives,
        np.float64,
    )


def closed(half: Sequence[Knot]) -> Points:
    """A symmetric outline from its right half, drawn from top to bottom."""
    right = curve(half)
    return np.concatenate([right, flipped(right)[::-1]])


def flipped(path: Points) -> Points:
    """The mirror image, left for right."""
    return np.asarray(path * np.array([-1.0, 1.0]), np.float64)


def joined(paths: Iterable[Points]) -> Points:
    """Several lines as one outline."""
    return np.concatenate(list(paths))


def straight(*places: tuple[float, float]) -> Points:
    """A broken line, without rounding."""
    return np.array(places, np.float64)


def circle(x: float, y: float, radius: float) -> Points:
    """A small round thing."""
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1)


def on_table(path: Points, size: int) -> Points:
    """Pixels of a square picture of this size."""
    return np.asarray(size / 2 + (path - np.array([0.0, 1.0])) * size / 2 * TABLE_SHARE, np.float64)


def lengths(path: Points) -> Points:
    """Distance along the path at each of its points."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
