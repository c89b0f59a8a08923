"""The vendors of stored data, with their tasks in its folder: Aidge is the sandbox in process, AILab is live.

`vendors.py DATA SECONDS` serves the live one, so many seconds in the past: writes its port on its output, and
serves until it is killed. Uses only what every version of the sandbox has: old checkouts run the same file.
"""

from __future__ import annotations

import hashlib
import io
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from PIL import Image, ImageDraw

from tryon_sandbox import SandboxApp, SandboxSettings, create_sandbox

KEY, OWN_KEY = "operators-key", "visitors-key"  # AILab's, so that its jobs are live ones
LONG_S = 100 * 365 * 24 * 3600  # tasks and links of the stored data are good for as long as it is
SIZE = 72, 96
LIBRARY = frozenset({"James"})


class Sketcher:
    """Draws a cut-out of the garment's colour on plain paper: some hundred bytes, no two alike."""

    def library(self) -> frozenset[str]:
        return LIBRARY

    def dress(self, order: Any) -> bytes:
        return _sketch(order.garments[0].data, order.index)

    def refine(self, order: Any) -> bytes:
        return _sketch(order.coarse, 0)


def _sketch(photo: bytes, index: int) -> bytes:
    colour = Image.open(io.BytesIO(photo)).convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    paper = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(paper).ellipse((8, 8 + 8 * index, 63, 87), fill=(colour[0], colour[1], colour[2]))
    buffer = io.BytesIO()
    paper.save(buffer, "PNG")
    return buffer.getvalue()


def vendors_on(data: Path, ago_s: float = 0.0) -> SandboxApp:
    """A sandbox on the data folder, where the app's own has its tasks. Several find each other's there."""
    settings = SandboxSettings(
        queue_s=0.1,
        per_image_s=0.1,
        jitter=0.0,
        link_ttl_s=LONG_S,
        task_ttl_s=LONG_S,
        ailab_keys=frozenset({KEY, OWN_KEY}),
    )
    return create_sandbox(
        fetch=any_photo,
        settings=settings,
        folder=data / "sandbox",
        control=True,
        clock=lambda: time.time() - ago_s,
        renderer=Sketcher(),
    )


async def any_photo(url: str) -> bytes:
    """One of another colour for each link, in place of the internet."""
    colour = hashlib.sha256(url.encode()).digest()
    buffer = io.BytesIO()
    Image.new("RGB", (160, 200), (colour[0], colour[1], colour[2])).save(buffer, "PNG")
    return buffer.getvalue()


def server_of(app: SandboxApp) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))


@contextmanager
def serving(app: SandboxApp) -> Iterator[int]:
    """Serves from a thread of this process; the port."""
    server = server_of(app)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def settings_of(data: Path, port: int) -> dict[str, str]:
    """The environment of an app on the data folder."""
    return {
        "AILAB_API_KEY": KEY,
        "AILAB_BASE_URL": f"http://127.0.0.1:{port}",
        "TRYON_DATA_DIR": str(data),
    }


def main() -> None:
    app = vendors_on(Path(sys.argv[1]), float(sys.argv[2]))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        server_of(app).run(sockets=[listening])


if __name__ == "__main__":
    main()
