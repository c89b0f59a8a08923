"""Gets a picture by a URL that a visitor typed, without reaching into a private network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import httpx
import safehttpx

from tryon_core.errors import TryOnError, problem
from tryon_core.sentences import said
from tryon_core.units import MIB

MAX_BYTES = 15 * MIB  # three times a vendor's lowest limit: room for one that can be shrunk
TIMEOUT_S = 20.0
MAX_REDIRECTS = 3
AT_ONCE = 16  # pictures on their way: a quarter of a gigabyte at most
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
AS_IT_IS = {"accept-encoding": "identity"}  # unpacking a small answer may fill the memory
_CHUNK = 64 * 1024

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

Resolve = Callable[[str], Awaitable[list[str]]]
"""Host name to IP addresses; raises OSError when there are none."""

MakeTransport = Callable[[str], httpx.AsyncBaseTransport]
"""A transport that connects to this IP address, whatever the host name says."""


class NotFetched(TryOnError):
    """A picture could not be had by its URL. The URL is not repeated: it may hold a signature.

    `field` is the picture in the visitor's words, where that is known.
    """

    def __init__(self, why: str, field: str = "") -> None:
        picture = said("fetch.picture" if field else "fetch.some_picture", field=field)
        super().__init__(problem("not_fetched", field=field, picture=picture, why=why))
        self.why = why


async def resolve_host(host: str) -> list[str]:
    """The addresses of a host by the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class PinnedTransport(httpx.AsyncHTTPTransport):
    """Connects to an address that has been checked, and asks for the host by its name, port included, as
    signed links want it."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.host
        request.url = request.url.copy_with(host=self._address)
        request.extensions = {**request.extensions, "sni_hostname": name}  # the certificate is the name's
        return await super().handle_async_request(request)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered. `body` ends where more was not wanted."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Web:
    """The open internet, and nothing else that this machine reaches.

    The host is resolved once, every address is checked to be public, and the connection goes to the
    checked address: a name cannot lead elsewhere between the check and the call. Redirects likewise.
    """

    resolve: Resolve = resolve_host
    transport: MakeTransport = PinnedTransport

    async def ask(
        self, url: str, *, limit: int, timeout_s: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Answer:
        """The last answer behind at most three redirects, and its body up to a little more than `limit`
        bytes. Raises `NotFetched`."""
        try:
            async with asyncio.timeout(timeout_s):
                return await self._follow(httpx.URL(url), headers, limit, MAX_REDIRECTS)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, UnicodeError) as error:
            raise NotFetched(type(error).__name__) from None

    async def _follow(self, url: httpx.URL, headers: Mapping[str, str], limit: int, redirects: int) -> Answer:
        address = await self._public_address(url)
        async with (
            httpx.AsyncClient(transport=self.transport(address), timeout=TIMEOUT_S) as client,
            client.stream("GET", url, headers={**AS_IT_IS, **headers}, follow_redirects=False) as response,
        ):
            if not response.has_redirect_location:
                return Answer(response.status_code, await _body(response, limit))
            target = url.join(response.headers["location"])
        if redirects == 0:
            raise NotFetched(said("fetch.redirects"))
        return await self._follow(target, headers, limit, redirects - 1)

    async def _public_address(self, url: httpx.URL) -> str:
        if url.scheme not in ("http", "https") or not url.host:
            raise NotFetched(said("fetch.scheme"))
        if url.userinfo:
            raise NotFetched(said("fetch.user_name"))
        try:
            addresses = await self.resolve(url.host)
        except OSError:
            raise NotFetched(said("fetch.unknown_host")) from None
        if not addresses or not all(map(is_public, addresses)):
            raise NotFetched(said("fetch.private"))
        return addresses[0]


class Fetcher:
    """Fetches public pictures; our own hosted links are read from disk."""

    def __init__(self, own: Callable[[str], Path | None], web: Web | None = None) -> None:
        self._own = own
        self._web = web or Web()
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, url: str) -> bytes:
        """The body, at most 15 MB. Raises `NotFetched`."""
        own = await asyncio.to_thread(self._own, url)
        if own is not None:
            return await asyncio.to_thread(own.read_bytes)
        async with self._gate:
            answer = await self._web.ask(url, limit=MAX_BYTES, timeout_s=TIMEOUT_S)
        if answer.status != httpx.codes.OK:
            raise NotFetched(said("fetch.status", status=answer.status))
        if len(answer.body) > MAX_BYTES:
            raise NotFetched(said("fetch.size", most=MAX_BYTES // 1024**2))
        return answer.body


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, and so is every address hidden in it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return safehttpx.is_public_ip(address) and all(
        one.is_global and not _is_site_local(one) for one in (found, *_inside(found))
    )


def _is_site_local(address: IPAddress) -> bool:
    """IPv6's first private range, given up since, but still routed inside some networks."""
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local


def _inside(address: IPAddress) -> Iterator[IPAddress]:
    """IPv4 addresses that a gateway would take out of an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        yield from filter(None, (address.ipv4_mapped, address.sixtofour))


async def _body(response: httpx.Response, limit: int) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise NotFetched(said("fetch.packed"))
    body = bytearray()
    async for chunk in response.aiter_bytes(_CHUNK):
        body += chunk
        if len(body) > limit:
            break
    return bytes(body)
