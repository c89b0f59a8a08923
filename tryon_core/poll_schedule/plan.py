"""When to ask a vendor next: pure functions of what past tasks took.

A poll that comes soon after the task ended is worth more than one that finds it running. The rate of
polls that gives the shortest delay for their number is the square root of the task's hazard (Keller 1974,
on inspections); what is left to choose is their number, and that is what a fixed pace would have needed.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import NormalDist

from tryon_core.poll_schedule.durations import Spread


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between polls at the least; between those of the fixed loop whose number of polls is
    not exceeded on average; and until asking is given up."""

    least: float
    fixed: float
    deadline: float


HEAD = 1.5  # steps to the first poll: within 1 % of the best schedule for sigma 0.2 to 0.5
JITTER = 0.3  # steps, so that jobs begun together do not ask together; it costs nothing in delay
LONGEST_S = 30.0  # between two polls about a task that is late
SHORTEST = 1e-3  # of the least distance of polls: what a task may seem to take
FEWEST = 3.0  # polls that a task may take however short it is: the vendors' samples would poll each second
HELD_BACK = 0.01  # of the polls: what was learned errs, and towards too early it costs more of them
PRICE = 0.01  # of the least distance: a poll that shortens the wait by less is not worth its price
SURPRISE = 0.005  # part of tasks that take quite another time than those before
SURPRISE_SIGMA = 1.2
_POINTS = 300
_HALVINGS = 14
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Plan:
    """When to ask about tasks of one kind.

    `hope` at `times` is the running sum of the square root of the hazard, `alive` the chance that a task is
    not ended yet; `step` is the hope between two polls.
    """

    pace: Pace
    times: Sequence[float]
    hope: Sequence[float]
    alive: Sequence[float]
    step: float

    def first(self, phase: float = 0.5) -> float:
        """Seconds from the sending to the first poll; `phase` from 0 to 1 tells jobs apart."""
        at = _read(self.hope, self.times, (HEAD + JITTER * (phase - 0.5)) * self.step)
        return min(max(at, self.pace.least), self.pace.deadline)

    def next(self, polled: float) -> float:
        """Seconds from the sending to the poll after the one at `polled`."""
        hope = _read(self.times, self.hope, polled) + self.step
        planned = _read(self.hope, self.times, hope) if hope < self.hope[-1] else math.inf
        return max(polled + self.pace.least, min(planned, polled + LONGEST_S))

    def polls(self, phase: float = 0.5) -> Iterator[float]:
        """All polls about a task that never ends."""
        polled = self.first(phase)
        while polled < self.pace.deadline:
            yield polled
            polled = self.next(polled)
        yield self.pace.deadline

    def expected(self) -> float:
        """How many polls a task takes on average."""
        return _number(self.times, self.alive, self.polls())


def plan(spread: Spread, pace: Pace) -> Plan:
    """The schedule with the shortest delay that asks no more often than the pace's fixed loop would, or three
    times."""
    # Tasks that were always found ended teach a middle as near to nothing as floats go, and there the curves
    # end: how far before the first poll that is allowed a task ends does not matter. Nor does how far behind
    # the deadline; the curves would begin behind their end.
    spread = replace(spread, median=min(max(spread.median, pace.least * SHORTEST), pace.deadline))
    times, hope, alive = _curve(spread, pace.deadline)
    fixed = (pace.fixed * number for number in range(1, int(pace.deadline / pace.fixed) + 1))
    allowed = max(_number(times, alive, fixed), FEWEST) * (1 - HELD_BACK)

    def with_step(step: float) -> Plan:
        return Plan(pace, times, hope, alive, step)

    finest, coarsest = math.sqrt(2 * PRICE * pace.least), hope[-1]
    for _ in range(_HALVINGS):
        middle = math.sqrt(finest * coarsest)
        if with_step(middle).expected() > allowed:
            finest = middle
        else:
            coarsest = middle
    return with_step(coarsest)


def _curve(spread: Spread, deadline: float) -> tuple[list[float], list[float], list[float]]:
    """Times on a logarithmic grid, the running sum of the square root of the hazard, and survival."""
    widest = max(spread.sigma, SURPRISE_SIGMA)
    lowest, highest = math.log(spread.median) - 4 * widest, math.log(2 * deadline)
    width = (highest - lowest) / (_POINTS - 1)
    times = [math.exp(lowest + width * point) for point in range(_POINTS)]
    alive, rates = zip(*(_chances(time, spread) for time in times), strict=True)
    # A step of the grid is time * width seconds long.
    pieces = [
        math.sqrt(rate / left) * time * width for time, left, rate in zip(times, alive, rates, strict=True)
    ]
    sums = accumulate((a + b) / 2 for a, b in pairwise(pieces))
    return times, [0.0, *sums], list(alive)


def _chances(time: float, spread: Spread) -> tuple[float, float]:
    """The chance that a task runs longer than `time`, and the density of its end there, per second."""
    alive = rate = 0.0
    for part, sigma in ((1 - SURPRISE, spread.sigma), (SURPRISE, max(spread.sigma, SURPRISE_SIGMA))):
        far = math.log(time / spread.median) / sigma
        alive += (
            part * math.erfc(far / math.sqrt(2)) / 2
        )  # small to the last; a `cdf` is 0 from 8.3 sigmas on
        rate += part * _NORMAL.pdf(far) / (sigma * time)
    return alive, rate


def _number(times: Sequence[float], alive: Sequence[float], polls: Iterator[float]) -> float:
    """Polls until the task has ended, on average: each is made if the one before found it running."""
    return 1.0 + sum(_read(times, alive, polled) for polled in polls)


def _read(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    """A curve's value between its points, and its end's beyond them. `xs` rise."""
    right = bisect_left(xs, x)
    if right == 0:
        return ys[0]
    if right == len(xs):
        return ys[-1]
    low, high = xs[right - 1], xs[right]
    return ys[right - 1] + (ys[right] - ys[right - 1]) * (x - low) / (high - low)
