"""What every answer tells the browser about how the page may be used."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui.serving.gate.origins import PublicUrls

# Gradio's gr.HTML compiles the template of every card with Function(), which needs 'unsafe-eval'; its page
# writes its configuration into a script of its own, which needs 'unsafe-inline'.
_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors "
)
_SPACES: Final = ".hf.space"
_AROUND_A_SPACE: Final = "'self' https://huggingface.co"  # shows a Space in a frame of its own page
_UNUSED: Final = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "serial",
    "midi",
    "hid",
)
_STREAM: Final = "text/event-stream"
_A_YEAR_S: Final = 31_536_000
KEPT: Final = f"public, max-age={_A_YEAR_S}, immutable"  # for what lies at an address that names its content
_BUILT: Final = "/assets/"  # the framework's files, whose names have a hash of the content


def on_a_space(public_url: str) -> bool:
    """Whether the internet reaches the app on Hugging Face Spaces."""
    return (urlsplit(public_url).hostname or "").endswith(_SPACES)


@lru_cache
def security_headers(public_url: str) -> dict[str, str]:
    """The headers of every answer of an app that the internet reaches at `public_url`, or "" for nowhere."""
    parts = urlsplit(public_url)
    headers = {
        "content-security-policy": _POLICY + (_AROUND_A_SPACE if on_a_space(public_url) else "'self'"),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "permissions-policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if parts.scheme == "https":
        headers["strict-transport-security"] = f"max-age={_A_YEAR_S}"
    return headers


class SecurityHeaders:
    """Adds headers to every answer that does not have them."""

    def __init__(self, app: ASGIApp, public_urls: PublicUrls) -> None:
        self._app = app
        self._public_urls = public_urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = MutableHeaders(scope=message)
                for name, value in security_headers(next(iter(self._public_urls()), "")).items():
                    present.setdefault(name, value)
                if scope["path"].startswith(_BUILT) and message["status"] == HTTPStatus.OK:
                    present.setdefault("cache-control", KEPT)
                if present.get("content-type", "").startswith(_STREAM):
                    present["x-accel-buffering"] = "no"  # a proxy that gathers a stream shows no progress
            await send(message)

        await self._app(scope, receive, with_headers)
