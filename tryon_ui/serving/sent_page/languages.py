"""Answers each call in the language that it asks for: the visitor's choice, in a cookie, or the browser's."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.language import speaking, wanted

_SAID: Final = ("text/html", "text/plain", "application/json", "application/manifest+json")


class Languages:
    """Has everything behind it speak the caller's language, and says that answers differ by it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def differing(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith(_SAID):
                    headers.add_vary_header("Accept-Language, Cookie")
            await send(message)

        with speaking(wanted(Headers(scope=scope))):
            return await self._app(scope, receive, differing)
