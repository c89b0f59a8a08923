"""The wires to both vendors and the one HTTP client under them."""

from __future__ import annotations

from typing import Protocol

import httpx

from tryon_core.aidge import Aidge
from tryon_core.ailab import Ailab
from tryon_core.clock import Clock
from tryon_core.request import RefineRequest, Request, TryOnRequest
from tryon_core.settings import SANDBOX_HOST, Settings
from tryon_core.vendor import Receipt, Snapshot, Vendor, Wire

# A submit carries up to four pictures of 5 MB, and vendors were seen to take seconds to answer.
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20)


class Vendors(Protocol):
    """Both vendors as the steps of a job see them."""

    def open(self) -> None: ...

    async def close(self) -> None: ...

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None: ...

    async def submit(self, request: Request) -> Receipt: ...

    async def query(self, vendor: Vendor, task_id: str) -> Snapshot: ...

    @property
    def client(self) -> httpx.AsyncClient:
        """The client for result pictures: it carries no vendor's credentials."""
        ...


class Wiring:
    """Opened within the event loop that it serves."""

    def __init__(
        self, settings: Settings, clock: Clock, sandbox: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sandbox = sandbox
        self._client: httpx.AsyncClient | None = None
        self._wires: tuple[Wire[TryOnRequest], Wire[RefineRequest]] | None = None

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None:
        """What answers for the sandbox's host. Before `open`."""
        self._sandbox = transport

    def open(self) -> None:
        mounts = {f"all://{SANDBOX_HOST}": self._sandbox} if self._sandbox else {}
        self._client = httpx.AsyncClient(timeout=TIMEOUT, limits=LIMITS, mounts=mounts)
        self._wires = _wires(self._settings, self._client, self._clock)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
        self._client = self._wires = None

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            raise RuntimeError("the wires are not open")
        return self._client

    async def submit(self, request: Request) -> Receipt:
        """One submit to the vendor of the request."""
        aidge, ailab = self._opened()
        if isinstance(request, TryOnRequest):
            return await aidge.submit(request)
        return await ailab.submit(request)

    async def query(self, vendor: Vendor, task_id: str) -> Snapshot:
        """One question about a task."""
        aidge, ailab = self._opened()
        return await (aidge if vendor is Vendor.AIDGE else ailab).query(task_id)

    def _opened(self) -> tuple[Wire[TryOnRequest], Wire[RefineRequest]]:
        if self._wires is None:
            raise RuntimeError("the wires are not open")
        return self._wires


def _wires(
    settings: Settings, client: httpx.AsyncClient, clock: Clock
) -> tuple[Wire[TryOnRequest], Wire[RefineRequest]]:
    aidge, ailab = settings.aidge, settings.ailab
    return (
        Aidge(
            base_url=aidge.base_url,
            app_key=aidge.app_key,
            app_secret=aidge.app_secret,
            client=client,
            clock=clock,
        ),
        Ailab(base_url=ailab.base_url, api_key=ailab.api_key, client=client, clock=clock),
    )
