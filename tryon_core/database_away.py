"""Waits for a database that is away: what has begun goes on when it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext

from tryon_core.clock import Clock
from tryon_core.disk import is_read_only
from tryon_core.errors import DatabaseAway

AWAY_PAUSE_S = 2.0  # between two looks whether the database is back
T = TypeVar("T")


async def pause(clock: Clock) -> None:
    """The usual time until one looks again."""
    await clock.sleep(AWAY_PAUSE_S)


async def when_back(work: Callable[[], Awaitable[T]], pause: Callable[[], Awaitable[None]]) -> T:
    """What `work` comes to, which is begun anew after each pause while the database does not answer."""
    while True:
        try:
            return await work()
        except DatabaseAway:
            await pause()


def renew_read_only_connections() -> None:
    """Has every connection dropped that finds its file closed to writing, for the rest of this process.

    One that SQLite opened meanwhile could never write, also when the file takes writing again. The engine
    takes such a call for one whose connection was lost: it waits, and tries again with a new one.
    """
    if not sa.event.contains(sa.Engine, "handle_error", _drop_read_only):
        sa.event.listen(sa.Engine, "handle_error", _drop_read_only)


def _drop_read_only(context: ExceptionContext) -> None:
    if is_read_only(context.original_exception):
        context.is_disconnect = True
