"""A job's folder is there before its row: nothing that clears away may take it for what a kill has left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.fakes import ScriptedVendors
from tests.core.storage.test_deleting import coat
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import JobState
from tryon_core.jobs.workflow import JobEngine
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.store import Store

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PATIENCE_S = 30.0


class Refused(Exception):
    """What one of two is refused with."""


async def test_what_kills_left_is_cleared_away_before_any_job_can_arrive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list[str]()

    def noted(name: str, true: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            order.append(name)
            return true(*arguments)

        return call

    monkeypatch.setattr(Store, "clear_rowless", noted("cleared", Store.clear_rowless))
    monkeypatch.setattr(JobEngine, "start", noted("started", JobEngine.start))
    async with open_house(tmp_path, ScriptedVendors()):
        pass
    assert order and order == ["cleared", "started"] * (len(order) // 2)


async def test_of_two_equal_jobs_one_that_is_refused_does_not_take_the_other_s_pictures_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, has_copied, refused = Ledger.add, threading.Event(), threading.Event()
    calls = list[int]()

    def adding(ledger: Ledger, *arguments: Any) -> bool:
        calls.append(1)
        if len(calls) == 1:
            has_copied.wait(2)  # nobody comes meanwhile, as it should be
            raise Refused
        has_copied.set()
        refused.wait(PATIENCE_S)
        return add(ledger, *arguments)

    async with open_house(tmp_path, ScriptedVendors()) as studio:
        monkeypatch.setattr(Ledger, "add", adding)
        one, other = (asyncio.create_task(submit(studio, coat(tmp_path / "a"), visitor=ANN)) for _ in "ab")
        done, _ = await asyncio.wait((one, other), return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE_S)
        refused.set()
        kept = await ended(studio, await (other if one in done else one))
    assert isinstance(next(iter(done)).exception(), Refused)
    assert kept.state is JobState.SUCCEEDED
