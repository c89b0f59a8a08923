"""A vendor that answers by a script, a clock that jumps, and pictures made on the spot."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from PIL import Image

from tryon_core import (
    FilePicture,
    Garment,
    GarmentType,
    LibraryModel,
    PersonGender,
    RefineRequest,
    Request,
    Settings,
    Suit,
    TryOnRequest,
)
from tryon_core.account import Account
from tryon_core.hosting.fetching import Web
from tryon_core.vendors.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus

T = TypeVar("T")
DATABASE = "TEST_DATABASE_URL"  # set while the tests run on a database server; child processes see it too
RESULTS = "http://results.invalid"
TASK = Receipt("task-1", ("submit-id",))


class JumpingClock:
    """Sleeps at once and moves on by what was slept."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self.time = start
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


@lru_cache(maxsize=64)  # some tests serve thousands, and noise is slow to pack
def picture(width: int = 160, height: int = 200, kind: str = "PNG", seed: int = 0) -> bytes:
    """A picture of noise, the same each time; `seed` makes pictures that differ."""
    noise = Image.frombytes("RGB", (width, height), Random(seed).randbytes(3 * width * height))
    buffer = io.BytesIO()
    noise.save(buffer, kind)
    return buffer.getvalue()


def file(folder: Path, name: str, data: bytes | None = None) -> FilePicture:
    """A picture as an upload: a file with the visitor's own name."""
    path = folder / name
    path.write_bytes(data if data is not None else picture())
    return FilePicture(path)


def tryon(folder: Path, count: int = 2, garment: Garment | None = None) -> TryOnRequest:
    """A hoodie on James."""
    suits = (Suit((garment or Garment(file(folder, "hoodie.png"), GarmentType.TOPS),)),)
    return TryOnRequest(suits, LibraryModel("James"), count=count)


def refine(folder: Path) -> RefineRequest:
    """A hoodie that is to be refined."""
    names = ("person.png", "top.png", "hoodie-james-1.png")
    person, top, coarse = (file(folder, name) for name in names)
    return RefineRequest(person, top, coarse, PersonGender.MAN)


def settings(folder: Path, **env: str) -> Settings:
    """The settings of a run in a folder of its own; both vendors are the sandbox unless told otherwise."""
    database = {"TRYON_DATABASE_URL": os.environ.get(DATABASE, "")}
    plain = {"TRYON_DATA_DIR": str(folder / "data"), "TRYON_STATE_SECRET": "a-secret"}
    return Settings.load({**plain, **database, **env})


LIVE = {
    "AIDGE_APP_KEY": "key",
    "AIDGE_APP_SECRET": "secret",
    "AILAB_API_KEY": "ailab-key",
    "TRYON_PUBLIC_URL": "https://studio.test",
    "TRYON_AUTH": "ann:password",
}


def link(name: str, signature: str = "s1") -> RemoteImage:
    return RemoteImage(f"{RESULTS}/{name}?Expires=1&Signature={signature}")


def running(*names: str) -> Snapshot:
    """A task under way in which some pictures are ready."""
    return Snapshot(TaskStatus.RUNNING, _parts(names), request_ids=("query-id",))


def finished(*names: str, failed: int = 0) -> Snapshot:
    """A finished task with its pictures, and parts that failed."""
    broken = (SubTask(TaskStatus.FAILED, message="model failed"),) * failed
    return Snapshot(TaskStatus.SUCCEEDED, _parts(names) + broken, request_ids=("query-id",))


def _parts(names: Sequence[str]) -> tuple[SubTask, ...]:
    return tuple(SubTask(TaskStatus.SUCCEEDED, (link(name),)) for name in names)


Serve = Callable[[httpx.Request], httpx.Response]


def serve_any(request: httpx.Request) -> httpx.Response:
    """Every link leads to a picture of its own."""
    return httpx.Response(200, content=picture(seed=len(request.url.path)))


def web(serve: Serve = serve_any) -> Web:
    """An internet in which every host answers by `serve`; only the app's own public address is not reached
    from inside."""

    async def somewhere(_host: str) -> list[str]:
        return ["93.184.215.14"]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == urlsplit(LIVE["TRYON_PUBLIC_URL"]).hostname:
            raise httpx.ConnectTimeout("no answer")
        return serve(request)

    return Web(somewhere, lambda _address: httpx.MockTransport(answer))


@dataclass
class ScriptedVendors:
    """Answers submits and queries from two lists; the last answer of a list stays."""

    submits: list[Receipt | Exception] = field(default_factory=lambda: [TASK])
    queries: list[Snapshot | Exception] = field(default_factory=lambda: [finished("a.png", "b.png")])
    serve: Serve = serve_any
    sent: list[Request] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    balances: list[float | Exception | None] = field(default_factory=lambda: [None])
    balances_asked: list[Account] = field(default_factory=list)
    hold: asyncio.Event | None = None
    unheld: int = 0  # queries that do not wait for `hold`, from the first
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)
    transport: httpx.AsyncBaseTransport | None = None
    _client: httpx.AsyncClient | None = None

    def open(self) -> None:
        self._client = httpx.AsyncClient(transport=httpx.MockTransport(self.serve))

    async def close(self) -> None:
        await self.client.aclose()

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None:
        self.transport = transport

    @property
    def client(self) -> httpx.AsyncClient:
        assert self._client is not None
        return self._client

    async def submit(self, request: Request, account: Account) -> Receipt:
        self.sent.append(request)
        self.accounts.append(account)
        answer = self.submits.pop(0) if len(self.submits) > 1 else self.submits[0]
        return _given(answer)

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        self.asked.append(task_id)
        self.was_asked.set()
        if self.hold is not None and len(self.asked) > self.unheld:
            await self.hold.wait()
        answer = self.queries.pop(0) if len(self.queries) > 1 else self.queries[0]
        return _given(answer)

    async def balance(self, account: Account) -> float | None:
        self.balances_asked.append(account)
        return _given(self.balances.pop(0) if len(self.balances) > 1 else self.balances[0])


def _given(answer: T | Exception) -> T:
    if isinstance(answer, Exception):
        raise answer
    return answer
