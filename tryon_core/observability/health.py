"""Whether the ledger can be read, looked up at most once in a while however many ask."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import sqlalchemy as sa

from tryon_core.errors import StorageFault
from tryon_core.observability.logs import if_debug

LOOK_EVERY_S = 2.0
PATIENCE_S = 5.0  # for one look; a ledger that takes longer is of no use to anybody

log = logging.getLogger(__name__)


class Health:
    """`look` reads the ledger and raises when it cannot; `monotonic` gives seconds that only rise."""

    def __init__(self, look: Callable[[], None], monotonic: Callable[[], float]) -> None:
        self._look = look
        self._monotonic = monotonic
        self._well, self._looked = True, float("-inf")
        self._one_look = asyncio.Lock()

    async def is_well(self) -> bool:
        """What the last look found, after a new one when that is too long ago."""
        async with self._one_look:
            if self._monotonic() - self._looked >= LOOK_EVERY_S:
                self._well = await self._found_well()
                self._looked = self._monotonic()
            return self._well

    async def _found_well(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.to_thread(self._look)
        except (StorageFault, sa.exc.SQLAlchemyError, TimeoutError) as error:
            log.error("the ledger cannot be read: %s", type(error).__name__, exc_info=if_debug(log, error))
            return False
        return True
