"""Puts callers off in plain words: while the app starts, and while it has no place left."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.concurrency import busy
from tryon_ui.error_boundary import sentence
from tryon_ui.serving.gate.allowed_paths import begins_an_event, needs_the_studio
from tryon_ui.texts import say

AGAIN_S: Final = 5  # seconds


def _is_full(message: Message) -> bool:
    full = message["type"] == "http.response.start" and message["status"] == HTTPStatus.SERVICE_UNAVAILABLE
    return full and not any(name == b"retry-after" for name, _ in message["headers"])


def _later(words: str) -> ASGIApp:
    again = {"retry-after": str(AGAIN_S)}
    return JSONResponse({"detail": words}, HTTPStatus.SERVICE_UNAVAILABLE, again)


class Ready:
    """Puts callers off until the studio is open."""

    def __init__(self, app: ASGIApp, is_open: Callable[[], bool]) -> None:
        self._app = app
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        put_off = scope["type"] == "http" and needs_the_studio(scope["path"]) and not self._is_open()
        await (_later(say("trouble.starting")) if put_off else self._app)(scope, receive, send)


class BusyWords:
    """Puts words of ours in place of the answer to a click or a call that found the queue full: Gradio speaks
    of the queue's size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http" or scope["method"] != "POST" or not begins_an_event(scope["path"]):
            await self._app(scope, receive, send)
            return
        full = False

        async def unless_full(message: Message) -> None:
            nonlocal full
            full = full or _is_full(message)
            if not full:
                await send(message)

        await self._app(scope, receive, unless_full)
        if full:
            await _later(sentence(busy()))(scope, receive, send)
