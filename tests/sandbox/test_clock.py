"""The vendors' time goes on, whatever the clock of this machine is set to."""

from __future__ import annotations

import time
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.sandbox.conftest import STEADY, MakeBox
from tryon_sandbox.clock import even_clock

YEAR_S = 365 * 24 * 3600.0


@pytest.mark.parametrize("off", [-YEAR_S, YEAR_S])
def test_a_clock_that_is_set_while_it_runs_changes_nothing(off: float) -> None:
    now = time.time()
    clock = even_clock()
    with patch.object(time, "time", lambda: now + off):
        assert abs(clock() - now) < YEAR_S / 2


@pytest.mark.anyio
async def test_a_task_goes_on_after_a_restart_with_the_clock_set_back(
    make_box: MakeBox, tmp_path: Path
) -> None:
    old = make_box(STEADY, tmp_path)
    first = (await old.refine()).json()["task_id"]
    await old.rendered()
    old.clock.pass_seconds(-YEAR_S)
    new = make_box(STEADY, tmp_path)
    second = (await new.refine()).json()["task_id"]
    await new.rendered()
    assert [(await new.poll(task_id)).json()["task_status"] for task_id in (first, second)] == [0, 0]
    new.clock.pass_seconds(60)
    assert [(await new.poll(task_id)).json()["task_status"] for task_id in (first, second)] == [2, 2]
