"""How the page is served: our routes beside Gradio's, guarded, and nothing that calls home."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette

from tryon_core import Studio
from tryon_ui import samples
from tryon_ui.files import cache_folder
from tryon_ui.guard import guarded
from tryon_ui.head import head
from tryon_ui.origins import is_public
from tryon_ui.own_paths import PrivateUploads, clear_before
from tryon_ui.routes import routes
from tryon_ui.theme import theme
from tryon_ui.uploads import KEEP_S, UploadRoom

MAX_THREADS: Final = 400  # Gradio takes this as the cap of waiting events too; watchers wait all the time
MAX_UPLOAD: Final = "15mb"
SESSIONS: Final = 1000  # whose form Gradio keeps in memory; a page that comes back later begins anew
SWEEP_S: Final = 900.0


def launch_options(studio: Studio, *, assets: Path) -> dict[str, Any]:
    """The arguments of `demo.launch`. The studio starts and stops with the server."""

    auth = [(name, password.reveal()) for name, password in studio.settings.auth]
    tools = not auth and find_spec("mcp") is not None  # Gradio's tools do not all ask for the login
    room = UploadRoom(cache_folder())

    def public_urls() -> tuple[str, ...]:
        url = studio.settings.public_url
        return (url,) if is_public(url) else ()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if app.middleware_stack is not None:  # before everything, Gradio's own layers included
            taken = PrivateUploads(app.middleware_stack)
            app.middleware_stack = guarded(taken, room, public_urls=public_urls, tools=tools)
        sweeper = asyncio.create_task(_sweep(room))
        await studio.start()
        yield
        sweeper.cancel()
        await studio.stop()

    return {
        "theme": theme(),
        "favicon_path": str(assets / "icons" / "favicon.png"),
        "head": head(assets, samples.of_studio(studio, assets)),
        "auth": auth or None,
        "mcp_server": tools,
        "footer_links": [],
        "ssr_mode": False,
        "pwa": False,
        "run_history": False,
        "enable_monitoring": False,
        "max_threads": MAX_THREADS,
        "max_file_size": MAX_UPLOAD,
        "show_error": False,
        "state_session_capacity": SESSIONS,
        "quiet": True,
        "app_kwargs": {
            "routes": routes(studio, assets),
            "lifespan": lifespan,
            "openapi_url": None,
        },
    }


async def _sweep(room: UploadRoom) -> None:
    while True:
        await asyncio.to_thread(room.clear_drafts, time.time())
        await asyncio.to_thread(clear_before, time.time() - KEEP_S)
        await asyncio.sleep(SWEEP_S)
