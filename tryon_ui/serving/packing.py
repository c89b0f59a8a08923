"""Packs the page itself: Gradio packs scripts and styles only, and its page of 210 KB comes to 30 then."""

from __future__ import annotations

from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_PACKED: Final = ("/", "/config", "/gradio_api/info")
_LEVEL: Final = 5
_WORTH_IT: Final = 2000  # bytes


class PackedPage:
    """Packs the answers of a few paths, for callers who can unpack them."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._packed = GZipMiddleware(app, minimum_size=_WORTH_IT, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        app = self._packed if scope.get("path") in _PACKED else self._plain
        await app(scope, receive, send)
