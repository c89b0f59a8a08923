"""Calls of scripts by names. One that names a value that there is not, or leaves one out, breaks in the
framework, as if it were a fault of this app; here it is told what it may name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.serving.gate.allowed_paths import API
from tryon_ui.signatures import Signature

_BY_NAMES: Final = re.compile(rf"{API}/call/v2/(\w+)/?")


class CallNames:
    """Puts words in place of the answer to a call that broke by its names. What the framework looks at before
    these, such as a login, goes first."""

    def __init__(self, app: ASGIApp, signatures: Callable[[], Mapping[str, Signature]]) -> None:
        self._app, self._signatures = app, signatures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        called = _BY_NAMES.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if called is None or scope["method"] != "POST":
            return await self._app(scope, receive, send)
        body, broken = bytearray(), False

        async def read() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def unless_broken(message: Message) -> None:
            nonlocal broken
            broken = broken or message.get("status") == HTTPStatus.INTERNAL_SERVER_ERROR
            if not broken:
                await send(message)

        try:
            await self._app(scope, read, unless_broken)
        except TypeError:
            words = self._refusal(called[1], bytes(body)) if broken else ""
            if not words:
                raise
            refused = JSONResponse({"detail": words}, HTTPStatus.BAD_REQUEST)
            return await refused(scope, receive, send)

    def _refusal(self, name: str, body: bytes) -> str:
        signature = self._signatures().get(name)
        return signature.refusal(json.loads(body).keys()) if signature else ""
