"""The life of a job as a durable workflow of four steps: prepare, submit, poll, save.

The workflow's only argument is the job's id, and no step returns anything: what the engine stores holds
neither secret nor picture. A step may run twice after a crash, so each looks into the ledger first.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import defaultdict
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID

from tryon_core.accounts.keys import KeyAway
from tryon_core.configuration.settings import Settings
from tryon_core.database_away import pause, renew_read_only_connections, when_back
from tryon_core.errors import Charged, Problem, problem
from tryon_core.identity import short_id
from tryon_core.job_state import JobState
from tryon_core.jobs import polling, preparing, saving, submitting
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.holds.backpressure import until_responsive
from tryon_core.jobs.work_queue import WorkQueue, in_this_loop
from tryon_core.observability.logs import adopt_logs, if_debug
from tryon_core.vendors.registry import codes_of

WORKFLOW_VERSION = "1"  # changes only when the steps change: recovery is for workflows of one version
# How long a stop waits for submits that are on their way, so that none becomes uncertain, and for notes of
# what is done: one that came after it would be taken for the next process's own. It has 5 s in all.
SETTLE_S = 3.0
# The vendor fetches the pictures from here before it answers, and has its own limit for that: of a crowd, a
# few at a time are sent, and each gets its pictures at once.
SENDS_AT_ONCE = 8
HELD_S = 20.0  # then the next one is sent: a vendor that dawdles does not hold up all
THREADS = 48  # for short work such as the ledger's; the engine's own default has no bound
# Between two looks of the thread that listens for messages to workflows. Ours get none, so that a look reads
# nothing; but a stop waits for its end.
LISTENER_S = 0.1
_GOING_ON = ("PENDING", "ENQUEUED", "DELAYED")

Step = Callable[[JobContext, str], Coroutine[None, None, None]]
# Workflow, version and steps are names in databases: with others, a replica would seize the jobs that one
# of the version before is following.
WORKFLOW = "life of a job"
STEPS: tuple[tuple[str, Step], ...] = (
    ("prepare", preparing.prepare),
    ("submit", submitting.submit),
    ("follow", polling.poll),
    ("keep", saving.save),
)

log = logging.getLogger(__name__)


class JobEngine:
    """Runs jobs on the engine, in the event loop in which it was started."""

    def __init__(self, settings: Settings, context: JobContext, poll_s: float) -> None:
        self._config = engine_config(settings)
        self._context = context
        self._runs: set[asyncio.Task[None]] = set()
        self._submitting: set[asyncio.Task[None]] = set()
        self._noted: set[asyncio.Task[None]] = set()  # whose last step the engine writes down now
        self._stopping = False
        self._stops = asyncio.Lock()  # one at a time: of the studio, and of a process that lost its jobs
        self._gates: defaultdict[str, asyncio.Semaphore] = defaultdict(_send_gate)
        self._workflow: Callable[[str], Coroutine[None, None, None]] | None = None
        self._queues: list[WorkQueue] = []
        self._look_s = poll_s

    def also_runs(self, queue: WorkQueue) -> None:
        """Has the engine do the work of a queue, too. Before `start`."""
        self._queues.append(queue)

    async def start(self) -> None:
        """Launches the engine; what it left unfinished goes on by itself."""
        self._stopping, self._stops = False, asyncio.Lock()
        self._gates.clear()
        renew_read_only_connections()
        DBOS(config=self._config)
        adopt_logs("dbos")  # else it writes to the terminal, and what a database says of its address with it

        @in_this_loop
        async def run_job(job_id: str) -> None:
            await self._run(job_id)

        # Registered anew at each start: importing this module registers nothing.
        self._workflow = DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)(run_job)
        for queue in self._queues:
            queue.register()
        DBOS.launch()
        for queue in self._queues:
            await queue.open(self._look_s)

    @property
    def started(self) -> bool:
        """Whether jobs can be begun now."""
        return self._workflow is not None and not self._stopping

    async def begin(self, job_id: str, runs: int) -> None:
        """Starts the nth run of a job; starting it again while it runs changes nothing."""
        if self._workflow is None:
            raise RuntimeError("the engine is not started")
        with SetWorkflowID(_workflow_id(job_id, runs)):
            await DBOS.start_workflow_async(self._workflow, job_id)

    async def is_over(self, job_id: str, runs: int) -> bool:
        """Whether a run has ended, or was begun by a version whose runs are not recovered any more."""
        status = await DBOS.get_workflow_status_async(_workflow_id(job_id, runs))
        if status is None:
            return False
        return status.status not in _GOING_ON or status.app_version != WORKFLOW_VERSION

    async def forget(self, job_id: str, runs: int) -> None:
        """Takes the engine's own records of a job away."""
        await DBOS.delete_workflows_async([_workflow_id(job_id, run) for run in range(runs + 1)])

    async def stop(self) -> None:
        """Lets go of running jobs; what is being sent this moment may first be answered, and what is done be
        written down. Whoever else stops it meanwhile waits, and finds it stopped."""
        self._stopping = True
        async with self._stops:
            if self._workflow is not None:
                await self._put_away()

    async def _put_away(self) -> None:
        if settling := self._submitting | self._noted:
            await asyncio.wait(settling, timeout=SETTLE_S)
        tasks = self._runs.union(self._submitting, *(queue.runs for queue in self._queues))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # The engine made its own pool the loop's default, and closes it now. The loop gets another one first:
        # others work on, where this process has lost its jobs to another one.
        loop, pool = asyncio.get_running_loop(), ThreadPoolExecutor()
        loop.set_default_executor(pool)
        await loop.run_in_executor(pool, partial(DBOS.destroy, destroy_registry=True))
        loop.set_default_executor(pool)  # a run that was only beginning has put the engine's back
        self._workflow = None

    async def _run(self, job_id: str) -> None:
        _track(self._runs, asyncio.current_task())
        run = _run_of(DBOS.workflow_id or "")
        try:
            for name, step in STEPS:
                await DBOS.run_step_async({"name": name}, self._bound(step, run), job_id)
        except KeyAway as away:
            if await self._is_due(job_id, run):
                await end_unheard(self._context, job_id, away.problem, away.problem)
        except Exception as error:  # the one boundary: a job must end, whatever breaks
            if self._stopping:
                raise asyncio.CancelledError from error
            # The kind and the place only: the text of an error may hold a signed link.
            what = f"{type(error).__name__} in {_place(error)}"
            log.error("job %s broke: %s", short_id(job_id), what, exc_info=if_debug(log, error))
            if await self._is_due(job_id, run):
                await end_broken(self._context, job_id)

    def _bound(self, step: Step, number: int) -> Callable[[str], Coroutine[None, None, None]]:
        whole = asyncio.current_task()

        async def run(job_id: str) -> None:
            # Each step may run twice: it looks into the ledger first.
            self._noted.difference_update({whole})
            try:
                await when_back(partial(once, job_id), partial(pause, self._context.clock))
            finally:
                _track(self._noted, whole)

        async def once(job_id: str) -> None:
            if self._stopping:
                raise asyncio.CancelledError
            if not await self._is_due(job_id, number):
                return None
            if step is not submitting.submit:
                return await step(self._context, job_id)
            # Not within the step: a stop waits for what is being sent.
            record = await self._context.store.record(job_id)
            await self._context.wait_for_key(record)
            async with self._gates[record.vendor]:
                await until_responsive(self._context.clock)
                if self._stopping:
                    raise asyncio.CancelledError
                task = asyncio.ensure_future(step(self._context, job_id))
                _track(self._submitting, task)
                await asyncio.wait({task}, timeout=HELD_S)
            return await asyncio.shield(task)

        return run

    async def _is_due(self, job_id: str, run: int) -> bool:
        """Whether the job goes on, and this run is its own.

        A job that has just ended may be taken up again, or be deleted, before its run has come to its last
        step: without this, two runs would follow one task. Only an ended job can be taken up, so that after a
        yes nobody else does.
        """
        look = partial(asyncio.to_thread, self._context.store.ledger.record, job_id)
        record = await when_back(look, partial(pause, self._context.clock))
        return record is not None and record.runs == run and not record.state.ended


