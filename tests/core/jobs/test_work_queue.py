"""Work that waits for its turn, in the event loop that it belongs to."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from dbos import DBOS

from tests.core import fakes
from tryon_core.jobs.work_queue import WorkQueue
from tryon_core.jobs.workflow import JobEngine

PATIENCE_S = 60.0


def test_what_is_taken_out_while_the_loop_stands_still_runs_in_it_when_it_goes_on(tmp_path: Path) -> None:
    ran_in: list[asyncio.AbstractEventLoop] = []
    ran = asyncio.Event()

    async def work(item: str, attempt: int) -> None:
        ran_in.append(asyncio.get_running_loop())
        ran.set()

    queue = WorkQueue("stands still", work, 1)
    settings = fakes.settings(tmp_path)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = JobEngine(settings, Mock(), poll_s=0.5)
    engine.also_runs(queue)

    async def begin() -> None:
        await engine.start()
        await queue.put("item", 1, key="key", turn=1)

    async def end() -> None:
        async with asyncio.timeout(PATIENCE_S):
            await ran.wait()
        await engine.stop()

    with asyncio.Runner() as runner:
        runner.run(begin())
        _until_taken_out("item-1")
        runner.run(end())
        assert ran_in == [runner.get_loop()]


def _until_taken_out(run_id: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while (status := DBOS.get_workflow_status(run_id)) is None or status.status == "ENQUEUED":
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def test_what_begins_while_the_engine_ends_leaves_the_loop_no_closed_pool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = fakes.settings(tmp_path)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = JobEngine(settings, Mock(), poll_s=0.5)
    destroy = DBOS.destroy

    async def ended() -> int:
        await engine.start()
        loop = asyncio.get_running_loop()

        def beside_a_run_that_begins(**how: Any) -> None:
            begun = DBOS._configure_asyncio_thread_pool()  # as a run does first
            asyncio.run_coroutine_threadsafe(begun, loop).result(PATIENCE_S)
            destroy(**how)

        monkeypatch.setattr(DBOS, "destroy", beside_a_run_that_begins)
        await engine.stop()
        return await asyncio.to_thread(int, "1")

    assert asyncio.run(ended()) == 1
