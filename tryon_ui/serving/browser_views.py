"""Uploads that browsers cannot show, such as the HEIC photos of phones: what a well shows of them is a copy
that they can, made where the upload lies."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.types import ASGIApp, Receive, Scope, Send

from tryon_core import Studio
from tryon_ui.files import is_private_upload

_FILE: Final = "/gradio_api/file="


class BrowserViews:
    """Asks Gradio for the copy in place of the upload: it sees to who may have it."""

    def __init__(self, app: ASGIApp, studio: Studio) -> None:
        self._app, self._studio = app, studio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] == "http" and scope["path"].startswith(_FILE):
            upload = Path(scope["path"].removeprefix(_FILE))
            view = await self._view(upload)
            if view is not None:
                path = f"{_FILE}{view}"
                scope = {**scope, "path": path, "raw_path": quote(path).encode()}
        await self._app(scope, receive, send)

    async def _view(self, upload: Path) -> Path | None:
        if not is_private_upload(upload):
            return None
        return await self._studio.browser_view(upload, upload.parent)
