"""Try-On Studio: reads the settings, builds the studio and the page, and serves them.

The command line is given its studio here, too (`tryon_cli`). It shows no page, so the page is imported where
it is served only: with Gradio that takes three seconds.
"""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

# At once, as what is imported below takes up to half a minute on a busy machine. Not where logs go, each line
# of which is JSON.
if __name__ == "__main__":
    sys.stderr.write("Try-On Studio is starting ...\n")
    sys.stderr.flush()

# Nothing calls home, and Gradio keeps no statistics: with them, each event costs up to 6 ms of pandas.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
# Read when NumPy is loaded: its threads wait busily for each other, a third of what a sandbox's picture cost.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import httpx

from tryon_core import JobDeleted, Settings, Studio, TryOnError, open_studio, set_up_logs
from tryon_sandbox import Fetch, FetchError, create_sandbox

HOUSE, ASSETS = Path(__file__).parent, Path(__file__).parent / "assets"
LOOK_UP_S = 0.5  # a wait without end could not be interrupted on every system


@contextmanager
def said() -> Iterator[None]:
    """Ends the app with a sentence where it cannot go on."""
    try:
        yield
    except TryOnError as error:
        raise SystemExit(str(error)) from None


def read_settings() -> Settings:
    """What the environment says, and behind it the .env file beside this one."""
    return Settings.load(file=HOUSE / ".env")


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
    models = sorted(path.stem for path in (ASSETS / "models").glob("*.webp"))
    studio.use_sandbox(httpx.ASGITransport(sandbox), models)

    async def forget(gone: JobDeleted) -> None:
        if not gone.live:
            sandbox.forget(gone.task_id)

    studio.on_job_deleted(forget)  # its folder lies among this app's data
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
    from tryon_ui import build
    from tryon_ui.serving import serving

    with said():
        settings = read_settings()
        set_up_logs(sys.stdout, logging.DEBUG if settings.debug else logging.INFO)
        studio = make_studio(settings)
        studio.hold()
        demo = build(studio, assets=ASSETS)
        told, failed = told_to_stop(), Event()
        serving.start(demo, studio, assets=ASSETS, failed=failed.set)
    while not told.wait(LOOK_UP_S) and not failed.is_set():
        pass
    serving.stop(demo)
    raise SystemExit(int(failed.is_set()))


if __name__ == "__main__":
    main()
