"""The wires to both vendors and the one HTTP client under them."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import httpx

from tryon_core.account import Account, AilabKey, Key
from tryon_core.accounts.keyring import Keyring
from tryon_core.clock import Clock
from tryon_core.request import Request
from tryon_core.settings import SANDBOX_HOST, Settings
from tryon_core.task import Receipt, Snapshot, Wire
from tryon_core.vendors.aidge.wire import Aidge
from tryon_core.vendors.ailab.wire import Ailab

AnyWire: TypeAlias = Wire[Any]  # an account's vendor and a request's are the same: the studio saw to it

# A submit carries up to four pictures of 5 MB, and vendors were seen to take seconds to answer.
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=50)
# A connection that was kept may be closed by the other side in the very moment in which it is used again. For
# a question that is a lost moment; a submit would be in doubt for ever, so each goes out on a fresh one.
FRESH = httpx.Limits(max_connections=100, max_keepalive_connections=0)


class VendorClients(Protocol):
    """Both vendors as the steps of a job see them."""

    def open(self) -> None: ...

    async def close(self) -> None: ...

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None: ...

    async def submit(self, request: Request, account: Account) -> Receipt: ...

    async def query(self, account: Account, task_id: str) -> Snapshot: ...

    async def credits(self, account: Account) -> float | None: ...

    @property
    def client(self) -> httpx.AsyncClient:
        """The client for result pictures: it carries no vendor's credentials."""
        ...


class HttpVendorClients:
    """Opened within the event loop that it serves."""

    def __init__(
        self,
        settings: Settings,
        keyring: Keyring,
        clock: Clock,
        sandbox: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._keyring = keyring
        self._clock = clock
        self._sandbox = sandbox
        self._client: httpx.AsyncClient | None = None
        self._sender: httpx.AsyncClient | None = None
        self._kept: dict[Account, AnyWire] = {}

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None:
        """What answers for the sandbox's host. Before `open`."""
        self._sandbox = transport

    def open(self) -> None:
        mounts = {f"all://{SANDBOX_HOST}": self._sandbox} if self._sandbox else {}
        self._client = httpx.AsyncClient(timeout=TIMEOUT, limits=LIMITS, mounts=mounts)
        self._sender = httpx.AsyncClient(timeout=TIMEOUT, limits=FRESH, mounts=mounts)

    async def close(self) -> None:
        for client in filter(None, (self._client, self._sender)):
            await client.aclose()
        self._client = self._sender = None
        self._kept.clear()

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            raise RuntimeError("the wires are not open")
        return self._client

    async def submit(self, request: Request, account: Account) -> Receipt:
        """One submit with the account's credentials."""
        return await self._wire(account).submit(request)

    async def query(self, account: Account, task_id: str) -> Snapshot:
        """One question about a task of the account."""
        return await self._wire(account).query(task_id)

    async def credits(self, account: Account) -> float | None:
        """What is left on an account; None where its vendor has no such question, or does not tell."""
        wire = self._wire(account)
        return await wire.credits() if isinstance(wire, Ailab) else None

    def _wire(self, account: Account) -> AnyWire:
        """The wire of an account. One with a visitor's key is for one call: it keeps the key no longer."""
        if account.mark:
            return self._made(self._keyring.key(account), self._settings.base_url(account))
        if account not in self._kept:
            self._kept[account] = self._made(self._settings.key(account), self._settings.base_url(account))
        return self._kept[account]

    def _made(self, key: Key, base_url: str) -> AnyWire:
        if isinstance(key, AilabKey):
            return Ailab(
                base_url=base_url,
                api_key=key.api_key,
                client=self.client,
                clock=self._clock,
                sender=self._sender,
            )
        return Aidge(
            base_url=base_url,
            app_key=key.app_key.reveal(),
            app_secret=key.app_secret,
            client=self.client,
            clock=self._clock,
            sender=self._sender,
        )
