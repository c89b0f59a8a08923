"""What past jobs teach about when to ask, kept for a while so that a thousand jobs read the ledger once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from tryon_core.clock import Clock
from tryon_core.job_state import JobState
from tryon_core.jobs.batch_place import place_of
from tryon_core.poll_schedule.durations import NEWEST, Spread, Wait, learned, percentiles, sandbox_prior
from tryon_core.poll_schedule.plan import Pace, Plan, plan
from tryon_core.storage.job_records import JOBS, JobRecord
from tryon_core.storage.ledger import Ledger

Query = TypeVar("Query", bound=sa.Select[Any])
FRESH_S = 10.0  # a plan is used for this long before the ledger is read again
LONGEST_TASK_S = 3600.0  # six times what a task is polled for: a longer one tells of a clock that was set


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
    """The kind of a job's task; the whole task's, where it has the suits of several jobs."""
    version, place = record.request.get("version", ""), place_of(record.batch_place)
    pictures = record.expected * (len(place.suits) if place else 1)
    return TaskKind(record.vendor, record.live, str(version), pictures)


def guess(kind: TaskKind, ledger: Ledger, prior: Spread) -> Spread:
    """How long the next task of a kind takes: from its own kind, leaning on the vendor's other tasks."""
    unseen = prior if kind.live else sandbox_prior(kind.expected)
    others = waits(ledger, kind.vendor, kind.live)
    return learned(waits(ledger, kind.vendor, kind.live, kind), _leaning(others, unseen))


def _leaning(others: list[Wait], unseen: Spread) -> Spread:
    """Other kinds tell about where the middle lies, but no more surely than was guessed before."""
    known = learned(others, unseen)
    return Spread(known.median, max(known.sigma, unseen.sigma))


def _made(kind: TaskKind, ledger: Ledger, pace: Pace, prior: Spread) -> Plan:
    return plan(guess(kind, ledger, prior), pace)


def usual_ranges(ledger: Ledger, records: Iterable[JobRecord]) -> Iterator[tuple[float, float] | None]:
    """For each job the 10th and 90th percentile of the seconds that comparable ones took: never a promise.
    None under three of them. Blocks for about a millisecond for each kind of job."""
    known: dict[tuple[str, bool, int], tuple[float, float] | None] = {}
    for record in records:
        kind = record.vendor, record.live, record.expected
        if kind not in known:
            known[kind] = percentiles(durations(ledger, *kind))
        yield known[kind]


def durations(ledger: Ledger, vendor: str, live: bool, expected: int) -> list[float]:
    """Seconds from submit to end of the newest succeeded jobs of one kind. Blocks for about a millisecond."""
    query = _newest(sa.select(JOBS.c.finished_at - JOBS.c.submitted_at), vendor, live)
    with ledger.engine.connect() as connection:
        return [float(seconds) for seconds in connection.scalars(query.where(JOBS.c.expected == expected))]


def waits(ledger: Ledger, vendor: str, live: bool, alike: TaskKind | None = None) -> list[Wait]:
    """Of the newest succeeded tasks, or of those that are alike: when the last poll found it running (0 when
    there was none) and when one found it ended. Blocks for about a millisecond."""
    since = JOBS.c.sending_since
    before = sa.func.coalesce(JOBS.c.polled_at - since, 0.0)
    query = _newest(sa.select(before, JOBS.c.ready_at - since), vendor, live).where(JOBS.c.ready_at > since)
    if alike:
        query = query.where(JOBS.c.expected == alike.expected)
    if alike and alike.version:
        query = query.where(JOBS.c.request["version"].as_string() == alike.version)
    with ledger.engine.connect() as connection:
        return [Wait(float(after), float(by)) for after, by in connection.execute(query)]


def _newest(query: Query, vendor: str, live: bool) -> Query:
    """What the newest jobs tell that succeeded at once: one that was taken up again tells nothing, one whose
    task was several jobs' tells nothing of others like it, and none was longer than can be, or ended before
    it began."""
    alone = JOBS.c.batch.is_(None) & (JOBS.c.runs == 0)
    like = (JOBS.c.vendor == vendor) & (JOBS.c.live == live) & alone
    took = sa.func.coalesce(JOBS.c.ready_at - JOBS.c.sending_since, 0.0)
    found = query.where(like & (JOBS.c.state == JobState.SUCCEEDED.value) & took.between(0.0, LONGEST_TASK_S))
    return found.order_by(JOBS.c.submitted_at.desc()).limit(NEWEST)
