"""The one place where a failing connection becomes an error of ours."""

from __future__ import annotations

import logging

import httpx

from tryon_core.errors import NeverSent, NoAnswer
from tryon_core.exchange import exchanged
from tryon_core.observability.logs import write_log
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


# The whole of an exchange: a submit carries up to 20 MB, which take 80 s at 2 Mbit/s.
SUBMIT_S, POLL_S = 150.0, 60.0


async def send(
    client: httpx.AsyncClient, request: httpx.Request, codes: ErrorCodes, longest_s: float = POLL_S
) -> httpx.Response:
    """The answer to one request, read whole.

    Raises `NeverSent` when it provably never left and `NoAnswer` when it may have arrived, also when the
    answer is not whole after `longest_s` seconds or is larger than any answer.
    """
    try:
        answer = await exchanged(client, request, longest_s)
    except BEFORE_SENDING as error:
        raise NeverSent(codes.never_sent()) from error
    except httpx.HTTPError as error:
        raise NoAnswer(codes.uncertain()) from error
    call = f"{request.method} {request.url.host}{request.url.path}"  # not the query: a signature may be in it
    write_log(log, "answered", {"call": call, "status": answer.status_code}, logging.DEBUG)
    return answer
