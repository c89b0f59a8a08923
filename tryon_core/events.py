"""Tells watchers in this process that a job has changed; what has changed they read in the ledger."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from weakref import WeakValueDictionary


class ChangeSignal(asyncio.Event):
    """Rings once. A watcher takes it before it reads, so that no change falls in between."""

    async def rung(self, at_most_s: float) -> None:
        """Returns when rung, or after `at_most_s` seconds: another process may have made the change."""
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                await self.wait()


class Events:
    """One bell a watched job. A bell that nobody holds is gone."""

    def __init__(self) -> None:
        self._signals: WeakValueDictionary[str, ChangeSignal] = WeakValueDictionary()

    def signal(self, job_id: str) -> ChangeSignal:
        """The bell that the next change of the job rings."""
        return self._signals.setdefault(job_id, ChangeSignal())

    def changed(self, job_id: str) -> None:
        """Wakes every watcher of the job. To be called in the event loop."""
        signal = self._signals.pop(job_id, None)
        if signal is not None:
            signal.set()
