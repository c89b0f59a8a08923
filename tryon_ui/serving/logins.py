"""Log-ins: whoever tries passwords soon has to wait, whether the next one is right or not."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.serving.bodies import client_of
from tryon_ui.serving.origins import PublicUrls
from tryon_ui.texts import say

ROUTE: Final = "/login"
WINDOW_S: Final = 600.0
EACH: Final = 10  # wrong tries of one client
ALL: Final = 200  # of all together: a client can pretend to be many


class Tries:
    """The wrong tries of the last ten minutes. `now` gives monotonic seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong: deque[tuple[float, str]] = deque()

    def are_too_many(self, client: str) -> bool:
        """Whether a client has to wait."""
        while self._wrong and self._now() - self._wrong[0][0] > WINDOW_S:
            self._wrong.popleft()
        return len(self._wrong) >= ALL or sum(one == client for _, one in self._wrong) >= EACH

    def count(self, client: str) -> None:
        """One more wrong try."""
        self._wrong.append((self._now(), client))


class Logins:
    """Lets log-ins through as long as there were not too many wrong ones."""

    def __init__(self, app: ASGIApp, tries: Tries, public_urls: PublicUrls) -> None:
        self._app, self._tries, self._public_urls = app, tries, public_urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"].rstrip("/") != ROUTE:
            return await self._app(scope, receive, send)
        client = client_of(scope, self._public_urls())
        if self._tries.are_too_many(client):
            # 400, as for a wrong password: it is the only answer that the login page shows.
            refusal = JSONResponse(
                {"detail": say("trouble.login_wait")}, 400, headers={"retry-after": str(int(WINDOW_S))}
            )
            return await refusal(scope, receive, send)

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.BAD_REQUEST:
                self._tries.count(client)
            await send(message)

        return await self._app(scope, receive, counted)
