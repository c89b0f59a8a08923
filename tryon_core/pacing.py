"""When to ask a vendor next: pure functions of what was asked and how long it took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tryon_core.vendor import Vendor

JITTER = 0.15  # part of a wait that is added at random, so that jobs begun together do not ask together


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: before the first question, between questions at the least, and until asking is given up."""

    first: float
    every: float
    deadline: float


# AILab's page asks for a question every 5 s. Aidge's samples ask every 1 s to 5 s and its newer pages allow
# no less than 1 s; 600 s is the longest that the newer samples wait.
PACES: Mapping[Vendor, Pace] = {
    Vendor.AIDGE: Pace(first=1.5, every=1.0, deadline=600.0),
    Vendor.AILAB: Pace(first=5.0, every=5.0, deadline=600.0),
}
SLOW_AFTER_S = 30.0  # from here on the question comes every SLOWER times as long, and no more often
SLOWER = 3.0


def next_wait(pace: Pace, asked: int, waited: float, random: Random) -> float:
    """Seconds until the next question, never under the vendor's minimum.

    `asked` is the number of questions so far, `waited` the seconds since the first wait began.
    """
    base = pace.first if asked == 0 else pace.every
    if asked and pace.every < AILAB_EVERY and waited > SLOW_AFTER_S:
        base = pace.every * SLOWER
    return base * (1.0 + JITTER * random.random())


AILAB_EVERY = PACES[Vendor.AILAB].every
