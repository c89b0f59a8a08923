"""One exchange with a vendor: bounded in time and bytes, and the one place where a failing connection becomes
an error of ours."""

from __future__ import annotations

import asyncio
import logging

import httpx

from tryon_core.errors import NeverSent, NoAnswer
from tryon_core.logs import tell
from tryon_core.vendors.error_codes import ErrorCodes

log = logging.getLogger(__name__)

# Before the first byte of a request is out: the connection was never there, or never had a place.
BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.ProxyError,
    httpx.InvalidURL,
)


# A byte now and then never trips a read time-out: the whole of an exchange has one too. A submit carries up
# to 20 MB, which take 80 s at 2 Mbit/s.
SUBMIT_S, POLL_S = 150.0, 60.0
MAX_BYTES = 2 * 1024 * 1024  # answers are JSON of a few kilobytes
_PACKING = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class _TooLong(httpx.HTTPError):
    """An answer without end."""


async def send(
    client: httpx.AsyncClient, request: httpx.Request, codes: ErrorCodes, longest_s: float = POLL_S
) -> httpx.Response:
    """The answer to one request, read whole.

    Raises `NeverSent` when it provably never left and `NoAnswer` when it may have arrived, also when the
    answer is not whole after `longest_s` seconds or is larger than any answer.
    """
    try:
        async with asyncio.timeout(longest_s):
            answer = await _exchanged(client, request)
    except BEFORE_SENDING as error:
        raise NeverSent(codes.never_sent()) from error
    except (httpx.HTTPError, TimeoutError) as error:
        raise NoAnswer(codes.uncertain()) from error
    call = f"{request.method} {request.url.host}{request.url.path}"  # not the query: a signature may be in it
    tell(log, "answered", {"call": call, "status": answer.status_code}, logging.DEBUG)
    return answer


async def _exchanged(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    # A redirect would carry the key, and the order, to a host that nobody chose.
    answer = await client.send(request, stream=True, follow_redirects=False)
    body = bytearray()
    try:
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > MAX_BYTES:
                raise _TooLong("the answer is larger than any answer")
    finally:
        await answer.aclose()
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in _PACKING]
    return httpx.Response(answer.status_code, headers=headers, content=bytes(body), request=request)
