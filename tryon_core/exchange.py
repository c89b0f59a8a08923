"""One exchange over HTTP, bounded in time and bytes.

A byte now and then never trips a read time-out, and an answer without end fills the memory.
"""

from __future__ import annotations

import asyncio

import httpx

from tryon_core.units import MIB

MAX_BYTES = 2 * MIB  # of an answer to a program: a few kilobytes of JSON or XML
_PACKING = frozenset({"content-encoding", "content-length", "transfer-encoding"})


async def exchanged(client: httpx.AsyncClient, request: httpx.Request, longest_s: float) -> httpx.Response:
    """The answer, read whole. Raises `httpx.HTTPError`, also for one that is too slow or too large."""
    try:
        async with asyncio.timeout(longest_s):
            return await _read(client, request)
    except TimeoutError as error:
        raise httpx.ReadTimeout("the answer took too long") from error


async def _read(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    # A redirect would carry the key, and the order, to a host that nobody chose.
    answer = await client.send(request, stream=True, follow_redirects=False)
    body = bytearray()
    try:
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > MAX_BYTES:
                raise httpx.ReadError("the answer is too large")
    finally:
        await answer.aclose()
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in _PACKING]
    return httpx.Response(answer.status_code, headers=headers, content=bytes(body), request=request)
