"""Packs what is sent for callers who can unpack it. Gradio packs scripts and styles only: its page of 240 KB
comes to 30 then, and the cards that it streams to a fifth."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from typing import Final

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WHOLE: Final = ("/", "/config", "/theme.css", "/gradio_api/info")
_STREAMED: Final = "/gradio_api/queue/data"
_WORTH_IT: Final = 1000  # bytes
_LEVEL: Final = 5  # of both: 3 ms for the page; the next ones take more time than they save
# A stream's memory: a window of 16 KB, about two cards, and as much again.
_WINDOW, _MEMORY = 14, 6
_AS_GZIP: Final = 16  # added to a window: zlib writes what HTTP calls gzip
_PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {  # the better one first
    "br": lambda data: bytes(brotli.compress(data, quality=_LEVEL)),
    "gzip": lambda data: gzip.compress(data, _LEVEL, mtime=0),
}


class Packing:
    """Packs the page as a whole, and its stream of events piece by piece, so that none is held back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        answer = _answer_for(scope, send) if scope["type"] == "http" else None
        await self._app(scope, receive, answer.send if answer else send)


def _answer_for(scope: Scope, send: Send) -> _Whole | _Stream | None:
    taken = taken_by(Headers(scope=scope).get("accept-encoding", ""))
    if scope["path"] in _WHOLE and scope["method"] == "GET":
        return _Whole(taken, send)
    return _Stream(send) if scope["path"].rstrip("/") == _STREAMED and "gzip" in taken else None


def taken_by(accepted: str) -> tuple[str, ...]:
    """The ways to pack that a caller takes, by its `accept-encoding`, the best first."""
    ways = [way.strip().lower() for way in accepted.split(",")]
    plain = {way.partition(";")[0].rstrip() for way in ways if not way.replace(" ", "").endswith(";q=0")}
    return tuple(name for name in _PACKERS if name in plain)


def packed(data: bytes, taken: tuple[str, ...]) -> tuple[bytes, str]:
    """The data in the best way that is taken, and its name; as it is, without a name, if not worth it."""
    if not taken or len(data) < _WORTH_IT:
        return data, ""
    return _PACKERS[taken[0]](data), taken[0]


class _Whole:
    """Gathers an answer and packs it."""

    def __init__(self, taken: tuple[str, ...], send: Send) -> None:
        self._taken, self._send = taken, send
        self._start: Message = {}
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Takes the next piece of the answer."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = bytes(self._body)
        headers = MutableHeaders(scope=self._start)
        headers.add_vary_header("Accept-Encoding")
        if "content-encoding" not in headers:
            body, name = packed(body, self._taken)
            if name:
                headers["content-encoding"] = name
                headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


class _Stream:
    """Packs each piece of an answer at once, with the memory of those before it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _AS_GZIP + _WINDOW, _MEMORY)
        self._packs = False

    async def send(self, message: Message) -> None:
        """Takes the next piece of the answer."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._packs = message["status"] == 200 and "content-encoding" not in headers
            if self._packs:
                headers["content-encoding"] = "gzip"
                headers.add_vary_header("Accept-Encoding")
                del headers["content-length"]
        elif self._packs:
            more = message.get("more_body", False)
            piece = self._packer.compress(message.get("body", b""))
            message = {
                **message,
                "body": piece + self._packer.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH),
            }
        await self._send(message)
