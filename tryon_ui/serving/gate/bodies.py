"""What a call may carry: how many bytes, and how slowly they may come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_core import MIB
from tryon_ui.serving.gate.allowed_paths import is_upload
from tryon_ui.serving.gate.origins import PublicUrls
from tryon_ui.serving.gate.uploads import UploadRoom
from tryon_ui.texts import say
from tryon_ui.upload_limits import LARGEST_UPLOAD

LARGEST_CALL: Final = 1 * MIB  # the form of the page takes some 10 KB


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that are waited for the next piece of a body, and for all of it: 15 MB at 17 KB a second."""

    piece: float = 30.0
    whole: float = 900.0


PATIENCE: Final = Patience()


@dataclass(slots=True)
class _Body:
    """One call's body on its way in; `refused` is the answer once it is too much."""

    receive: Receive
    client: str
    limit: int
    room: UploadRoom | None
    patience: Patience
    end: float
    size: int = 0
    whole: bool = False
    refused: tuple[HTTPStatus, str] | None = None

    async def next(self) -> Message:
        """The next piece; a body that is refused looks like a caller who went away."""
        if self.whole:
            return await self.receive()
        try:
            now = asyncio.get_running_loop().time()
            async with asyncio.timeout_at(min(now + self.patience.piece, self.end)):
                message = await self.receive()
        except TimeoutError:
            return self._refuse(HTTPStatus.REQUEST_TIMEOUT, say("trouble.too_slow"))
        self.whole = message["type"] != "http.request" or not message.get("more_body", False)
        piece = len(message.get("body", b""))
        self.size += piece
        if self.size > self.limit:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, say("trouble.too_large"))
        if self.room is not None and not self.room.take(self.client, piece):
            return self._refuse(HTTPStatus.TOO_MANY_REQUESTS, say("trouble.too_much"))
        return message

    def _refuse(self, status: HTTPStatus, words: str) -> Message:
        self.refused = (status, words)
        return {"type": "http.disconnect"}


class Bodies:
    """Refuses calls that carry too much, before what is behind it has taken it in."""

    def __init__(
        self,
        app: ASGIApp,
        room: UploadRoom,
        *,
        public_urls: PublicUrls,
        patience: Patience = PATIENCE,
    ) -> None:
        self._app = app
        self._room = room
        self._public_urls = public_urls
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            return await self._app(scope, receive, send)
        upload = is_upload(scope["path"])
        limit = LARGEST_UPLOAD if upload else LARGEST_CALL
        headers = Headers(scope=scope)
        if _announced(headers) > limit:
            return await _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, say("trouble.too_large"))(
                scope, receive, send
            )
        if upload and not self._room.has_disk():
            return await _answer(HTTPStatus.INSUFFICIENT_STORAGE, say("trouble.no_disk"))(
                scope, receive, send
            )
        end = asyncio.get_running_loop().time() + self._patience.whole
        room = self._room if upload else None
        body = _Body(receive, client_of(scope, self._public_urls()), limit, room, self._patience, end)
        return await self._served(body, scope, send)

    async def _served(self, body: _Body, scope: Scope, send: Send) -> None:
        begun = False

        async def unless_refused(message: Message) -> None:
            nonlocal begun
            if body.refused and not begun:
                return
            begun = True
            await send(message)

        try:
            await self._app(scope, body.next, unless_refused)
        except ClientDisconnect:
            if not body.refused:
                raise
        if body.refused and not begun:
            await _answer(*body.refused)(scope, body.receive, send)


def client_of(scope: Scope, public_urls: Sequence[str]) -> str:
    """Who calls. Behind a proxy all calls come from that; what it says may be made up, and then the bound for
    all together holds."""
    named = Headers(scope=scope).get("x-forwarded-for", "").split(",")[0].strip()[:64]
    near = (scope.get("client") or ("", 0))[0]
    return named if public_urls and named else str(near)


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length[:18]) if length.isascii() and length.isdigit() else 0


def _answer(status: HTTPStatus, words: str) -> PlainTextResponse:
    # What is left of the body is not read: the connection cannot go on with another call.
    return PlainTextResponse(f"{words}\n", status, headers={"connection": "close"})
