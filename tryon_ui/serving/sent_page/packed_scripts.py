"""The framework's scripts, packed once and as small as they get: the framework packs them anew for each
visitor, and so in a hurry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tryon_ui.serving.sent_page.packing import taken_by

_ASSETS: Final = "/assets/"
_LEVEL: Final = 11  # the best: two thirds of a second for all scripts of the page, once, and an eighth less


class PackedScripts:
    """Sends those that are packed already and leaves the rest to `app`. The first call for the page or for a
    script has all of them packed beside the event loop: nobody waits for it, and no start takes longer."""

    def __init__(self, app: ASGIApp, folder: Path, names: Callable[[], Iterable[str]]) -> None:
        self._app, self._folder, self._names = app, folder, names
        self._packed: dict[str, bytes] = {}
        self._packing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        name = _asked_for(scope)
        if name or scope.get("path") == "/":
            self._packing = self._packing or asyncio.create_task(asyncio.to_thread(self._pack))
        packed = self._packed.get(name)
        if packed is None:
            return await self._app(scope, receive, send)
        headers = {"content-encoding": "br", "vary": "Accept-Encoding"}
        return await Response(packed, headers=headers, media_type="text/javascript")(scope, receive, send)

    async def done(self) -> None:
        """Returns when all are packed, or packing has not begun."""
        if self._packing is not None:
            await self._packing

    def _pack(self) -> None:
        for name in self._names():
            script = (self._folder / name).read_bytes()
            self._packed[name] = bytes(brotli.compress(script, quality=_LEVEL))


def _asked_for(scope: Scope) -> str:
    """The name of a script that the caller would take packed; empty for any other call."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    path = str(scope["path"])
    if not (path.startswith(_ASSETS) and path.endswith(".js")):
        return ""
    takes = "br" in taken_by(Headers(scope=scope).get("accept-encoding", ""))
    return path.removeprefix(_ASSETS) if takes else ""
