"""A collection under way while nothing can be kept here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import anyio
import pytest

from tests.core.collections.making import done, rail
from tests.core.collections.test_changing import held
from tests.core.fakes import JumpingClock, ScriptedVendors, finished
from tests.core.test_studio import ANN, PATIENCE_S, open_house
from tryon_core import CellState
from tryon_core.collections.sending import CELLS_AT_ONCE
from tryon_core.database_away import AWAY_PAUSE_S

pytestmark = pytest.mark.anyio


class PausedClock(JumpingClock):
    """Tells when something waits for the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.paused = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        if seconds == AWAY_PAUSE_S:
            self.paused.set()
        await super().sleep(seconds)


@pytest.mark.parametrize(
    ("name", "answer"), [("free", 0), ("is_writable", False)], ids=["full", "closed to writing"]
)
async def test_cells_wait_while_the_disk_takes_nothing_and_go_on_when_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, answer: int
) -> None:
    hold, clock = asyncio.Event(), PausedClock()
    vendors = ScriptedVendors(queries=[finished("a.png")], hold=hold)
    async with open_house(tmp_path, vendors, clock) as studio:
        new = rail(tmp_path, CELLS_AT_ONCE + 2, 1)
        made = await held(studio, await studio.collections.create(new, visitor=ANN))
        monkeypatch.setattr(studio._container.admission.room, name, lambda: answer)
        hold.set()
        with anyio.fail_after(PATIENCE_S):
            await clock.paused.wait()
        now = await studio.collections.get(made.id, visitor=ANN)
        assert (now.totals.failed, now.totals.waiting) == (0, 2)
        monkeypatch.undo()
        ended = await done(studio, now)
    assert {cell.state for cell in ended.cells} == {CellState.SUCCEEDED}
    assert len(vendors.sent) == CELLS_AT_ONCE + 2
