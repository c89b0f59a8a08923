"""Presses of a star come as calls of their own, and may pass each other: the last press holds."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

MOST_STARS: Final = 2000  # that are remembered, over all pages; of an older one the next press holds anyway


@dataclass(slots=True)
class _Star:
    newest: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Presses:
    """Which press of which star is the newest. A page counts its own presses, from 1."""

    def __init__(self, most: int = MOST_STARS) -> None:
        self._stars: OrderedDict[tuple[str, ...], _Star] = OrderedDict()
        self._most = most

    @asynccontextmanager
    async def turn(self, star: tuple[str, ...], press: int) -> AsyncIterator[bool]:
        """Waits until no other press of that star is being done; whether none after this one has come."""
        known = self._stars.setdefault(star, _Star())
        self._stars.move_to_end(star)
        if len(self._stars) > self._most:
            self._stars.popitem(last=False)
        known.newest = max(known.newest, press)
        async with known.turn:
            yield press >= known.newest
