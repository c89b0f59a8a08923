"""What was marked as deleted goes one by one, each in a task of its own, whoever marked it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Final

from tryon_core.clock import Clock
from tryon_core.errors import StorageFault

LOOK_S: Final = 3600.0  # how long what another process marked and left may lie here


class TakingAway:
    """Takes each id on until nothing is left to do with it.

    `marked` tells the ids of all that is marked, and may raise a `StorageFault`. `taken_on` does what can be
    done now, and tells the seconds until the next try; None is the end.
    """

    def __init__(
        self,
        clock: Clock,
        marked: Callable[[], Iterable[str]],
        taken_on: Callable[[str], Awaitable[float | None]],
    ) -> None:
        self._clock, self._marked, self._taken_on = clock, marked, taken_on
        self._going: dict[str, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Goes on with what was marked before, and looks for more of it every hour."""
        await self.look()
        self._looking = asyncio.create_task(self._hourly())
        await asyncio.sleep(0)  # so that it waits from now on

    async def stop(self) -> None:
        """Leaves what is marked to the next start."""
        tasks = [*self._going.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._going.clear()

    async def look(self) -> None:
        """Sees to every mark, whoever left it. Raises a `StorageFault`."""
        for key in await asyncio.to_thread(self._marked):
            if key not in self._going:
                self.begin(key)

    def begin(self, key: str) -> None:
        """Takes it on from now, whatever came of it before: an earlier deletion was undone."""
        if earlier := self._going.get(key):
            earlier.cancel()
        task = self._going[key] = asyncio.create_task(self._to_the_end(key))
        task.add_done_callback(lambda done: self._forget(key, done))

    async def over(self) -> None:
        """Returns when all that is on its way now has come to its end."""
        await asyncio.gather(*self._going.values())

    def _forget(self, key: str, done: asyncio.Task[None]) -> None:
        if self._going.get(key) is done:
            del self._going[key]

    async def _to_the_end(self, key: str) -> None:
        while (left := await self._taken_on(key)) is not None:
            if left > 0:
                await self._clock.sleep(left)

    async def _hourly(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            with suppress(StorageFault):  # an hour later there is another try
                await self.look()
