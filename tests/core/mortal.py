"""A studio that can be killed between any two of its deeds, without an engine and without waiting.

The four steps are the real ones, on a real ledger, with real files, and over the real wires; only what the
engine would remember of them is a list here, and it survives a kill as the engine's own tables do.
"""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import httpx
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from tests.core import fakes, wires
from tests.core.vendor_double import AIDGE, AILAB, SENTINEL, VendorDouble
from tests.core.wires import PRIORS
from tryon_core import Request, Settings, Studio, disk
from tryon_core.account import Account
from tryon_core.images.preflight import ImagePool
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.work_queue import WorkQueue
from tryon_core.jobs.workflow import STEPS, end_broken
from tryon_core.poll_schedule.plan import plan
from tryon_core.request import TryOnRequest
from tryon_core.storage.ledger import Ledger
from tryon_core.task import Receipt, Snapshot

START = 1_700_000_000.0


class Killed(BaseException):
    """The process is dead: nothing in it may catch this and go on."""


@dataclass
class Run:
    """What the engine keeps of one run of a job's life: how many of its steps are recorded as done."""

    job_id: str
    done: int = 0
    over: bool = False


@dataclass
class World:
    """What is there while processes come and go: the disk, the vendors, the engine's tables, and time."""

    folder: Path
    time: float = 0.0  # seconds so far: small, as a moment cannot be added to the seconds since 1970
    fuse: int | None = None  # so many deeds until the process is killed
    dead: bool = False
    no_room: int = 0  # so many writes that find the disk full
    driven: str = ""  # the job that is being driven now
    runs: dict[str, Run] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)  # faults that no step had foreseen
    lived: dict[str, float] = field(default_factory=dict)  # how long a run took, seconds
    vendors: VendorDouble = field(init=False)

    def __post_init__(self) -> None:
        self.vendors = VendorDouble(self.now, self.point, lambda: self.driven)

    def now(self) -> float:
        return START + self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.point()
        self.time += seconds
        await asyncio.sleep(0)

    def point(self) -> None:
        """A moment at which the process may be killed. What is dead does nothing more."""
        if self.fuse is not None and not self.dead:
            self.fuse -= 1
            self.dead = self.fuse <= 0
        if self.dead:
            raise Killed

    def write(self) -> None:
        """The moment before something is written: the disk may be full."""
        self.point()
        if self.no_room:
            self.no_room -= 1
            raise OSError(errno.ENOSPC, "No space left on device")

    def write_row(self) -> None:
        try:
            self.write()
        except OSError:
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError("UPDATE", None, full) from None


class Engine:
    """Stands where the durable engine stands, and is driven by hand."""

    def __init__(self, world: World, context: JobContext) -> None:
        self.world = world
        self.context = replace(context, random=Random(1))

    def also_runs(self, queue: WorkQueue) -> None:
        """No collection is made here: its queue stays empty."""

    async def start(self) -> None:
        return None

    async def stop(self) -> None:
        return None

    async def begin(self, job_id: str, runs: int) -> None:
        self.world.point()
        self.world.runs.setdefault(f"{job_id}-{runs}", Run(job_id))

    async def is_over(self, job_id: str, runs: int) -> bool:
        known = self.world.runs.get(f"{job_id}-{runs}")
        return known is not None and known.over

    async def forget(self, job_id: str, runs: int) -> None:
        for run in range(runs + 1):
            self.world.runs.pop(f"{job_id}-{run}", None)

    async def drive(self) -> None:
        """Every run to its end, one after the other."""
        for name, run in list(self.world.runs.items()):
            if not run.over:
                self.world.driven, begun = run.job_id, self.world.time
                await self._drive(run)
                self.world.lived[name] = self.world.time - begun

    async def _drive(self, run: Run) -> None:
        try:
            while run.done < len(STEPS):
                self.world.point()
                await STEPS[run.done][1](self.context, run.job_id)
                self.world.point()
                run.done += 1
        except Exception as error:  # as the engine does
            self.world.broken.append(repr(error))
            await end_broken(self.context, run.job_id)
        run.over = True


