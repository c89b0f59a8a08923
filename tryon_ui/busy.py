"""Says in plain words that there is no place left; Gradio speaks of the size of its queue."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.bounds import BUSY
from tryon_ui.doors import begins_an_event

AGAIN_S: Final = 5  # seconds


class BusyWords:
    """Puts words of ours in place of the answer to a click or a call that found the queue full."""

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
            full = full or message.get("status") == HTTPStatus.SERVICE_UNAVAILABLE
            if not full:
                await send(message)

        await self._app(scope, receive, unless_full)
        if full:
            words = {"detail": f"{BUSY.what} {BUSY.todo}"}
            again = {"retry-after": str(AGAIN_S)}
            await JSONResponse(words, HTTPStatus.SERVICE_UNAVAILABLE, again)(scope, receive, send)
