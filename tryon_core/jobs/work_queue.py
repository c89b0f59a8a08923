"""A queue of the engine's: work that waits for its turn, a few at a time for each key, over all replicas.

The engine keeps what is in it: what a process leaves unfinished is taken up again, there or elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import ParamSpec

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

Work = Coroutine[None, None, None]
Run = Callable[[str, int], Work]
P = ParamSpec("P")


class WorkQueue:
    """Runs `run(item, attempt)` for what is put in, `at_once` at a time of one key. An item's run may begin
    anew after a crash, so it looks first at what is done already."""

    def __init__(self, name: str, run: Run, at_once: int) -> None:
        self._name, self._run, self._at_once = name, run, at_once
        self._workflow: Run | None = None
        self.runs: set[asyncio.Task[None]] = set()

    def register(self) -> None:
        """Makes the work known to the engine, before it is launched, in the loop in which it is to run."""

        @in_this_loop
        async def run_item(item: str, attempt: int) -> None:
            if task := asyncio.current_task():
                self.runs.add(task)
                task.add_done_callback(self.runs.discard)
            await self._run(item, attempt)

        self._workflow = DBOS.workflow(name=self._name, max_recovery_attempts=None)(run_item)

    async def open(self, look_s: float) -> None:
        """Begins to take work out, after the launch; looks for more every `look_s` seconds."""
        await DBOS.register_queue_async(
            self._name, partition_concurrency=self._at_once, polling_interval_sec=look_s
        )

    async def put(self, item: str, attempt: int, *, key: str, turn: int) -> None:
        """Puts the nth attempt at an item in; a second time changes nothing. Of one key the lower turn, from
        1 on, goes first."""
        if self._workflow is None:
            raise RuntimeError("the engine is not started")
        options = SetEnqueueOptions(queue_partition_key=key, priority=turn)
        with SetWorkflowID(_run_id(item, attempt)), options:
            await DBOS.enqueue_workflow_async(self._name, self._workflow, item, attempt)

    async def take_out(self, items: Iterable[tuple[str, int]]) -> None:
        """Takes attempts at items out that have not begun; one that has begun goes on."""
        runs = [_run_id(item, attempt) for item, attempt in items]
        if runs:
            await DBOS.cancel_workflows_async(runs)

    async def forget(self, items: Iterable[tuple[str, int]]) -> None:
        """Takes the engine's own records of all attempts at some items away, of which none may be running."""
        runs = [_run_id(item, number) for item, last in items for number in range(1, last + 1)]
        if runs:
            await DBOS.delete_workflows_async(runs)


def in_this_loop(run: Callable[P, Work]) -> Callable[P, Work]:
    """Runs in the event loop of whoever calls this. The engine takes a loop of its own where it finds that
    this one stands still, as between two calls of a runner: what begins there goes on when this one does."""
    own = asyncio.get_running_loop()

    async def run_here(*args: P.args, **options: P.kwargs) -> None:
        if asyncio.get_running_loop() is own:
            return await run(*args, **options)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(run(*args, **options), own))

    return run_here


def _run_id(item: str, attempt: int) -> str:
    return f"{item}-{attempt}"
