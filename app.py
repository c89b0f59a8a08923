"""Try-On Studio: reads the settings, builds the studio and the page, and serves them."""

from __future__ import annotations

import logging
import os
import signal
from pathlib import Path
from threading import Event
from types import FrameType

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import httpx
from dotenv import dotenv_values

from tryon_core import Gone, Settings, Studio, TryOnError, open_studio
from tryon_sandbox import Fetch, FetchError, create_sandbox
from tryon_ui import build, launch_options

HOUSE = Path(__file__).parent
ASSETS = HOUSE / "assets"
CUT_OFF_S = 1
LOOK_UP_S = 0.5  # a wait without end could not be interrupted on every system


def read_settings() -> Settings:
    """What the environment says, and behind it the .env file beside this one."""
    file = {key: value for key, value in dotenv_values(HOUSE / ".env").items() if value is not None}
    return Settings.load({**file, **os.environ})


def vendors_eye(studio: Studio) -> Fetch:
    """How the sandbox sees pictures by URL: our own uploads from disk, the rest from the public internet."""

    async def fetch(url: str) -> bytes:
        try:
            return await studio.fetch(url)
        except TryOnError as error:
            raise FetchError(str(error)) from error

    return fetch


def make_studio(settings: Settings) -> Studio:
    """The studio, with the sandbox in process for every vendor that has no key."""
    studio = open_studio(settings)
    sandbox = create_sandbox(fetch=vendors_eye(studio), folder=settings.data_dir / "sandbox")
    studio.use_sandbox(httpx.ASGITransport(sandbox))

    async def forget(gone: Gone) -> None:
        if not gone.live:
            sandbox.forget(gone.task_id)

    studio.when_gone(forget)  # its folder lies among this app's data
    return studio


def told_to_stop() -> Event:
    """Set by Ctrl-C and SIGTERM alike, whatever runs at that moment."""
    told = Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, tell)
    return told


def main() -> None:
    """Serves until it is told to stop."""
    settings = read_settings()
    studio = make_studio(settings)
    demo: gr.Blocks = build(studio, assets=ASSETS)
    demo.queue(default_concurrency_limit=None, max_size=400)
    told = told_to_stop()
    demo.launch(**launch_options(studio, assets=ASSETS), prevent_thread_lock=True)
    studio.serve_at(demo.server_port)
    studio.reachable_at(demo.share_url or "")
    while not told.wait(LOOK_UP_S):
        pass
    close(demo)


def close(demo: gr.Blocks) -> None:
    """Ends the server, and with it the studio. Open pages are streams without end: they are cut off soon."""
    if demo.server is not None:
        demo.server.config.timeout_graceful_shutdown = CUT_OFF_S
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # a page that is cut off is no error
    demo.close(verbose=False)


if __name__ == "__main__":
    main()
