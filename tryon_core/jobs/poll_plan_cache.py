"""What past jobs teach about when to ask, kept for a while so that a thousand jobs read the ledger once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from tryon_core.clock import Clock
from tryon_core.poll_schedule.durations import NEWEST, Spread, Wait, learned, percentiles, sandbox_prior
from tryon_core.poll_schedule.plan import Pace, Plan, plan
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger

FRESH_S = 10.0  # a plan is used for this long before the ledger is read again


@dataclass(frozen=True, slots=True)
class TaskKind:
    """Tasks that take about the same time. `version` is empty where the vendor has only one."""

    vendor: str
    live: bool
    version: str
    expected: int


class PollPlanCache:
    """The plans in use, by kind of task."""

    def __init__(self) -> None:
        self._plans: dict[TaskKind, tuple[Plan, float]] = {}
        self._gates: defaultdict[TaskKind, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def plan(self, record: JobRecord, ledger: Ledger, clock: Clock, pace: Pace, prior: Spread) -> Plan:
        """When to poll a job's task, by what jobs of its kind took. `prior` is the guess at a live one."""
        kind = kind_of(record)
        async with self._gates[kind]:
            known, read_at = self._plans.get(kind, (None, 0.0))
            if known is None or clock.monotonic() - read_at > FRESH_S:
                known = await asyncio.to_thread(_made, kind, ledger, pace, prior)
                self._plans[kind] = known, clock.monotonic()
        return known


def kind_of(record: JobRecord) -> TaskKind:
    """The kind of a job's task."""
    version = record.request.get("version", "")
    return TaskKind(record.vendor, record.live, str(version), record.expected)


def guess(kind: TaskKind, ledger: Ledger, prior: Spread) -> Spread:
    """How long the next task of a kind takes: from its own kind, leaning on the vendor's other tasks."""
    others = ledger.waits(kind.vendor, kind.live, NEWEST)
    alike = ledger.waits(kind.vendor, kind.live, NEWEST, version=kind.version, expected=kind.expected)
    unseen = prior if kind.live else sandbox_prior(kind.expected)
    return learned(_waits(alike), _leaning(_waits(others), unseen))


def _leaning(others: list[Wait], unseen: Spread) -> Spread:
    """Other kinds tell about where the middle lies, but no more surely than was guessed before."""
    known = learned(others, unseen)
    return Spread(known.median, max(known.sigma, unseen.sigma))


def _waits(rows: list[tuple[float, float]]) -> list[Wait]:
    return [Wait(after, by) for after, by in rows]


def _made(kind: TaskKind, ledger: Ledger, pace: Pace, prior: Spread) -> Plan:
    return plan(guess(kind, ledger, prior), pace)


async def usual_range(ledger: Ledger, vendor: str, live: bool, expected: int) -> tuple[float, float] | None:
    """The 10th and 90th percentile of the seconds that comparable jobs took: never a promise. None under
    three of them."""
    return percentiles(await asyncio.to_thread(ledger.durations, vendor, live, expected, NEWEST))
