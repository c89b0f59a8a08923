"""Both sides of the wire against each other: our clients, and the sandbox in process and over a socket."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from PIL import Image

from tests.core import wires
from tryon_core.clock import SystemClock
from tryon_core.vendors.aidge.wire import Aidge
from tryon_core.vendors.ailab.wire import Ailab
from tryon_sandbox import SandboxSettings, create_sandbox

QUICK = SandboxSettings(queue_s=0.05, per_image_s=0.05, jitter=0.0)
HOODIE = Path("assets/garments/hoodie.jpg")
JEANS = Path("assets/garments/jeans.jpg")
START_LIMIT_S = 10.0


def picture(width: int = 600, height: int = 800, kind: str = "PNG") -> bytes:
    """A picture of noise: big enough for every rule on bytes."""
    noise = Image.effect_noise((width, height), 60).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, kind)
    return buffer.getvalue()


async def shelf(url: str) -> bytes:
    """The pictures that the vendor can fetch, in place of the internet."""
    shelves = {"hoodie": HOODIE, "jeans": JEANS}
    name = url.rsplit("/", 1)[-1].split(".")[0]
    if name in shelves:
        return shelves[name].read_bytes()
    if name == "tiny":
        return picture(140, 300)
    from tryon_sandbox import FetchError

    raise FetchError(f"nothing at {name}")


@dataclass(frozen=True)
class Counter:
    """One sandbox as a client of ours meets it."""

    base: str
    client: httpx.AsyncClient

    def aidge(self, key: str = "sandbox", secret: str = "sandbox-secret") -> Aidge:
        return wires.aidge(f"{self.base}/rest", self.client, SystemClock(), app_key=key, app_secret=secret)

    def ailab(self, key: str = "sandbox") -> Ailab:
        return wires.ailab(self.base, self.client, SystemClock(), api_key=key)


class SocketSandbox:
    """The sandbox on a port of this machine, in a thread, stopped when the block ends."""

    def __init__(self) -> None:
        app = create_sandbox(fetch=shelf, settings=QUICK, control=True)
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve()), daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(START_LIMIT_S / 0.02)):
            if self._server.started:
                break
            waited.wait(0.02)
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(START_LIMIT_S)


@pytest.fixture(scope="session")
def socket_base() -> Iterator[str]:
    with SocketSandbox() as base:
        yield base


@pytest.fixture(params=["in process", "socket"])
async def counter(request: pytest.FixtureRequest) -> AsyncIterator[Counter]:
    if request.param == "socket":
        base = request.getfixturevalue("socket_base")
        async with httpx.AsyncClient() as client:
            yield Counter(base, client)
        return
    app = create_sandbox(fetch=shelf, settings=QUICK, control=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        yield Counter("http://sandbox.invalid", client)