class Wires:
    """The real wires of both vendors, over the double."""

    def __init__(self, world: World) -> None:
        transport = httpx.MockTransport(world.vendors)
        self.client = httpx.AsyncClient(transport=transport, trust_env=False)
        self.aidge = wires.aidge(
            f"https://{AIDGE}/rest", self.client, world, app_key="key", app_secret=SENTINEL
        )
        self.ailab = wires.ailab(f"https://{AILAB}", self.client, world, api_key=SENTINEL)

    def open(self) -> None:
        return None

    async def close(self) -> None:
        await self.client.aclose()

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None:
        return None

    async def submit(self, request: Request, account: Account) -> Receipt:
        if isinstance(request, TryOnRequest):
            return await self.aidge.submit(request)
        return await self.ailab.submit(request)

    async def balance(self, account: Account) -> float | None:
        return None

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        return await (self.aidge if account.vendor == "aidge" else self.ailab).query(task_id, trial)


ENV = {
    "AIDGE_APP_KEY": "key",
    "AIDGE_APP_SECRET": SENTINEL,
    "AILAB_API_KEY": SENTINEL,
    "TRYON_PUBLIC_URL": "https://studio.test",
    "TRYON_STATE_SECRET": SENTINEL,
    "TRYON_AUTH": f"ann:{SENTINEL}",
}


def engine_of(studio: Studio) -> Engine:
    """The engine of a studio that `new_process` made."""
    engine: object = studio._container.engine
    assert isinstance(engine, Engine)
    return engine


def new_process(world: World) -> Studio:
    """A fresh studio on what is left of the ones before."""
    world.dead, world.fuse = False, None
    settings = Settings.load({**ENV, "TRYON_DATA_DIR": str(world.folder)})
    lay_ledger(world.folder)
    database = one_database(world.folder)
    with (
        patch("tryon_core.container.JobEngine", lambda _settings, context, **_: Engine(world, context)),
        patch("tryon_core.storage.ledger._engine_at", lambda _url: database),
    ):
        return Studio(settings, Wires(world), clock=world, web=fakes.web())


_FILE: list[Path] = []


def lay_ledger(folder: Path) -> None:
    """Puts an empty ledger into a new world: to make one takes as long as the rest of a short life."""
    file = folder / "ledger.sqlite"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_empty_ledger())


@cache
def _empty_ledger() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, "ledger.sqlite")
        ledger = Ledger(f"sqlite:///{file}")
        ledger.open()
        ledger.close()
        return file.read_bytes()


def one_database(folder: Path) -> sa.Engine:
    """The ledger's file of the present world, through one engine for all worlds: it knows the statements."""
    _FILE[:] = [folder / "ledger.sqlite"]
    _database().dispose()
    return _database()


@cache
def _database() -> sa.Engine:
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(_FILE[0]), poolclass=sa.QueuePool)


@contextmanager
def mortal_disk(current: Callable[[], World]) -> Iterator[None]:
    """Makes every write to the ledger and to the disk a moment at which to die, or to find no room."""
    rows, files = ("add", "change", "claim_sending"), ("_draft", "_publish", "_sync_folder")
    with ExitStack() as stack:
        stack.enter_context(patch("asyncio.to_thread", _at_once))
        stack.enter_context(
            patch.object(ImagePool, "run", lambda _self, *work, **named: _at_once(*work, **named))
        )
        # What past tasks teach is not the matter here, and thinking it over each time would take long.
        guess = "tryon_core.jobs.poll_plan_cache.guess"
        stack.enter_context(patch(guess, lambda kind, _ledger, _prior: PRIORS[kind.vendor]))
        stack.enter_context(patch("tryon_core.jobs.poll_plan_cache.plan", cache(plan)))
        for name in rows:
            stack.enter_context(_hooked(Ledger, name, lambda: current().write_row(), current))
        for name in files:
            before = current if name == "_sync_folder" else None
            hook = (lambda: current().point()) if before else (lambda: current().write())
            stack.enter_context(_hooked(disk, name, hook, current))
        yield


async def _at_once(deed: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Worker threads only cost time here: with one visitor there is nothing to do meanwhile."""
    await asyncio.sleep(0)  # but others may go on in between, as they may while a thread works
    return deed(*arguments, **named)


@contextmanager
def _hooked(
    owner: Any, name: str, before: Callable[[], None], current: Callable[[], World]
) -> Iterator[None]:
    true = getattr(owner, name)

    def mortal(*arguments: Any) -> Any:
        before()
        result = true(*arguments)
        current().point()
        return result

    with patch.object(owner, name, mortal):
        yield
