"""Responses that break in transit: none at all, one cut off in the middle, one that arrives slowly."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

CLOSE_CONNECTION = "tryon_sandbox.close_connection"
"""Key in the ASGI scope of a way to close the caller's connection; absent when there is no connection."""

_CHECKS = 100


class ConnectionDropped(httpx.RemoteProtocolError):
    """The sandbox lost the connection on purpose.

    In process (`httpx.ASGITransport`) the client sees this raised; it is the same class of error that httpx
    raises when a server closes a socket without an answer.
    """


def connection_closer(send: Send) -> Callable[[], Awaitable[None]] | None:
    """A way to close the connection behind `send`; None when there is none, as in process.

    ASGI has no message for it, so this asks uvicorn's request cycle, whose bound method `send` is, for its
    transport.
    """
    cycle = getattr(send, "__self__", None)
    close = getattr(getattr(cycle, "transport", None), "close", None)
    if not callable(close):
        return None

    async def close_connection() -> None:
        close()
        # Until the server has noticed; else it would answer 500, as the app sent nothing.
        for _ in range(_CHECKS):
            if getattr(cycle, "disconnected", True):
                return
            await asyncio.sleep(0.001)

    return close_connection


class NoResponse(Response):
    """No response: the connection is closed, or `ConnectionDropped` raised where there is none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        close_connection = scope.get(CLOSE_CONNECTION)
        if close_connection is None:
            raise ConnectionDropped("Server disconnected without sending a response.")
        await close_connection()


class _AlteredResponse(Response):
    """Another response's status and headers, with its body sent in a way of its own."""

    def __init__(self, whole: Response) -> None:
        super().__init__(bytes(whole.body), whole.status_code, dict(whole.headers))

    async def _start(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})


class TruncatedResponse(_AlteredResponse):
    """Announces the whole length, sends half of it, and closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        half = bytes(self.body[: len(self.body) // 2])
        await self._start(send)
        close_connection = scope.get(CLOSE_CONNECTION)
        await send({"type": "http.response.body", "body": half, "more_body": close_connection is not None})
        if close_connection is not None:
            await close_connection()


class SlowResponse(_AlteredResponse):
    """Sends the body in twenty pieces over `seconds`."""

    pieces = 20

    def __init__(self, whole: Response, seconds: float) -> None:
        super().__init__(whole)
        self._pause = seconds / self.pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytes(self.body)
        size = -(-len(body) // self.pieces) or 1
        await self._start(send)
        for at in range(0, len(body), size):
            await asyncio.sleep(self._pause)
            await send({"type": "http.response.body", "body": body[at : at + size], "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
