"""Puts the sandbox together as one ASGI app."""

from __future__ import annotations

from email.utils import formatdate
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from tryon_sandbox.aidge.handlers import AidgeHandlers
from tryon_sandbox.ailab.handlers import AilabHandlers
from tryon_sandbox.blob_store import BlobStore, FolderBlobStore, MemoryBlobStore
from tryon_sandbox.broken_responses import CLOSE_CONNECTION, connection_closer
from tryon_sandbox.clock import Clock, even_clock
from tryon_sandbox.control import Control
from tryon_sandbox.fetching import Fetch
from tryon_sandbox.rendering import GarmentRenderer, Renderer
from tryon_sandbox.results import ResultHandler
from tryon_sandbox.settings import SandboxSettings
from tryon_sandbox.state import Sandbox

_ANY = ["GET", "POST"]


class SandboxApp(Starlette):
    """The sandbox as an ASGI app; `sandbox` is its state, for tests that look inside."""

    def __init__(self, sandbox: Sandbox, routes: list[Route]) -> None:
        super().__init__(routes=routes)
        self.sandbox = sandbox

    def forget(self, task_id: str) -> None:
        """Takes a task of either vendor away with its pictures, for an owner who deletes what is theirs."""
        self.sandbox.forget(task_id)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call, over a socket or in process."""
        close_connection = connection_closer(send)
        if close_connection is not None:
            return await super().__call__({**scope, CLOSE_CONNECTION: close_connection}, receive, send)
        return await super().__call__(scope, receive, self._dated(send))

    def _dated(self, send: Send) -> Send:
        """Adds the `Date` that a server would add, from the sandbox's clock: clients set their own by it."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["date"] = formatdate(self.sandbox.clock(), usegmt=True)
            await send(message)

        return dated


def create_sandbox(
    *,
    fetch: Fetch,
    settings: SandboxSettings | None = None,
    folder: Path | None = None,
    control: bool = False,
    clock: Clock | None = None,
    renderer: Renderer | None = None,
) -> SandboxApp:
    """Both vendors as one app; nothing is rendered or written before the first call.

    `fetch` gets the pictures that callers name by URL. With a `folder`, tasks and pictures are kept there
    and found again by the next sandbox on it; else they live in memory. `control` adds the tester's routes
    and is not for an app that others can reach. `clock` gives seconds since 1970; by default one that nobody
    sets while it runs. `renderer` makes the pictures; by default the sandbox's own renderer.
    """
    blobs: BlobStore = FolderBlobStore(folder) if folder else MemoryBlobStore()
    sandbox = Sandbox(
        settings or SandboxSettings(), fetch, renderer or GarmentRenderer(), blobs, clock or even_clock()
    )
    routes = [
        Route("/rest/{api:path}", AidgeHandlers(sandbox).serve, methods=_ANY),
        Route("/api/{api:path}", AilabHandlers(sandbox).serve, methods=_ANY),
        Route("/results/{name}", ResultHandler(sandbox).serve, methods=["GET"]),
        *(Control(sandbox).routes() if control else []),
    ]
    return SandboxApp(sandbox, routes)
