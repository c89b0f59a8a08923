"""Questions asked and delay until a result is seen: ours, a fixed loop, the vendor's own client, the optimum.

A simulation on the same log-normal tasks for all of them; nothing waits. Ours has learned from thirty tasks
that it watched itself, beginning with nothing. What it learned differs by chance: the mean is over many
beginnings.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from random import Random
from statistics import fmean
from unittest import mock

import ailabtools.client
from ailabtools import AILabClient

from tests.bench.schedules import best_schedule
from tests.core.wires import PACES, PRIORS, VENDORS
from tryon_core import name_of
from tryon_core.poll_schedule.durations import Wait, learned
from tryon_core.poll_schedule.plan import Plan, plan

MEDIANS_S = (12.0, 40.0)
SIGMA = 0.35
PAST = 30  # tasks to learn from
FIXED_S = 5.0
BEGINNINGS = 100
TASKS = 200  # measured after each beginning
SEED = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one task on average: questions asked, and seconds from its end to the question that sees it."""

    polls: float
    delay: float


@dataclass(frozen=True, slots=True)
class Row:
    """One vendor's pace and one median, all four ways of asking."""

    vendor: str
    median: float
    ours: Cost
    fixed: Cost
    client: Cost
    best: Cost

    def __str__(self) -> str:
        ours, fixed, client, best = self.ours, self.fixed, self.client, self.best
        return (
            f"{name_of(self.vendor)}, {PACES[self.vendor].least:.0f} s apart at least, median"
            f" {self.median:.0f} s:"
            f" {ours.polls:.2f} questions, {ours.delay:.2f} s late;"
            f" fixed 5 s loop {fixed.polls:.2f}, {fixed.delay:.2f} s;"
            f" vendor's client {client.polls:.2f}, {client.delay:.2f} s;"
            f" optimum {best.polls:.2f}, {best.delay:.2f} s."
            f" Ratio to the loop: questions {ours.polls / fixed.polls:.2f}, delay"
            f" {ours.delay / fixed.delay:.3f}; to the optimum: delay {ours.delay / best.delay:.3f}"
        )


def measured(vendor: str, median: float, beginnings: int = BEGINNINGS) -> Row:
    """All ways of asking about the same tasks."""
    random = Random(SEED)
    tasks = [_task(random, median) for _ in range(beginnings * TASKS)]
    fixed = _mean(_asked(task, (FIXED_S * number for number in count(1))) for task in tasks)
    schedule = best_schedule(median, SIGMA, PACES[vendor].least, fixed.polls)
    late = [schedule[-1] + FIXED_S * number for number in range(1, 100)]
    return Row(
        vendor,
        median,
        ours=_ours(vendor, median, tasks, random),
        fixed=fixed,
        client=_client(tasks[:: max(1, beginnings // 10)]),
        best=_mean(_asked(task, (*schedule, *late)) for task in tasks),
    )


def _ours(vendor: str, median: float, tasks: list[float], random: Random) -> Cost:
    costs = []
    for first in range(0, len(tasks), TASKS):
        chosen = _after_thirty(vendor, median, random)
        costs += [_asked(task, chosen.polls(random.random())) for task in tasks[first : first + TASKS]]
    return _mean(costs)


def _after_thirty(vendor: str, median: float, random: Random) -> Plan:
    """The plan after the first tasks of a kind, each watched by what those before it taught."""
    waits: list[Wait] = []
    chosen = plan(PRIORS[vendor], PACES[vendor])
    for number in range(1, PAST + 1):
        task, before = _task(random, median), 0.0
        for asked in chosen.polls(random.random()):
            if asked >= task:
                waits.append(Wait(before, asked))
                break
            before = asked
        if number in (1, 2, 4, 8, 16, PAST):  # in between it changes little, and planning takes time
            chosen = plan(learned(waits, PRIORS[vendor]), PACES[vendor])
    return chosen


def _task(random: Random, median: float) -> float:
    return median * random.lognormvariate(0.0, SIGMA)


def _asked(task: float, polls: Iterable[float]) -> Cost:
    number, asked = next((n, asked) for n, asked in enumerate(polls, 1) if asked >= task)
    return Cost(number, asked - task)


def _mean(costs: Iterable[Cost]) -> Cost:
    known = list(costs)
    return Cost(fmean(cost.polls for cost in known), fmean(cost.delay for cost in known))


class _Clock:
    """Stands for the modules `time` and `asyncio` of the vendor's client, and for the service it asks."""

    def __init__(self, task: float) -> None:
        self.now, self.task, self.asked = 0.0, task, 0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def commonQueryAsyncTaskResult(self, _params: object) -> dict[str, int]:
        self.asked += 1
        return {"task_status": 2 if self.now >= self.task else 1}


def _client(tasks: list[float]) -> Cost:
    """The vendor's own `wait_for_task`, the real one, on a clock that does not wait."""
    return _mean(asyncio.run(_watched_by_client(tasks)))


async def _watched_by_client(tasks: list[float]) -> list[Cost]:
    client, costs = AILabClient("nobody"), []
    for task in tasks:
        clock = _Clock(task)
        with (
            mock.patch.object(client, "common", clock),
            mock.patch.object(ailabtools.client, "time", clock),
            mock.patch.object(ailabtools.client, "asyncio", clock),
        ):
            await client.wait_for_task("task")
        costs.append(Cost(clock.asked, clock.now - task))
    await client.aclose()
    return costs


def main() -> None:
    """Prints a line for each vendor's pace and each median."""
    for vendor in VENDORS:
        for median in MEDIANS_S:
            sys.stdout.write(f"{measured(vendor, median)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
