"""Work that waits for its turn, in the event loop that it belongs to."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from unittest.mock import Mock

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
