"""Log-ins: whoever tries passwords soon has to wait, whether the next one is right or not."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.serving.gate.bodies import client_of
from tryon_ui.serving.gate.origins import PublicUrls
from tryon_ui.serving.gate.rate_limits import RateLimiter
from tryon_ui.texts import say

ROUTE: Final = "/login"


class Logins:
    """Lets log-ins through as long as there were not too many wrong ones; `tries` counts these."""

    def __init__(self, app: ASGIApp, tries: RateLimiter, public_urls: PublicUrls) -> None:
        self._app, self._tries, self._public_urls = app, tries, public_urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"].rstrip("/") != ROUTE:
            return await self._app(scope, receive, send)
        client = client_of(scope, self._public_urls())
        if not self._tries.has_room(client):
            # 400, as for a wrong password: it is the only answer that the login page shows.
            headers = {"retry-after": str(int(self._tries.limit.window_s))}
            refusal = JSONResponse({"detail": say("trouble.login_wait")}, 400, headers=headers)
            return await refusal(scope, receive, send)

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.BAD_REQUEST:
                self._tries.count(client)
            await send(message)

        return await self._app(scope, receive, counted)
