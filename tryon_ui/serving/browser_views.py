"""What the places for pictures show: a copy of the right size, which browsers can show, made where the
picture lies. Who asks for the file gets it as it was put in, as far as browsers know its kind.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_core import Studio
from tryon_ui.files import FilePlace, place_of_file

_FILE: Final = "/gradio_api/file="
_KEPT: Final = "private, max-age=31536000, immutable"
_ANY: Final = 1_000_000  # pixels: no picture has more on a side
SIDE: Final = 480  # pixels: twice the height of a well, and a little more


class BrowserViews:
    """Asks Gradio for the copy in place of the upload: it sees to who may have it."""

    def __init__(self, app: ASGIApp, studio: Studio) -> None:
        self._app, self._studio = app, studio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] == "http" and scope["path"].startswith(_FILE):
            asked = Headers(scope=scope).get("sec-fetch-dest", "")
            view = await self._view(Path(scope["path"].removeprefix(_FILE)), to_show=asked == "image")
            send = _with_headers(send)
            if view is not None:
                path = f"{_FILE}{view}"
                scope = {**scope, "path": path, "raw_path": quote(path).encode()}
        await self._app(scope, receive, send)

    async def _view(self, file: Path, *, to_show: bool) -> Path | None:
        place = place_of_file(file)
        if to_show and place is not FilePlace.ELSEWHERE:
            return await self._studio.browser_view(file, file.parent, SIDE)
        if place is FilePlace.UPLOAD:
            return await self._studio.browser_view(file, file.parent, _ANY)
        return None


def _with_headers(send: Send) -> Send:
    """The path names the content: each upload has its own, and in a copy's are its file's time and size."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
            headers = MutableHeaders(scope=message)
            headers.setdefault("cache-control", _KEPT)
            headers.add_vary_header("Sec-Fetch-Dest")
        await send(message)

    return with_headers
