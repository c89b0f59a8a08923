"""The vendors' time: it goes on evenly, whatever the clock of the machine that emulates them is set to."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since 1970."""


def even_clock() -> Clock:
    """The machine's time as it is now, and from now on only what has passed since."""
    begun, tick = time.time(), time.monotonic()
    return lambda: begun + time.monotonic() - tick


def not_before(moment: float, clock: Clock) -> Clock:
    """The same clock, put forward where it is behind `moment`: what was done then lies behind."""
    ahead = max(moment - clock(), 0.0)
    return lambda: clock() + ahead
