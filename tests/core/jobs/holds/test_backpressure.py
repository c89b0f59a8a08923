"""Nothing is sent while the vendor, who fetches from here, would wait in vain."""

from __future__ import annotations

import pytest

from tests.core.fakes import JumpingClock
from tryon_core.jobs.holds.backpressure import LONGEST_S, SLOW_S, until_responsive

pytestmark = pytest.mark.anyio


class Probe:
    """Takes as long as it is told, by the clock."""

    def __init__(self, clock: JumpingClock, *seconds: float) -> None:
        self.clock, self.seconds, self.times = clock, list(seconds), 0

    async def __call__(self) -> None:
        self.times += 1
        await self.clock.sleep(self.seconds.pop(0) if len(self.seconds) > 1 else self.seconds[0])


async def test_a_quick_app_is_not_held_up() -> None:
    clock = JumpingClock()
    probe, begun = Probe(clock, 0.0), clock.monotonic()
    await until_responsive(clock, probe)

    assert probe.times == 1 and clock.monotonic() == begun


async def test_a_slow_app_is_waited_for() -> None:
    clock = JumpingClock()
    probe = Probe(clock, 9.0, SLOW_S, SLOW_S / 2)
    await until_responsive(clock, probe)

    assert probe.times == 3


async def test_it_is_tried_at_last_even_when_the_app_stays_slow() -> None:
    clock = JumpingClock()
    begun = clock.monotonic()
    await until_responsive(clock, Probe(clock, 30.0))

    assert LONGEST_S <= clock.monotonic() - begun < LONGEST_S + 60
