"""Who draws on a card: of several watchers of one card in one tab, only the newest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Pane(StrEnum):
    """The places of the page that show a card."""

    TRYON = "tryon"
    REFINE = "refine"


@dataclass(slots=True)
class CardWatcher:
    """One watcher's leave to draw. `stopped`: by the visitor, and not by a newer watcher."""

    over: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: bool = False


class CardWatchers:
    """The watchers of this process, by browser session and pane."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, Pane], CardWatcher] = {}

    def start(self, session: str, pane: Pane) -> CardWatcher:
        """A new watcher; the one before it is over."""
        self._end(session, pane, stopped=False)
        watcher = self._holders[session, pane] = CardWatcher()
        return watcher

    def end(self, session: str, pane: Pane) -> None:
        """Ends the present watcher because something that is no job is shown now."""
        self._end(session, pane, stopped=False)

    def stop(self, session: str, pane: Pane) -> None:
        """Ends the present watcher because the visitor asked for it."""
        self._end(session, pane, stopped=True)

    def forget(self, session: str, pane: Pane, watcher: CardWatcher) -> None:
        """Forgets a watcher that has come to its end."""
        if self._holders.get((session, pane)) is watcher:
            del self._holders[session, pane]

    def _end(self, session: str, pane: Pane, *, stopped: bool) -> None:
        watcher = self._holders.pop((session, pane), None)
        if watcher is not None:
            watcher.stopped = stopped
            watcher.over.set()


async def until(items: AsyncIterator[T], over: asyncio.Event) -> AsyncIterator[T]:
    """The items of `items`, until `over` is set."""
    ended = asyncio.ensure_future(over.wait())
    try:
        while True:
            coming = asyncio.ensure_future(_next(items))
            await asyncio.wait({coming, ended}, return_when=asyncio.FIRST_COMPLETED)
            if over.is_set():
                coming.cancel()
                return
            found = coming.result()
            if not found:
                return
            yield found[0]
    finally:
        ended.cancel()


async def _next(items: AsyncIterator[T]) -> tuple[T] | tuple[()]:
    """The next item in a tuple, or an empty tuple at the end."""
    async for item in items:
        return (item,)
    return ()
