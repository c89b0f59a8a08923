"""What the steps of a job work with, and how a job is brought to an end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Protocol, Unpack

from tryon_core.account import Account
from tryon_core.accounts.keys import KeyAway, KeyPolicy
from tryon_core.clock import Clock
from tryon_core.errors import Charged, Problem, StorageFault, problem
from tryon_core.hosting.fetching import Fetcher
from tryon_core.hosting.hosting import Hosting
from tryon_core.hosting.typed_links import TypedLinks
from tryon_core.identity import short_id
from tryon_core.images.facts import Facts
from tryon_core.images.preflight import ImagePool
from tryon_core.job_state import FETCHABLE, JobState
from tryon_core.jobs import job_log
from tryon_core.jobs.poll_plan_cache import PollPlanCache
from tryon_core.jobs.silences import Silences
from tryon_core.poll_schedule.poll_rate_limit import PollRateLimiters
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.storage.store import Store, packed_problem
from tryon_core.vendors.download import PartialDownload
from tryon_core.vendors.http_clients import VendorClients
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.task import Snapshot

PAUSE_S = 5.0  # between two looks whether something can be written again
KEY_WAIT_S = 24 * 3600.0  # a job waits so long for its visitor's key; results are kept a day at the vendors

log = logging.getLogger(__name__)


async def nothing_to_clear() -> None:
    """Where there is nobody who could make room."""


class Payer(Protocol):
    """Whoever's job it is, and with whose credentials it goes on."""

    @property
    def owner(self) -> str: ...
    @property
    def account(self) -> Account: ...


@dataclass(frozen=True, slots=True)
class JobContext:
    """Passed to every step.

    `accounts` says whose key is used; `last` holds the final snapshot of a job between two steps, as its
    links are secrets that must not be stored; `partial_downloads` holds, by job and picture, downloads that
    broke off and can be gone on with; `examined` the facts of pictures that admission has looked at; `fit`
    those jobs that another one takes along whose pictures are ready; `links` the addresses that visitors
    typed.
    """

    store: Store
    hosting: Hosting
    fetcher: Fetcher
    vendors: VendorClients
    clock: Clock
    accounts: KeyPolicy
    random: Random
    last: dict[str, Snapshot] = field(default_factory=dict)
    poll_plans: PollPlanCache = field(default_factory=PollPlanCache)
    poll_limiters: PollRateLimiters = field(default_factory=PollRateLimiters)
    silences: Silences = field(default_factory=Silences)
    partial_downloads: dict[str, dict[str, PartialDownload]] = field(default_factory=dict)
    examined: dict[str, Mapping[str, Facts]] = field(default_factory=dict)
    fit: set[str] = field(default_factory=set)
    make_room: Callable[[], Awaitable[None]] = nothing_to_clear
    links: TypedLinks = field(default_factory=TypedLinks)
    image_pool: ImagePool = field(default_factory=ImagePool)

    async def wait_for_key(self, record: Payer) -> float:
        """Seconds that went by until the key of a job, or of what will be one, was here; only visitors' own
        are ever away.

        Raises `KeyAway`.
        """
        begun = self.clock.monotonic()
        if not await self.accounts.keyring.wait(record.owner, record.account, KEY_WAIT_S):
            raise KeyAway(problem("key_away", code="key away"))
        return self.clock.monotonic() - begun

    async def change(self, job_id: str, **change: Unpack[Change]) -> None:
        """Writes a change of a job. While that cannot be done, as the disk is full, say, it waits, however
        long: what is known of a paid task, such as its id, may be known nowhere else. With its end its
        half-written files go, and what was put into a bucket for it."""
        if change.get("state", JobState.RUNNING).ended:
            self.partial_downloads.pop(job_id, None)
            self.examined.pop(job_id, None)
            self.fit.discard(job_id)
            await asyncio.to_thread(self.store.clear_drafts, job_id)
        before: list[JobRecord | None] = []

        async def write() -> None:
            before[:] = [await asyncio.to_thread(self.store.ledger.record, job_id)]
            await self.store.change(job_id, **change)

        await self._until_written(write, job_id, change)
        if before[0] is not None:
            job_log.changed(replace(before[0], **change), change, self.clock.now())
        if change.get("state", JobState.RUNNING) not in FETCHABLE:
            self.hosting.clear_away()

    async def change_together(self, changes: Mapping[str, Change]) -> None:
        """Writes changes of several jobs that go on, in one transaction, as soon as that can be done."""
        ids = list(changes)
        before: list[JobRecord] = []

        async def write() -> None:
            found = [await asyncio.to_thread(self.store.ledger.record, job_id) for job_id in ids]
            before[:] = [record for record in found if record is not None]
            await self.store.change_together(changes)

        await self._until_written(write, ids[0], changes[ids[0]])
        for record in before:
            change = changes[record.id]
            job_log.changed(replace(record, **change), change, self.clock.now())

    async def _until_written(self, write: Callable[[], Awaitable[None]], job_id: str, change: Change) -> None:
        while True:
            try:
                await write()
                return
            except StorageFault as fault:
                why, task = fault.problem.code, _task_of(change)
                log.warning("%s: job %s waits to be written%s", why, short_id(job_id), task)
                await self._make_room()
                await self.clock.sleep(PAUSE_S)

    async def _make_room(self) -> None:
        with suppress(StorageFault):
            await self.make_room()

    async def end(self, record: JobRecord, state: JobState, problem: Problem) -> None:
        """Ends a job without success. Nothing is ever charged for the sandbox."""
        charged = _charged(record, state, problem)
        if record.own_key:
            problem = vendor(record.vendor).codes.of_own_key(problem)
        problem = replace(problem, charged=charged)
        request_ids = with_id(record.request_ids, problem.request_id)
        await self.change(
            record.id,
            state=state,
            problem=packed_problem(problem),
            charged=charged,
            request_ids=request_ids,
            finished_at=self.clock.now(),
        )


def _charged(record: JobRecord, state: JobState, problem: Problem) -> Charged:
    """A refusal costs nothing, but of a task that was accepted before only the vendor's pages know."""
    if not record.live:
        return Charged.NO
    if not record.task_id or problem.charged is not Charged.NO:
        return problem.charged
    return vendor(record.vendor).codes.failed_charged if state is JobState.FAILED else Charged.UNKNOWN


def _task_of(change: Change) -> str:
    """The task id, which somebody may want to enter by hand should the process end before there is room."""
    return f", its task is {change['task_id']}" if "task_id" in change else ""


def with_id(known: tuple[str, ...], *new: str) -> tuple[str, ...]:
    """The vendor's ids of one job in the order they came, each once; the newest come last."""
    return (*known, *dict.fromkeys(i for i in new if i and i not in known))


def key_taken_out() -> Problem:
    """A job of the operator's key, which the settings have no more."""
    return problem("key_taken_out", Charged.UNKNOWN)
