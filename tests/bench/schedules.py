"""The best schedule of questions that there is for a known distribution, by a dynamic programme."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

GRID_S = 0.1
HALVINGS = 16
LAST = 4.2  # sigmas: later than this ends one task in 75,000
Floats = npt.NDArray[np.float64]


def best_schedule(median: float, sigma: float, least: float, budget: float) -> list[float]:
    """The times of the questions, seconds, that give a log-normal task the shortest delay on average when no
    two are nearer than `least` and a task takes at most `budget` of them on average."""
    times, ended = _ended(median, sigma)
    cheap, dear = 1e-3, 50.0  # what a question costs, in seconds of delay
    for _ in range(HALVINGS):
        price = math.sqrt(cheap * dear)
        if _questions(_cheapest(times, ended, least, price), times, ended) > budget:
            cheap = price
        else:
            dear = price
    return [float(times[point]) for point in _cheapest(times, ended, least, dear)]


def _ended(median: float, sigma: float) -> tuple[Floats, Floats]:
    times = np.arange(0.0, median * math.exp(LAST * sigma), GRID_S)
    chances = [NormalDist().cdf(math.log(time / median) / sigma) for time in times[1:]]
    return times, np.array([0.0, *chances])


def _cheapest(times: Floats, ended: Floats, least: float, price: float) -> list[int]:
    """The points of the grid to ask at, found from the end backwards: at each point the next one is known
    that costs least: the price of the question, the delay of tasks that end before it, and all that follows.
    """
    count, gap = len(times), round(least / GRID_S)
    waited = np.concatenate([[0.0], np.cumsum((ended[1:] + ended[:-1]) / 2 * GRID_S)])
    costs, following = np.zeros(count), np.zeros(count, int)
    for at in range(count - gap - 1, -1, -1):
        later = np.arange(at + gap, count)
        delay = waited[later] - waited[at] - ended[at] * (times[later] - times[at])
        total = price * (1 - ended[at]) + delay + costs[later]
        chosen = int(np.argmin(total))
        costs[at], following[at] = total[chosen], later[chosen]
    schedule = [int(following[0])]
    while following[schedule[-1]]:
        schedule.append(int(following[schedule[-1]]))
    return schedule


def _questions(schedule: list[int], times: Floats, ended: Floats) -> float:
    return float(1 + np.sum(1 - ended[schedule[:-1]]))
