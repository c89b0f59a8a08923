"""How the page is served: our routes beside Gradio's, guarded, and nothing that calls home."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache, partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, Final

import gradio as gr
from fastapi.exceptions import RequestValidationError
from gradio.routes import App
from starlette.types import ASGIApp

from tryon_core import MIB, Studio, adopt_logs
from tryon_ui import samples
from tryon_ui.concurrency import PLACES
from tryon_ui.files import cache_folder, never_served
from tryon_ui.head import head
from tryon_ui.language import LANGUAGES, speaking, spoken
from tryon_ui.private_uploads import PrivateUploads, clear_before
from tryon_ui.serving.broken_streams import end_streams_in_words
from tryon_ui.serving.browser_views import BrowserViews
from tryon_ui.serving.connections import Silence
from tryon_ui.serving.gate.busy import Ready
from tryon_ui.serving.gate.guard import guarded
from tryon_ui.serving.gate.headers import on_a_space
from tryon_ui.serving.gate.logins import Logins
from tryon_ui.serving.gate.origins import PublicUrls, is_public
from tryon_ui.serving.gate.rate_limits import WRONG_LOGINS, RateLimiter
from tryon_ui.serving.gate.uploads import UploadRoom
from tryon_ui.serving.routes.routes import routes
from tryon_ui.serving.routes.share_routes import share_routes
from tryon_ui.serving.script_calls.call_names import CallNames
from tryon_ui.serving.script_calls.unread_calls import unread
from tryon_ui.serving.sent_page.frontend_files import frontend_files
from tryon_ui.serving.sent_page.packed_scripts import PackedScripts
from tryon_ui.serving.sent_page.page_html import Frame, PageHtml, frame
from tryon_ui.serving.sessions import SESSIONS, keep_sessions_small
from tryon_ui.signatures import signatures
from tryon_ui.startup import StudioStartup
from tryon_ui.theme import theme
from tryon_ui.upload_limits import KEEP_S, LARGEST_FILE

MAX_UPLOAD: Final = f"{LARGEST_FILE // MIB}mb"
LOOK_S: Final = 5.0
DRAFTS_EVERY: Final = 180  # looks, a quarter of an hour
FRONTEND: Final = Path(gr.__file__).parent / "templates" / "frontend"
_SERVER_LOGS: Final = ("uvicorn", "uvicorn.error")


def nobody() -> None:
    """Where nobody waits to hear that the studio cannot be opened."""


def launch_options(studio: Studio, *, assets: Path, failed: Callable[[], None] = nobody) -> dict[str, Any]:
    """The arguments of `demo.launch`. The studio starts and stops with the server; `failed` is called when it
    cannot be opened."""
    auth = [(name, password.reveal()) for name, password in studio.settings.auth]
    tools = studio.settings.tools and not auth and find_spec("mcp") is not None  # agents cannot log in
    return {
        "theme": theme(),
        "favicon_path": str(assets / "icons" / "favicon.png"),
        "auth": auth or None,
        "mcp_server": False,  # agents have a server of ours: see `mcp_tools`
        "footer_links": [],
        "ssr_mode": False,
        "pwa": False,
        "run_history": False,
        "enable_monitoring": False,
        "max_threads": PLACES,  # what Gradio sizes its list of running events by
        "max_file_size": MAX_UPLOAD,
        "blocked_paths": never_served(studio.settings),
        "show_error": False,
        "state_session_capacity": SESSIONS,
        "quiet": True,
        "app_kwargs": {
            "routes": [*routes(studio, assets), *share_routes(studio, assets, partial(_public, studio))],
            "lifespan": _lifespan(studio, failed, tools, _heads(assets)),
            "openapi_url": None,
            "exception_handlers": {RequestValidationError: unread},
        },
    }


def _lifespan(
    studio: Studio, failed: Callable[[], None], tools: bool, heads: Mapping[str, str]
) -> Callable[[App], AbstractAsyncContextManager[None]]:
    """What goes on as long as the server does: the guard before it, the studio behind it, and order."""
    room, opening = UploadRoom(cache_folder()), StudioStartup(studio, failed)

    public_urls = partial(_public, studio)

    @asynccontextmanager
    async def lifespan(app: App) -> AsyncIterator[None]:
        adopt_logs(*_SERVER_LOGS)
        async with _with_tools(app, tools) as served, opening.held():
            if served is not None:  # before everything, Gradio's own layers included
                framed = _framed(app, heads, public_urls)
                scripts = PackedScripts(served, FRONTEND / "assets", lambda: framed().files.scripts)
                page = PageHtml(scripts, framed, public_urls)
                named = CallNames(page, lambda: signatures(app.get_blocks().fns))
                shown = BrowserViews(named, studio)
                taken = Logins(PrivateUploads(shown), RateLimiter(WRONG_LOGINS), public_urls)
                ready = Ready(taken, lambda: opening.done)
                app.middleware_stack = guarded(ready, room, public_urls=public_urls, tools=tools)
                keep_sessions_small(app)
                end_streams_in_words()
            tidying = asyncio.create_task(_keep_tidy(app, room))
            yield
            tidying.cancel()

    return lifespan


@asynccontextmanager
async def _with_tools(app: App, wanted: bool) -> AsyncIterator[ASGIApp | None]:
    """What Gradio serves, with the tools of agents before it where they are wanted."""
    served = app.middleware_stack
    if not wanted or served is None:
        yield served
        return
    from tryon_ui.serving.script_calls.mcp_tools import (
        Tools,  # its package need not be there, and takes long to import
    )

    tools = Tools(served, app.get_blocks())
    async with tools.open():
        yield tools


def _public(studio: Studio) -> tuple[str, ...]:
    return tuple(url for url in studio.public_urls if is_public(url))


def _heads(assets: Path) -> Mapping[str, str]:
    """The page's head in each language."""
    ours, heads = samples.load(assets), {}
    for language in LANGUAGES:
        with speaking(language):
            heads[language] = head(assets, ours)
    return heads


def _framed(app: App, heads: Mapping[str, str], public_urls: PublicUrls) -> Callable[[], Frame]:
    """The frame of this app's page in the language of the call, made when the page is first asked for in
    it."""

    @cache
    def made(language: str) -> Frame:
        blocks = app.get_blocks()
        kinds = {part["type"] for part in blocks.config["components"]}
        return frame(
            heads[language],
            frontend_files(FRONTEND, kinds),
            FRONTEND / "assets",
            theme=blocks.theme_css,
            framed=any(map(on_a_space, public_urls())),
        )

    return lambda: made(spoken())


async def _keep_tidy(app: App, room: UploadRoom) -> None:
    """Takes away old uploads and those that broke off, and closes connections that say nothing."""
    silence, loop = Silence(), asyncio.get_running_loop()
    for look in count():
        if look % DRAFTS_EVERY == 0:
            await asyncio.to_thread(room.clear_drafts, time.time())
            await asyncio.to_thread(clear_before, time.time() - KEEP_S)
        await asyncio.sleep(LOOK_S)
        silence.close(set(app.get_blocks().server.server_state.connections), loop.time())
