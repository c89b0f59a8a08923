"""The wires of all accounts, and the HTTP clients under them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Protocol

import httpx

from tryon_core.account import Account, Login
from tryon_core.clock import Clock
from tryon_core.requests.request import Request
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.spec import SANDBOX_HOST, AnyWire, WireParts
from tryon_core.vendors.task import Receipt, Snapshot

# A submit carries up to four pictures of 5 MB, and vendors were seen to take seconds to answer.
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=50)
# A connection that was kept may be closed by the other side in the very moment in which it is used again. For
# a poll that is a lost moment; a submit would be in doubt for ever, so each goes out on a fresh one.
FRESH = httpx.Limits(max_connections=100, max_keepalive_connections=0)


class VendorClients(Protocol):
    """The vendors as the steps of a job see them."""

    def open(self) -> None: ...

    async def close(self) -> None: ...

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None: ...

    async def submit(self, request: Request, account: Account) -> Receipt: ...

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot: ...

    async def balance(self, account: Account) -> float | None: ...

    @property
    def client(self) -> httpx.AsyncClient:
        """The client for result pictures: it carries no vendor's credentials."""
        ...


class HttpVendorClients:
    """Opened within the event loop that it serves."""

    def __init__(
        self,
        login: Callable[[Account], Login],
        clock: Clock,
        sandbox: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._login = login
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
        self._client = _client(LIMITS, mounts)
        self._sender = _client(FRESH, mounts)

    async def close(self) -> None:
        for client in filter(None, (self._client, self._sender)):
            await client.aclose()
        self._client = self._sender = None
        self._kept.clear()

    @property
    def client(self) -> httpx.AsyncClient:
        return _opened(self._client)

    async def submit(self, request: Request, account: Account) -> Receipt:
        """One submit with the account's credentials. Raises as `Wire` says, and `KeyAway`."""
        return await self._wire(account).submit(request)

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        """One poll of a task of the account. Raises as `Wire` says, and `KeyAway`."""
        return await self._wire(account).query(task_id, trial)

    async def balance(self, account: Account) -> float | None:
        """What is left on an account; None where its vendor does not tell."""
        return await self._wire(account).balance()

    def _wire(self, account: Account) -> AnyWire:
        """The wire of an account. One with a visitor's key is for one call: it keeps the key no longer."""
        if account.mark:
            return self._made(account)
        if account not in self._kept:
            self._kept[account] = self._made(account)
        return self._kept[account]

    def _made(self, account: Account) -> AnyWire:
        parts = WireParts(self._login(account), self.client, _opened(self._sender), self._clock)
        return vendor(account.vendor).make_wire(parts)


def _client(limits: httpx.Limits, mounts: Mapping[str, httpx.AsyncBaseTransport]) -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=TIMEOUT, limits=limits, mounts=mounts, cookies=_no_cookies())


def _no_cookies() -> CookieJar:
    """A jar that takes nothing, whoever sets it. A client serves the accounts of all visitors: a vendor's
    cookie would tie one to another, and cookies that only become more end in refused requests."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


def _opened(client: httpx.AsyncClient | None) -> httpx.AsyncClient:
    if client is None:
        raise RuntimeError("the clients are not open")
    return client
