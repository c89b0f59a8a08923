"""Polylines of (x, y) points: lengths, even resampling, smoothing."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
Numbers = NDArray[np.float64]


def points(values: ArrayLike) -> Points:
    """Anything point-like as float64."""
    return np.asarray(values, dtype=np.float64)


def travelled(path: Points) -> Numbers:
    """Distance along the path at each point."""
    steps = np.hypot(*np.diff(path, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def length(path: Points) -> float:
    """Length of the whole path."""
    return float(travelled(path)[-1])


def at_fractions(path: Points, fractions: Numbers) -> Points:
    """Points at the given fractions of the path's length."""
    along = travelled(path)
    where = fractions * along[-1]
    return np.stack([np.interp(where, along, path[:, axis]) for axis in (0, 1)], 1)


def evenly(path: Points, count: int) -> Points:
    """`count` points, evenly spaced along the path."""
    return at_fractions(path, np.linspace(0, 1, count))


def paired(target: Points, source: Points, count: int) -> tuple[Points, Points]:
    """Both paths thinned to `count` points, still matching point by point.

    Paths of equal length share the source's parameter; resampling each by its own length would slide one
    along the other, which opens holes.
    """
    if len(target) != len(source):
        return evenly(target, count), evenly(source, count)
    steps = np.hypot(*np.diff(source, axis=0).T) + 1e-6
    along = np.concatenate([[0.0], np.cumsum(steps)])
    where = np.linspace(0, along[-1], count)

    def thinned(path: Points) -> Points:
        return np.stack([np.interp(where, along, path[:, axis]) for axis in (0, 1)], 1)

    return thinned(target), thinned(source)


def smooth(values: Numbers, width: int) -> Numbers:
    """Moving average that keeps straight ends straight."""
    half = width // 2
    head = 2 * values[0] - values[1 : half + 1][::-1]
    tail = 2 * values[-1] - values[-half - 1 : -1][::-1]
    return np.convolve(np.concatenate([head, values, tail]), np.ones(width) / width, "valid")


def rounded(path: Points, count: int) -> Points:
    """A Catmull-Rom curve through the points, `count` pieces between each two."""
    ends = np.concatenate([2 * path[:1] - path[1:2], path, 2 * path[-1:] - path[-2:-1]])
    before, start, end, after = ends[:-3], ends[1:-2], ends[2:-1], ends[3:]
    pieces = [
        0.5
        * (
            2 * start
            + (end - before) * t
            + (2 * before - 5 * start + 4 * end - after) * t**2
            + (3 * (start - end) + after - before) * t**3
        )
        for t in np.arange(count) / count
    ]
    return np.concatenate([np.stack(pieces, 1).reshape(-1, 2), path[-1:]])


def between(start: Points, end: Points, count: int) -> Points:
    """A straight line of `count` points."""
    share = np.linspace(0, 1, count)[:, None]
    return start * (1 - share) + end * share


def bump(count: int) -> Numbers:
    """A half sine: nothing at both ends, one in the middle."""
    return np.sin(np.linspace(0, np.pi, count))


def unit(vector: Points) -> Points:
    """The vector at length one."""
    return points(vector / (np.hypot(*vector) + 1e-9))
