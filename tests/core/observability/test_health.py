"""Whether the app is well: told honestly, and asked of the ledger once for many."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.test_studio import open_house
from tryon_core import Studio
from tryon_core.collections.removing import Removing
from tryon_core.observability.health import LOOK_EVERY_S, Health

pytestmark = pytest.mark.anyio


class Ledger:
    """One that can be read, or not."""

    def __init__(self) -> None:
        self.looks, self.broken = 0, False

    def look(self) -> None:
        self.looks += 1
        if self.broken:
            raise sa.exc.OperationalError("SELECT", None, Exception("disk I/O error"))


async def test_many_who_ask_at_once_cause_one_look() -> None:
    ledger, now = Ledger(), 0.0
    health = Health(ledger.look, lambda: now)
    assert all(await asyncio.gather(*(health.is_well() for _ in range(200)))) and ledger.looks == 1
    now = LOOK_EVERY_S
    assert await health.is_well() and ledger.looks == 2


async def test_a_ledger_that_breaks_and_comes_back_is_told() -> None:
    ledger, now = Ledger(), 0.0
    health = Health(ledger.look, lambda: now)
    told = []
    for broken in (False, True, False):
        ledger.broken, now = broken, now + LOOK_EVERY_S
        told.append(await health.is_well())
    assert told == [True, False, True]


async def test_a_studio_is_well_while_it_runs_and_its_ledger_is_there(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        running = await studio.is_well()
    assert running and not await studio.is_well()


async def test_a_studio_is_not_well_before_its_start_has_come_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors = ScriptedVendors()
    studio = Studio(fakes.settings(tmp_path), vendors, clock=JumpingClock(), web=fakes.web(vendors.serve))
    found, start = list[bool](), Removing.start

    async def last_of_all(removing: Removing) -> None:
        found.append(await studio.is_well())
        await start(removing)

    monkeypatch.setattr(Removing, "start", last_of_all)
    await studio.start()
    found.append(await studio.is_well())
    await studio.stop()
    assert found == [False, True]
