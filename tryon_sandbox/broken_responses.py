"""Answers that go wrong on the way: connections that end early, bodies that break off or trickle."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

HANG_UP = "tryon_sandbox.hang_up"
"""Key in the ASGI scope of a way to close the caller's connection; absent when there is no connection."""

_ROUNDS = 100


class ConnectionDropped(httpx.RemoteProtocolError):
    """The sandbox lost the connection on purpose.

    In process (`httpx.ASGITransport`) the client sees this raised; it is the same class of error that httpx
    raises when a server closes a socket without an answer.
    """


def hang_up_for(send: Send) -> Callable[[], Awaitable[None]] | None:
    """A way to close the connection behind `send`; None when there is none, as in process.

    ASGI has no message for it, so this asks uvicorn's request cycle, whose bound method `send` is, for its
    transport.
    """
    cycle = getattr(send, "__self__", None)
    close = getattr(getattr(cycle, "transport", None), "close", None)
    if not callable(close):
        return None

    async def hang_up() -> None:
        close()
        # Until the server has noticed; else it would take our silence for a mistake and answer 500.
        for _ in range(_ROUNDS):
            if getattr(cycle, "disconnected", True):
                return
            await asyncio.sleep(0.001)

    return hang_up


class HungUp(Response):
    """No answer at all: the connection is closed, or `ConnectionDropped` raised where there is none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hang_up = scope.get(HANG_UP)
        if hang_up is None:
            raise ConnectionDropped("Server disconnected without sending a response.")
        await hang_up()


class _Distorted(Response):
    """Another answer's status and headers, with its body sent in a way of its own."""

    def __init__(self, whole: Response) -> None:
        super().__init__(bytes(whole.body), whole.status_code, dict(whole.headers))

    async def _start(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})


class BrokenOff(_Distorted):
    """Announces the whole length, sends half of it, and closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        half = bytes(self.body[: len(self.body) // 2])
        await self._start(send)
        hang_up = scope.get(HANG_UP)
        await send({"type": "http.response.body", "body": half, "more_body": hang_up is not None})
        if hang_up is not None:
            await hang_up()


class Trickling(_Distorted):
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