async def end_broken(context: JobContext, job_id: str) -> None:
    """Ends a job on whose way something broke that nobody foresaw."""
    await end_unheard(context, job_id, problem("broken_before"), problem("broken_after", Charged.UNKNOWN))


async def end_unheard(context: JobContext, job_id: str, unsent: Problem, sent: Problem) -> None:
    """Ends a job that cannot go on here, as honestly as the ledger allows."""
    record = await context.store.record(job_id)
    if record.state.ended:
        return
    if record.task_id:
        await context.end(record, JobState.OVERDUE, sent)
    elif record.sending_since is not None:
        await context.end(record, JobState.UNCERTAIN, codes_of(record.vendor).uncertain())
    else:
        await context.end(record, JobState.FAILED, unsent)


def engine_config(settings: Settings) -> DBOSConfig:
    """The engine on the ledger's database; quiet, and nothing leaves the machine."""
    return DBOSConfig(
        name="try-on-studio",
        system_database_url=settings.database,
        application_version=WORKFLOW_VERSION,
        executor_id=settings.executor_id,
        log_level="ERROR",
        enable_otlp=False,
        notification_listener_polling_interval_sec=LISTENER_S,
        max_executor_threads=THREADS,
    )


def _send_gate() -> asyncio.Semaphore:
    return asyncio.Semaphore(SENDS_AT_ONCE)


def _workflow_id(job_id: str, runs: int) -> str:
    return f"{job_id}-{runs}"


def _run_of(workflow_id: str) -> int:
    return int(workflow_id.rpartition("-")[2])


def _track(tasks: set[asyncio.Task[None]], task: asyncio.Task[None] | None) -> None:
    if task is not None:
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "no place"
