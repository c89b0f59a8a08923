"""The path prefix under which a proxy serves the app (GRADIO_ROOT_PATH), taken off what comes in.

Some proxies cut it and some keep it; everything behind this goes by the app's own paths.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX: Final = "tryon.prefix"  # in the scope of a call, for whoever needs to know what was taken off


class WithoutPrefix:
    """Serves the same at both."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        prefix = urlsplit(scope.get("root_path", "")).path.rstrip("/")
        if scope["type"] != "http" or not prefix:
            return await self._app(scope, receive, send)
        path = scope["path"]
        if path == prefix:  # else the page's own addresses would lead beside it
            return await RedirectResponse(f"{prefix}/")(scope, receive, send)
        if path.startswith(f"{prefix}/"):
            path = path.removeprefix(prefix)
        own = {**scope, "path": path, "raw_path": quote(path).encode(), "root_path": "", PREFIX: prefix}
        return await self._app(own, receive, send)
