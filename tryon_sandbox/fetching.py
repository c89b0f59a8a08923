"""How the sandbox gets the pictures that a caller names by URL. The way of fetching is passed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx

Fetch = Callable[[str], Awaitable[bytes]]
"""Takes an absolute http(s) URL and gives the body; raises `FetchError` when it cannot."""

MAX_BYTES = 20 * 1024 * 1024
TIMEOUT_S = 15.0
_CHUNK = 64 * 1024


class FetchError(Exception):
    """A picture could not be fetched. The caller is told so with the vendor's own code (Aidge: 701)."""


async def plain_fetch(url: str) -> bytes:
    """Fetches over plain HTTP, loopback and private networks included: for a server on one's own machine.

    At most 20 MB and 15 seconds without a byte; redirects are followed. Raises `FetchError`.
    """
    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=True) as client,
            client.stream("GET", url) as response,
        ):
            response.raise_for_status()
            return await _read_capped(response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # The kind of fault only: a URL may hold somebody's signature.
        raise FetchError(type(error).__name__) from None


async def _read_capped(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes(_CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchError("more than 20 MB")
    return bytes(body)
