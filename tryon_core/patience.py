"""Waits for a database that is away: what has begun goes on when it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tryon_core.errors import DatabaseAway

T = TypeVar("T")


async def when_back(work: Callable[[], Awaitable[T]], pause: Callable[[], Awaitable[None]]) -> T:
    """What `work` comes to, which is begun anew after each pause while the database does not answer."""
    while True:
        try:
            return await work()
        except DatabaseAway:
            await pause()
