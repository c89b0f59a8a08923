"""Tells watchers in this process that a job has changed; what has changed they read in the ledger."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Bell:
    """Rings once. A watcher takes it before it reads, so that no change falls in between."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, at_most_s: float) -> None:
        """Returns when rung, or after `at_most_s` seconds: another process may have made the change."""
        try:
            async with asyncio.timeout(at_most_s):
                await self._rung.wait()
        except TimeoutError:
            return


class Events:
    """One bell a watched job. A bell that nobody holds is gone."""

    def __init__(self) -> None:
        self._bells: WeakValueDictionary[str, Bell] = WeakValueDictionary()

    def bell(self, job_id: str) -> Bell:
        """The bell that the next change of the job rings."""
        return self._bells.setdefault(job_id, Bell())

    def changed(self, job_id: str) -> None:
        """Wakes every watcher of the job. To be called in the event loop."""
        bell = self._bells.pop(job_id, None)
        if bell is not None:
            bell.ring()
