"""A sandbox to test: in process with a clock that stands still, and over a socket with a real one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from tests.sandbox.box import Box, Clock, Shop, TinyRenderer
from tests.sandbox.idle import idle
from tryon_sandbox import SandboxApp, SandboxSettings, create_sandbox

START_LIMIT_S = 10.0
STEADY = SandboxSettings(queue_s=1.0, per_image_s=2.0, jitter=0.0)
INSTANT = SandboxSettings(queue_s=0.0, per_image_s=0.0, jitter=0.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def renderer() -> TinyRenderer:
    return TinyRenderer()


MakeBox = Callable[..., Box]


@pytest.fixture
async def make_box(clock: Clock, shop: Shop, renderer: TinyRenderer) -> AsyncIterator[MakeBox]:
    """Makes sandboxes in process, on the still clock, with their clients."""
    made: list[Box] = []

    def make(settings: SandboxSettings = STEADY, folder: Path | None = None, control: bool = True) -> Box:
        app = create_sandbox(
            fetch=shop.fetch,
            settings=settings,
            folder=folder,
            control=control,
            clock=clock,
            renderer=renderer,
        )
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://box.example")
        made.append(Box(client, app, clock))
        return made[-1]

    yield make
    for box in made:
        await idle(box.app.sandbox)
        await box.client.aclose()


@pytest.fixture
def box(make_box: MakeBox) -> Box:
    return make_box()


class Server:
    """An app on a free port of this machine, in a thread of its own."""

    def __init__(self, app: SandboxApp) -> None:
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve()), daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        pause = threading.Event()
        for _ in range(int(START_LIMIT_S / 0.01)):
            if self._server.started:
                break
            pause.wait(0.01)
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(START_LIMIT_S)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[SandboxApp, str]]:
    """One sandbox over a socket, shared by a file's tests."""
    app = create_sandbox(
        fetch=Shop().fetch, settings=INSTANT, control=True, renderer=TinyRenderer(), clock=Clock()
    )
    with Server(app) as base_url:
        yield app, base_url


@pytest.fixture(params=["in process", "over a socket"])
async def wired(request: pytest.FixtureRequest, make_box: MakeBox) -> AsyncIterator[Box]:
    """The same sandbox both ways; everything in it is ready at once."""
    if request.param == "in process":
        yield make_box(INSTANT)
        return
    app, base_url = request.getfixturevalue("served")
    async with httpx.AsyncClient(base_url=base_url, timeout=10) as client:
        await client.post("/_sandbox/reset")
        yield Box(client, app, Clock())
