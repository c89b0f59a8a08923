"""Lets ordered faults happen to a call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tryon_sandbox.broken_responses import BrokenOff, HungUp, Trickling
from tryon_sandbox.faults import ActiveFaults, FaultName

Handler = Callable[[Request, ActiveFaults], Awaitable[Response]]

_PAGE = "<html><body><h1>{}</h1></body></html>"
_ASK_AGAIN = frozenset({429, 503})
_DRIP_S = "2"


async def answer(
    request: Request, active: ActiveFaults, handle: Handler, refuse: Callable[[str], Response]
) -> Response:
    """The answer to a call, after everything that was ordered has happened to it.

    `handle` carries the call out; `refuse` makes the vendor's own answer for one of its error codes.
    """
    # Read to the end first: closing a connection with unread bytes would reset it, which looks different.
    await request.body()
    if FaultName.DROP_BEFORE in active:
        return HungUp()
    if (status := active.argument(FaultName.STATUS)) is not None:
        return _page(int(status))
    if (code := active.argument(FaultName.CODE)) is not None:
        return refuse(code)
    response = await handle(request, active)
    for fault in active.faults:
        response = await _DISTORTIONS.get(fault.name, _as_it_is)(response, fault.argument)
    return response


def _page(status: int) -> Response:
    headers = {"Retry-After": "1"} if status in _ASK_AGAIN else None
    return HTMLResponse(_PAGE.format(status), status, headers)


async def _as_it_is(response: Response, argument: str) -> Response:
    return response


async def _delayed(response: Response, argument: str) -> Response:
    await asyncio.sleep(float(argument))
    return response


async def _lost(response: Response, argument: str) -> Response:
    return HungUp()


async def _html(response: Response, argument: str) -> Response:
    return HTMLResponse(_PAGE.format("Welcome"), response.status_code)


async def _empty(response: Response, argument: str) -> Response:
    return Response(b"", response.status_code, media_type=response.headers.get("content-type"))


async def _broken_off(response: Response, argument: str) -> Response:
    return BrokenOff(response)


async def _trickling(response: Response, argument: str) -> Response:
    return Trickling(response, float(argument or _DRIP_S))


async def _wrong_type(response: Response, argument: str) -> Response:
    if response.headers.get("content-type") != "application/json":
        return Response(b"This is not a picture.", response.status_code, media_type="text/plain")
    swapped = {key: _other_type(value) for key, value in json.loads(bytes(response.body)).items()}
    return Response(json.dumps(swapped), response.status_code, media_type="application/json")


def _other_type(value: object) -> object:
    return "text" if isinstance(value, dict | list) else {"value": value}


_DISTORTIONS: dict[FaultName, Callable[[Response, str], Awaitable[Response]]] = {
    FaultName.DELAY: _delayed,
    FaultName.DROP_AFTER: _lost,
    FaultName.NOT_JSON: _html,
    FaultName.EMPTY: _empty,
    FaultName.TRUNCATE: _broken_off,
    FaultName.SLOW_DRIP: _trickling,
    FaultName.WRONG_TYPE: _wrong_type,
}
