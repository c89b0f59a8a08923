"""Try-On Studio: reads the settings, builds the studio and the page, and serves them."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import FrameType

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import httpx
from dotenv import dotenv_values

from tryon_core import Settings, Studio, TryOnError, open_studio
from tryon_sandbox import Fetch, FetchError, create_sandbox
from tryon_ui import build, launch_options

HOUSE = Path(__file__).parent
ASSETS = HOUSE / "assets"


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
    return studio


def stop_gracefully(_signal: int, _frame: FrameType | None) -> None:
    """Gradio ends its server on a keyboard interrupt only; this gives a SIGTERM the same clean end, once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> None:
    """Serves until it is told to stop."""
    settings = read_settings()
    studio = make_studio(settings)
    demo: gr.Blocks = build(studio, assets=ASSETS)
    signal.signal(signal.SIGTERM, stop_gracefully)
    demo.queue(default_concurrency_limit=None, max_size=400)
    demo.launch(**launch_options(studio, assets=ASSETS))


if __name__ == "__main__":
    main()
