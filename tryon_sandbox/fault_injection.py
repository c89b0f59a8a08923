"""Applies ordered faults to a call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tryon_sandbox.broken_responses import NoResponse, SlowResponse, TruncatedResponse
from tryon_sandbox.faults import ActiveFaults, FaultName

Handler = Callable[[Request, ActiveFaults], Awaitable[Response]]

_PAGE = "<html><body><h1>{}</h1></body></html>"
_RETRY_LATER = frozenset({429, 503})
_SLOW_DRIP_S = "2"


async def respond_with_faults(
    request: Request, active: ActiveFaults, handle: Handler, error_response: Callable[[str], Response]
) -> Response:
    """The response to a call, with the faults that were ordered for it.

    `handle` carries the call out; `error_response` makes the vendor's own response for one of its codes.
    """
    # Read to the end first: closing a connection with unread bytes would reset it, which looks different.
    await request.body()
    if FaultName.DROP_BEFORE in active:
        return NoResponse()
    if (status := active.argument(FaultName.STATUS)) is not None:
        return _page(int(status))
    if (code := active.argument(FaultName.CODE)) is not None:
        return error_response(code)
    response = await handle(request, active)
    for fault in active.faults:
        response = await _ALTERATIONS.get(fault.name, _unchanged)(response, fault.argument)
    return response


def _page(status: int) -> Response:
    headers = {"Retry-After": "1"} if status in _RETRY_LATER else None
    return HTMLResponse(_PAGE.format(status), status, headers)


async def _unchanged(response: Response, argument: str) -> Response:
    return response


async def _delayed(response: Response, argument: str) -> Response:
    await asyncio.sleep(float(argument))
    return response


async def _dropped(response: Response, argument: str) -> Response:
    return NoResponse()


async def _html(response: Response, argument: str) -> Response:
    return HTMLResponse(_PAGE.format("Welcome"), response.status_code)


async def _empty(response: Response, argument: str) -> Response:
    return Response(b"", response.status_code, media_type=response.headers.get("content-type"))


async def _truncated(response: Response, argument: str) -> Response:
    return TruncatedResponse(response)


async def _slow(response: Response, argument: str) -> Response:
    return SlowResponse(response, float(argument or _SLOW_DRIP_S))


async def _wrong_type(response: Response, argument: str) -> Response:
    if response.headers.get("content-type") != "application/json":
        return Response(b"This is not a picture.", response.status_code, media_type="text/plain")
    swapped = {key: _other_type(value) for key, value in json.loads(bytes(response.body)).items()}
    return Response(json.dumps(swapped), response.status_code, media_type="application/json")


def _other_type(value: object) -> object:
    return "text" if isinstance(value, dict | list) else {"value": value}


_ALTERATIONS: dict[FaultName, Callable[[Response, str], Awaitable[Response]]] = {
    FaultName.DELAY: _delayed,
    FaultName.DROP_AFTER: _dropped,
    FaultName.NOT_JSON: _html,
    FaultName.EMPTY: _empty,
    FaultName.TRUNCATE: _truncated,
    FaultName.SLOW_DRIP: _slow,
    FaultName.WRONG_TYPE: _wrong_type,
}
