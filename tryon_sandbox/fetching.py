"""How the sandbox gets the pictures that a caller names by URL. The way of fetching is passed in."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from functools import cache

import httpx

Fetch = Callable[[str], Awaitable[bytes]]
"""Takes an absolute http(s) URL and gives the body; raises `FetchError` when it cannot."""

MAX_BYTES = 20 * 1024 * 1024
TIMEOUT_S = 15.0
AT_ONCE = 16  # more would wait for each other, and some longer than the time they have
_CHUNK = 64 * 1024


class FetchError(Exception):
    """A picture could not be fetched. The answer has the vendor's own code for it (Aidge: 701)."""


async def plain_fetch(url: str) -> bytes:
    """Fetches over plain HTTP, loopback and private networks included: for a server on one's own machine.

    At most 20 MB and 15 seconds without a byte; redirects are followed. Raises `FetchError`.
    """
    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=True, verify=_trusted()) as client,
            client.stream("GET", url) as response,
        ):
            response.raise_for_status()
            return await _read_capped(response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # The kind of fault only: a URL may hold somebody's signature.
        raise FetchError(type(error).__name__) from None


def in_turn(fetch: Fetch, at_once: int = AT_ONCE) -> Fetch:
    """The same, for a crowd: so many at once, and each has its time from the moment at which it begins."""
    gate = asyncio.Semaphore(at_once)

    async def fetch_in_turn(url: str) -> bytes:
        async with gate:
            return await fetch(url)

    return fetch_in_turn


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed; reading them takes some 20 ms, in which nobody is answered."""
    return httpx.create_ssl_context()


async def _read_capped(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes(_CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchError("more than 20 MB")
    return bytes(body)
