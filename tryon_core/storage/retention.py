"""How long jobs are kept: by default for ever, else until they are too old or too many.

A job that runs or is pinned is never cleared away. Age counts from the end of a job; size is its folder's.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tryon_core.clock import Clock
from tryon_core.errors import StorageFault
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.store import Store
from tryon_core.units import DAY_S, MB

EVERY_S = 3600.0  # days and megabytes move slowly


@dataclass(frozen=True, slots=True)
class Keep:
    """The rule: days and megabytes; 0 is no limit."""

    days: float = 0.0
    megabytes: float = 0.0

    @property
    def for_ever(self) -> bool:
        return not self.days and not self.megabytes


@dataclass(frozen=True, slots=True)
class Held:
    """What the rule looks at: `since` is the Unix time of the end, `bound` means never to be cleared away."""

    record: JobRecord
    size: int
    since: float
    bound: bool


def to_clear(held: Sequence[Held], keep: Keep, now: float) -> tuple[JobRecord, ...]:
    """The jobs that go, oldest first: those past their days, then as many as bring the size under the cap."""
    free = sorted((one for one in held if not one.bound), key=lambda one: one.since)
    old = [one for one in free if keep.days and one.since < now - keep.days * DAY_S]
    over = sum(one.size for one in held) - sum(one.size for one in old) - keep.megabytes * MB
    for one in free[len(old) :]:
        if not keep.megabytes or over <= 0:
            break
        old.append(one)
        over -= one.size
    return tuple(one.record for one in old)


class Retention:
    """Clears away by the rule. `drop` takes one job away, unless it has changed since it was read."""

    def __init__(
        self,
        store: Store,
        keep: Keep,
        clock: Clock,
        drop: Callable[[JobRecord], Awaitable[None]],
    ) -> None:
        self._store, self._keep, self._clock, self._drop = store, keep, clock, drop
        self._loop: asyncio.Task[None] | None = None

    async def clear_rowless(self) -> None:
        """Clears away what kills have left of jobs. Before any job can arrive here: a cell's has the same id
        after a kill, and the same folder."""
        # Alone on its data a start sees no job of another process arrive.
        alone = self._store.ledger.engine.dialect.name == "sqlite"
        await asyncio.to_thread(self._store.clear_rowless, math.inf if alone else time.time() - EVERY_S)

    async def start(self) -> None:
        """Clears away once, and from then on every hour, if there is a rule."""
        if self._keep.for_ever:
            return
        await self.clear()
        self._loop = asyncio.create_task(self._hourly())

    async def stop(self) -> None:
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
            self._loop = None

    async def clear(self) -> None:
        """Takes away what the rule does not keep."""
        if self._keep.for_ever:
            return
        held = await asyncio.to_thread(self._held)
        for record in to_clear(held, self._keep, self._clock.now()):
            await self._drop(record)

    async def free_up(self) -> None:
        """Takes away the small copies of pictures, which are made again, and what the rule does not keep now.

        Nothing that was paid for goes beyond the rule.
        """
        await asyncio.to_thread(self._store.drop_views)
        with suppress(StorageFault):  # even to forget a row may take room: the next try has more
            await self.clear()

    async def _hourly(self) -> None:
        while True:
            await self._clock.sleep(EVERY_S)
            with suppress(StorageFault):  # an hour later there is another try
                await self.clear()

    def _held(self) -> list[Held]:
        return [
            Held(
                record,
                self._store.size_of(record.id),
                record.finished_at or record.submitted_at,
                bound=not record.state.ended or record.pinned_at is not None,
            )
            for record in self._store.ledger.all()
        ]
