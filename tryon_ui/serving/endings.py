"""Sends the answer that a stream of events ends with, and the word that ends it, as one piece.

At the answer Gradio's page may begin the next call, as the card's after Create. Behind a proxy that is slow
with the last piece, the page would take the stream for open still, end it at that word, and hear nothing of
the call.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAM: Final = "/gradio_api/queue/data"
_ANSWER: Final = b'"process_completed"'
_AT_ONCE_S: Final = 0.02  # what follows by itself does so in the same moment; no answer waits for longer


class Endings:
    """Keeps answers and the word after them together."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        is_stream = scope["type"] == "http" and scope["path"].rstrip("/") == STREAM
        await self._app(scope, receive, _Ending(send).send if is_stream else send)


class _Ending:
    """Holds an answer back until the next piece of its stream, or for a moment."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._turn = asyncio.Lock()
        self._held = b""
        self._soon: asyncio.Task[None] | None = None

    async def send(self, message: Message) -> None:
        """Takes the next piece."""
        if message["type"] != "http.response.body":
            return await self._send(message)
        piece = message.get("body", b"")
        async with self._turn:
            body, self._held = self._held + piece, b""
            if _ANSWER in piece and message.get("more_body", False):
                self._held = body
                self._soon = asyncio.create_task(self._go_on())
                return None
            return await self._send({**message, "body": body})

    async def _go_on(self) -> None:
        await asyncio.sleep(_AT_ONCE_S)
        async with self._turn:
            body, self._held = self._held, b""
            if body:
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
