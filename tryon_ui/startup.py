"""The studio's start, beside the server's.

Gradio takes a server that is not up within 5 s for one that never will be, and starts another on the next
port. Opening a ledger far away, or taking up many jobs, may take longer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from tryon_core import Studio, TryOnError, write_log

SETTLE_S: Final = 3.0  # that a start is given to come to its end when the server stops already

log = logging.getLogger(__name__)


class StudioStartup:
    """Whether the studio is open yet. `failed` is called when it cannot be opened: nothing goes on then."""

    def __init__(self, studio: Studio, failed: Callable[[], None]) -> None:
        self._studio = studio
        self._failed = failed
        self.done = False

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """The studio, opened soon, and closed at the end."""
        opening = asyncio.create_task(self._open())
        yield
        await asyncio.wait({opening}, timeout=SETTLE_S)
        opening.cancel()
        if self.done:
            await self._studio.stop()

    async def _open(self) -> None:
        try:
            await self._studio.start()
        except Exception as error:  # the boundary: whatever it was, it is logged, and the app ends
            write_log(log, "not started", {"why": _reason(error)}, logging.CRITICAL)
            log.debug("not started", exc_info=error)
            self._failed()
        else:
            self.done = True
            write_log(log, "ready", {"public_url": next(iter(self._studio.public_urls), None)})


def _reason(error: Exception) -> str:
    """In our own words or, as the text of others may hold a password, by its kind."""
    if isinstance(error, TryOnError):
        return f"{error.problem.what} {error.problem.todo}"
    kind = type(error).__name__
    return f"The jobs cannot be opened ({kind}). Check TRYON_DATA_DIR, TRYON_DATABASE_URL and the disk."
