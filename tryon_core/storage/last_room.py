"""Room to delete or to stop in where no byte is free: to take a row away or to change one takes some."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tryon_core.disk import Ballast
from tryon_core.errors import DiskFull
from tryon_core.storage.store import Store

T = TypeVar("T")


class LastRoom:
    """What can be given up for a deletion or a stop: the ballast, then the small copies of pictures, which
    are made again."""

    def __init__(self, ballast: Ballast, store: Store) -> None:
        self._ballast, self._store = ballast, store

    async def made_for(self, work: Callable[[], Awaitable[T]], *own: Callable[[], Awaitable[None]]) -> T:
        """What `work` comes to, which is tried anew each time that there is more room. `own` are the last
        steps to it: what is deleted takes itself away. Raises `DiskFull` where all of that is not enough."""
        for make_room in (_no_step, self._drop_views, *own):
            try:
                done = await work()
                break
            except DiskFull:
                await make_room()
                await asyncio.to_thread(self._ballast.drop)  # a step that deletes lays it anew
        else:
            done = await work()
        await asyncio.to_thread(self._ballast.lay)
        return done

    async def _drop_views(self) -> None:
        await asyncio.to_thread(self._store.drop_views)


async def _no_step() -> None:
    """The ballast alone."""
