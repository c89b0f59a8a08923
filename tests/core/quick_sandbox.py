"""The sandbox as a process of its own, with tiny pictures: `python -m tests.core.quick_sandbox`.

Writes its port on its output, and serves until it is killed.
"""

from __future__ import annotations

import socket
import sys

import uvicorn

from tests.sandbox.box import PHOTO, TinyRenderer
from tryon_sandbox import SandboxSettings, create_sandbox

QUICK = SandboxSettings(queue_s=0.02, per_image_s=0.05, jitter=0.0)


async def any_photo(_url: str) -> bytes:
    """Whatever is asked for, in place of the internet."""
    return PHOTO


def main() -> None:
    app = create_sandbox(fetch=any_photo, settings=QUICK, control=True, renderer=TinyRenderer())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        server.run(sockets=[listening])


if __name__ == "__main__":
    main()
