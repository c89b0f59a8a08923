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
from functools import cache, cached_property
from pathlib import Path
from random import Random
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
from tryon_core.requests.request import TryOnRequest
from tryon_core.storage import ledger
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.migration import bring_up
from tryon_core.vendors.task import Receipt, Snapshot

START = 1_700_000_000.0


class Killed(BaseException):
    """The process is dead: nothing in it may catch this and go on."""


@dataclass
class Run:
    """What the engine keeps of one run of a job's life: how many of its steps are recorded as done."""

    job_id: str
    done: int = 0
    over: bool = False


class Kept(sqlite3.Connection):
    """A ledger in memory: like a file it is still there when whoever opened it has closed it."""

    @classmethod
    def laid(cls) -> Kept:
        """An empty ledger: to make one takes as long as the rest of a short life."""
        kept = sqlite3.connect(":memory:", factory=cls, check_same_thread=False)
        kept.deserialize(_empty_ledger())
        return kept

    def close(self) -> None:
        return None


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
    ledger: Kept = field(init=False, default_factory=Kept.laid)

    def __post_init__(self) -> None:
        self.vendors = VendorDouble(self.now, self.point, lambda: self.driven)

    def now(self) -> float:
        return START + self.time

    def monotonic(self) -> float:
        return self.time

    @cached_property
    def settings(self) -> Settings:
        """The same for each process."""
        return Settings.load({**ENV, "TRYON_DATA_DIR": str(self.folder)})

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
    database = one_database(world)
    with (
        patch("tryon_core.container.JobEngine", lambda _settings, context, **_: Engine(world, context)),
        patch("tryon_core.storage.ledger._engine_at", lambda _url: database),
    ):
        return Studio(world.settings, Wires(world), clock=world, web=fakes.web())


@cache
def _empty_ledger() -> bytes:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    bring_up(engine)
    with engine.connect() as connection:
        held: Any = connection.connection.dbapi_connection
        return bytes(held.serialize())


_PRESENT: list[World] = []


def one_database(world: World) -> sa.Engine:
    """The ledger of the present world, through one engine for all worlds: it knows the statements."""
    _PRESENT[:] = [world]
    _database().dispose()
    return _database()


class OneAtATime(sa.pool.AssertionPool):
    """Refuses a second connection at once, which would be in the first one's transaction."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        # To keep where each was taken, in case of a second, is a quarter of all that a life computes.
        super().__init__(*arguments, **{**named, "store_traceback": False})


@cache
def _database() -> sa.Engine:
    # Rows are read as by the true ledger.
    return sa.create_engine(
        "sqlite://",
        creator=lambda: _PRESENT[0].ledger,
        poolclass=OneAtATime,
        json_deserializer=ledger._loaded,
    )


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
        # A ledger is laid as the steps leave it, and no later version comes by.
        stack.enter_context(patch("tryon_core.storage.ledger.bring_up", lambda _engine: None))
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
