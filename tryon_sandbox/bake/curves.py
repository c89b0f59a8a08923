"""Smooth curves through a few stations, as tables that are fast to look up for millions of points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Field = NDArray[np.float32]

# Enough that linear look-up between entries is below a tenth of a pixel on the tallest figure.
ENTRIES = 768


def as_field(values: ArrayLike) -> Field:
    """The values as float32; no copy when they are."""
    return np.asarray(values, np.float32)


@dataclass(frozen=True, slots=True)
class Curve:
    """A function of one variable, tabled at equal steps; constant outside its range."""

    start: np.float32
    per_unit: np.float32
    values: Field

    def __call__(self, t: Field) -> Field:
        place = np.clip((t - self.start) * self.per_unit, 0, len(self.values) - 1.001)
        index = place.astype(np.int32)
        rest = place - index
        low: Field = self.values[index]
        return as_field(low + (self.values[index + 1] - low) * rest.astype(np.float32))

    def at(self, t: float) -> float:
        """The value at a single place."""
        return float(self(np.array([t], np.float32))[0])

    def slope(self) -> "Curve":
        """The first derivative, on the same table."""
        gradient = np.gradient(self.values).astype(np.float32) * self.per_unit
        return Curve(self.start, self.per_unit, gradient)


def curve(stations: Sequence[float], values: Sequence[float], soften: float = 5.0) -> Curve:
    """A curve through `values` at rising `stations`.

    Monotone cubic pieces never overshoot (an overshoot is a dent in a limb). Their second derivative still
    jumps at the stations, which shows as a band in a reflection, so the table is blurred by `soften`
    256ths of its length.
    """
    grid = np.linspace(stations[0], stations[-1], ENTRIES)
    exact = _monotone_cubic(np.asarray(stations, float), np.asarray(values, float), grid)
    step = (ENTRIES - 1) / (stations[-1] - stations[0])
    return Curve(np.float32(stations[0]), np.float32(step), _soften(exact, int(soften * ENTRIES / 256)))


def _monotone_cubic(
    t: NDArray[np.float64], v: NDArray[np.float64], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fritsch-Carlson interpolation: harmonic mean slopes, flat where the data turns."""
    width = np.diff(t)
    rise = np.diff(v) / width
    slope = np.concatenate([rise[:1], _inner_slopes(width, rise), rise[-1:]])
    i = np.clip(np.searchsorted(t, x) - 1, 0, len(width) - 1)
    h, u = width[i], (x - t[i]) / width[i]
    rising = (1 + 2 * u) * (1 - u) ** 2 * v[i] + u * (1 - u) ** 2 * h * slope[i]
    falling = u * u * (3 - 2 * u) * v[i + 1] + u * u * (u - 1) * h * slope[i + 1]
    return np.asarray(rising + falling)


def _inner_slopes(width: NDArray[np.float64], rise: NDArray[np.float64]) -> NDArray[np.float64]:
    before, after = rise[:-1], rise[1:]
    same_sense = before * after > 0
    w1, w2 = 2 * width[1:] + width[:-1], width[1:] + 2 * width[:-1]
    mean = (w1 + w2) / (w1 / np.where(same_sense, before, 1) + w2 / np.where(same_sense, after, 1))
    return np.where(same_sense, mean, 0.0)


def _soften(values: NDArray[np.float64], sigma: int) -> Field:
    """Gaussian blur; the ends are continued by point reflection so that they stay where they are."""
    reach = 3 * sigma
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1)) ** 2)
    head = 2 * values[0] - values[1 : reach + 1][::-1]
    tail = 2 * values[-1] - values[-reach - 1 : -1][::-1]
    return np.convolve(np.concatenate([head, values, tail]), kernel / kernel.sum(), "valid").astype(
        np.float32
    )
