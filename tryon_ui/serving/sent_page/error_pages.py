"""What a visitor sees of an answer that is an error: a page of ours with its words, and the way back.

Scripts and programs get the answer as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.language import TAGS, spoken
from tryon_ui.serving.gate.path_prefix import PREFIX
from tryon_ui.texts import say

_SAID_BY_US: Final = ("text/plain", "application/json")
_WORDS: Final[Mapping[int, str]] = {  # the keys of what is said
    HTTPStatus.NOT_FOUND: "trouble.not_here",
    HTTPStatus.METHOD_NOT_ALLOWED: "trouble.not_here",
    HTTPStatus.UNAUTHORIZED: "trouble.log_in_first",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "trouble.too_large",
}
_OURS: Final = frozenset({400, 403, 408, 413, 421, 429, 500, 503})  # whose bodies are sentences of ours
_STYLE: Final = (
    "body{margin:0;display:grid;place-items:center;min-height:100vh;background:#f6f6f4;color:#17181b;"
    "font:16px/24px system-ui,sans-serif}main{max-width:44ch;padding:24px;overflow-wrap:anywhere}"
    "h1{font-size:20px;line-height:28px}a{color:#2f4bdc}"
    "@media(prefers-color-scheme:dark){body{background:#111215;color:#f1f1ee}a{color:#9db1ff}}"
)


def error_page(words: str, home: str) -> str:
    """The page that says `words`, with a link to `home`."""
    return str(
        Markup(
            '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="robots" content="noindex"><style>{style}</style></head>'
            '<body><main><h1>{title}</h1><p>{words}</p><p><a href="{home}">{back}</a></p></main></body>'
            "</html>"
        ).format(
            lang=TAGS[spoken()],
            title=say("page.title"),
            style=Markup(_STYLE),
            words=words,
            home=home,
            back=say("trouble.open_app"),
        )
    )


class ErrorPages:
    """Puts the page in place of an error that a visitor's browser was about to show."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            return await self._app(scope, receive, send)
        start: Message = {}
        body = bytearray()

        async def seen(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_bare(message):
                start = message
            elif not start:
                await send(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await _say(start, bytes(body), scope, send)

        return await self._app(scope, receive, seen)


def _is_bare(start: Message) -> bool:
    """Whether an answer is an error that is no page by itself."""
    kind = MutableHeaders(scope=start).get("content-type", "")
    return start["status"] >= HTTPStatus.BAD_REQUEST and not kind.startswith("text/html")


async def _say(start: Message, body: bytes, scope: Scope, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    words = _words(start["status"], headers.get("content-type", ""), body)
    page = error_page(words, f"{scope.get(PREFIX, '')}/").encode()
    headers["content-type"] = "text/html; charset=utf-8"
    headers["content-length"] = str(len(page))
    headers["cache-control"] = "no-store"
    await send(start)
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page})


def _words(status: int, kind: str, body: bytes) -> str:
    said = _said(kind, body) if status in _OURS else ""
    return said or say(_WORDS.get(status, "trouble.bug_what" if status >= 500 else "trouble.not_here"))


def _said(kind: str, body: bytes) -> str:
    """The sentence in an answer of ours."""
    if not kind.startswith(_SAID_BY_US) or not body:
        return ""
    text = body.decode("utf-8", "replace").strip()
    if kind.startswith("text/plain"):
        return text
    try:
        said = json.loads(text)
    except ValueError:
        return ""
    detail = said.get("detail") if isinstance(said, dict) else None
    return detail if isinstance(detail, str) else ""
