"""How the page is served: our routes beside Gradio's, guarded, and nothing that calls home."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_core import Studio
from tryon_ui import samples
from tryon_ui.head import head
from tryon_ui.routes import routes
from tryon_ui.theme import theme

MAX_THREADS: Final = 400  # Gradio takes this as the cap of waiting events too; watchers wait all the time
MAX_UPLOAD: Final = "15mb"
# Gradio's gr.HTML builds its templates with Function(), which needs 'unsafe-eval'.
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'self' https://huggingface.co https://*.hf.space"
)
_HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_CLOSED: Final = ("/file=http", "/proxy=")  # Gradio would fetch any address for anyone through these


class Guard:
    """Closes what Gradio leaves open, and adds the security headers that it does not send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        if any(part in scope["path"].lower() for part in _CLOSED):
            return await Response(status_code=404)(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [pair for pair in _HEADERS if pair[0] not in present]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        return await self._app(scope, receive, with_headers)


def launch_options(studio: Studio, *, assets: Path) -> dict[str, Any]:
    """The arguments of `demo.launch`. The studio starts and stops with the server."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await studio.start()
        yield
        await studio.stop()

    auth = [(name, password.reveal()) for name, password in studio.settings.auth]
    return {
        "theme": theme(),
        "favicon_path": str(assets / "icons" / "favicon.png"),
        "head": head(assets, samples.of_studio(studio, assets)),
        "auth": auth or None,
        "mcp_server": not auth
        and find_spec("mcp") is not None,  # Gradio's tools do not all ask for the login
        "footer_links": [],
        "ssr_mode": False,
        "pwa": False,
        "run_history": False,
        "enable_monitoring": False,
        "max_threads": MAX_THREADS,
        "max_file_size": MAX_UPLOAD,
        "show_error": False,
        "quiet": True,
        "app_kwargs": {
            "routes": routes(studio, assets),
            "middleware": [Middleware(Guard)],
            "lifespan": lifespan,
            "openapi_url": None,
        },
    }
