"""How long tasks take, learned from the jobs that were watched: pure functions.

A task's time is taken as log-normal. What was seen of a task is never its time, only between which two
polls it ended; taken for the time itself, late polls would teach that tasks end late.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, quantiles

NEWEST = 40  # tasks to learn from: vendors change, so older ones say little about today
FEWEST = 3  # tasks before a range is given
ROUNDS = 25  # of the estimate from intervals; it stands still after about ten
_NORMAL = NormalDist()
_LONG_AGO = -40.0  # logarithm of a time that no task is as short as


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds since the sending: not ended when polled at `after`, ended when polled at `by`."""

    after: float
    by: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A log-normal guess at how long the next task takes: `median` in seconds, `sigma` of the logarithm.

    `known` is the number of tasks that it was learned from.
    """

    median: float
    sigma: float
    known: int = 0


# The sandbox's own schedule, seconds before a task and for each picture; drawing them may take longer.
SANDBOX_QUEUE_S, SANDBOX_PICTURE_S, SANDBOX_SIGMA = 1.0, 1.2, 0.5
WITHIN = 0.4  # sigma of tasks of one kind, as long as they are few
WITHIN_WEIGHT = 3.0  # the tasks that WITHIN is worth


def sandbox_prior(expected: int) -> Spread:
    """The guess at a task of the sandbox, of `expected` pictures, before anything was seen."""
    return Spread(SANDBOX_QUEUE_S + SANDBOX_PICTURE_S * expected, SANDBOX_SIGMA)


def learned(waits: Sequence[Wait], before: Spread) -> Spread:
    """The guess at the next task after `waits`; of few tasks it leans on the guess before."""
    usable = [(_log(wait.after), math.log(wait.by)) for wait in waits if 0 <= wait.after < wait.by]
    if not usable:
        return before
    lean = WITHIN**2 / max(before.sigma**2 - WITHIN**2, WITHIN**2)  # tasks that its median is worth
    middle = math.log(before.median)
    mean, sigma = middle, before.sigma
    for _ in range(ROUNDS):
        moments = [_within(low, high, mean, sigma) for low, high in usable]
        mean = (lean * middle + sum(first for first, _ in moments)) / (lean + len(usable))
        around = sum(spread + (first - mean) ** 2 for first, spread in moments) + lean * (middle - mean) ** 2
        sigma = math.sqrt((WITHIN_WEIGHT * WITHIN**2 + around) / (WITHIN_WEIGHT + len(usable)))
    # The next task varies, and so does the estimate of the middle.
    return Spread(math.exp(mean), sigma * math.sqrt(1 + 1 / (lean + len(usable))), len(usable))


def percentiles(seconds: Sequence[float]) -> tuple[float, float] | None:
    """The 10th and 90th percentile; None under three values: a range of fewer says nothing."""
    if len(seconds) < FEWEST:
        return None
    tenths = quantiles(seconds, n=10, method="inclusive")
    return tenths[0], tenths[-1]


def _within(low: float, high: float, mean: float, sigma: float) -> tuple[float, float]:
    """Mean and variance of a normal variable of which is known that it lies between two values."""
    a, b = (low - mean) / sigma, (high - mean) / sigma
    mass = _NORMAL.cdf(b) - _NORMAL.cdf(a)
    if mass < 1e-9:  # far out, where the guess is no help: the nearer end, as the density falls steeply
        return (high if b < 0 else low), (sigma * 0.1) ** 2
    at_a, at_b = _NORMAL.pdf(a), _NORMAL.pdf(b)
    shift = (at_a - at_b) / mass
    narrow = 1 + (max(a, -9.0) * at_a - min(b, 9.0) * at_b) / mass - shift**2
    return mean + sigma * shift, sigma**2 * max(narrow, 0.0)


def _log(seconds: float) -> float:
    return math.log(seconds) if seconds > 0 else _LONG_AGO
