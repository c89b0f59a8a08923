"""Stands before everything that the server does: who may call, which paths there are, how much comes in, and
the page packed on its way out."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_core import if_debug
from tryon_ui.error_boundary import bug, new_reference, sentence
from tryon_ui.serving.gate.allowed_paths import is_open
from tryon_ui.serving.gate.bodies import Bodies
from tryon_ui.serving.gate.busy import BusyWords
from tryon_ui.serving.gate.headers import SecurityHeaders
from tryon_ui.serving.gate.origins import PublicUrls, refusal
from tryon_ui.serving.gate.path_prefix import WithoutPrefix
from tryon_ui.serving.gate.uploads import UploadRoom
from tryon_ui.serving.sent_page.error_pages import ErrorPages
from tryon_ui.serving.sent_page.languages import Languages
from tryon_ui.serving.sent_page.packing import Packing

# With no Origin, Gradio adds no word about other sites to its answers; who may call is decided here.
_NOT_PASSED_ON: Final = (b"origin", b"access-control-request-method", b"access-control-request-headers")
_NOT_OFFERED: Final = 1008  # RFC 6455, 7.4.1: against the server's policy

log = logging.getLogger(__name__)


class Guard:
    """Lets through calls from this app's own pages, and from programs, to paths that are open."""

    def __init__(self, app: ASGIApp, *, public_urls: PublicUrls, tools: bool = False) -> None:
        self._app = app
        self._public_urls = public_urls
        self._tools = tools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] == "websocket":  # no part of the page uses one
            return await send({"type": "websocket.close", "code": _NOT_OFFERED})
        answer, reference = _Unsaid(send), new_reference()
        try:
            await self._answer(scope)(scope, receive, answer.send)
        except ClientDisconnect:  # amid an upload, or a download: nobody is there to be answered
            return log.info("a caller went away amid a call")
        except Exception as error:  # the boundary: others of this line go on
            # The kind and the place only: texts of errors, and paths, may hold what nobody else may read.
            kind, told = type(error).__name__, if_debug(log, error)
            log.error("a call broke: %s %s in %s", reference, kind, _place(error), exc_info=told)
            return await answer.say(reference, scope, receive)
        if answer.held:
            log.error("a call broke: %s", reference)
            return await answer.say(reference, scope, receive)
        return None

    def _answer(self, scope: Scope) -> ASGIApp:
        refused = refusal(scope, Headers(scope=scope), self._public_urls())
        if refused is not None:
            return PlainTextResponse(f"{refused.words}\n", refused.status)
        if scope["method"] == "OPTIONS" or not is_open(scope["path"], tools=self._tools):
            return Response(status_code=404)
        return self._passed_on

    async def _passed_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [pair for pair in scope["headers"] if pair[0] not in _NOT_PASSED_ON]
        await self._app({**scope, "headers": headers}, receive, send)


class _Unsaid:
    """Holds back the bare 500 of a call that broke, for words with an id."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False
        self.held = False  # whether there is such an answer

    async def send(self, message: Message) -> None:
        """Passes on everything else."""
        if message["type"] == "http.response.start":
            self.held = message["status"] == HTTPStatus.INTERNAL_SERVER_ERROR
            self._begun = not self.held
        if not self.held:
            await self._send(message)

    async def say(self, reference: str, scope: Scope, receive: Receive) -> None:
        """Answers in words, unless another answer was begun already."""
        if self._begun:
            return
        words = sentence(bug(reference))
        answer = JSONResponse({"detail": words}, HTTPStatus.INTERNAL_SERVER_ERROR)
        await answer(scope, receive, self._send)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "no place"


def guarded(app: ASGIApp, room: UploadRoom, *, public_urls: PublicUrls, tools: bool = False) -> ASGIApp:
    """The app behind all that guards it."""
    inside = Bodies(Packing(BusyWords(app)), room, public_urls=public_urls)
    guard = Guard(inside, public_urls=public_urls, tools=tools)
    return WithoutPrefix(SecurityHeaders(Languages(ErrorPages(guard)), public_urls))
