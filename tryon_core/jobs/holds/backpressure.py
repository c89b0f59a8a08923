"""Waits with what can wait until this app answers quickly again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from tryon_core.clock import Clock

# A vendor fetches the pictures of a submit from here before it answers, and gives up after some seconds. The
# sandbox's server does after 15; an answer goes through the loop and a thread several times.
SLOW_S = 1.0
PAUSE_S, LONGEST_S = 1.0, 120.0

log = logging.getLogger(__name__)


async def through_a_thread() -> None:
    """What each answer has to wait for: its turn in the loop, and a thread."""
    await asyncio.to_thread(int)


async def until_responsive(clock: Clock, probe: Callable[[], Awaitable[None]] = through_a_thread) -> None:
    """Returns when the app is quick, or after two minutes: then it may as well be tried."""
    begun = clock.monotonic()
    while (asked := clock.monotonic()) - begun < LONGEST_S:
        await probe()
        if clock.monotonic() - asked < SLOW_S:
            return
        await clock.sleep(PAUSE_S)
    log.warning("the app is overloaded: sending goes on after %.0f s", clock.monotonic() - begun)
