"""How long jobs usually take, by the jobs that were seen: never a promise, never an invented percentage."""

from __future__ import annotations

import asyncio
from statistics import quantiles

from tryon_core.storage.ledger import Ledger
from tryon_core.task import Vendor

FEWEST = 3  # under three jobs a range says nothing
NEWEST = 50  # vendors change: older jobs say little about today


async def usual_range(
    ledger: Ledger, vendor: Vendor, live: bool, expected: int
) -> tuple[float, float] | None:
    """The 10th and 90th percentile of the seconds that comparable jobs took; None under three of them."""
    return spread(await asyncio.to_thread(ledger.durations, vendor, live, expected, NEWEST))


def spread(seconds: list[float]) -> tuple[float, float] | None:
    """The 10th and 90th percentile; None under three values."""
    if len(seconds) < FEWEST:
        return None
    tenths = quantiles(seconds, n=10, method="inclusive")
    return tenths[0], tenths[-1]
