"""Garments of a collection in one request, over HTTP: a live account of the pro version, and the sandbox as a
vendor that lists what it has made as it comes, the newest first."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from PIL import Image
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.contract.conftest import START_LIMIT_S
from tests.core.collections.making import ONE_EACH, described, done
from tests.core.jobs.crashing_app import QuickClock, settings_of
from tests.core.test_studio import ANN
from tests.sandbox.box import TinyRenderer
from tryon_core import (
    Cell,
    CellState,
    FilePicture,
    Garment,
    GarmentType,
    NewCollection,
    NewGarment,
    Studio,
    Suit,
    Version,
)
from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.configuration.settings import kept_state_secret
from tryon_core.vendors.http_clients import HttpVendorClients
from tryon_sandbox import FetchError, SandboxSettings, create_sandbox

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PRO = {"AIDGE_APP_KEY": "pro", "AIDGE_APP_SECRET": "pro-secret", "AIDGE_SUITS_PER_REQUEST": "3"}
VENDOR = SandboxSettings(
    queue_s=0.05, per_image_s=0.05, jitter=0.0, submits_per_minute=3, aidge_keys={"pro": "pro-secret"}
)
COLOURS = [(30 * at + 20, 220 - 25 * at, 60 + 90 * (at % 3)) for at in range(7)]


class AsItComes:
    """Leaves out of each answer what is still being made, and turns the rest around."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].endswith("tryon-results"):
            await self._app(scope, receive, send)
            return
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, keep)
        body = json.dumps(_turned(json.loads(b"".join(one.get("body", b"") for one in sent)))).encode()
        headers = [(name, value) for name, value in sent[0]["headers"] if name != b"content-length"]
        await send({**sent[0], "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _turned(answer: dict[str, Any]) -> dict[str, Any]:
    data = answer.get("data")
    if isinstance(data, dict) and "taskResult" in data:
        ended = [part for part in data["taskResult"] if part["taskStatus"] in ("finished", "failed")]
        data["taskResult"] = ended[::-1]
    return answer


@contextmanager
def vendor(studio: list[Studio]) -> Iterator[str]:
    """The sandbox on a port of this machine; it fetches from the studio."""

    async def fetch(url: str) -> bytes:
        file = await asyncio.to_thread(studio[0]._container.hosting.own, url)
        if file is None:
            raise FetchError("404")
        return file.read_bytes()

    app = create_sandbox(fetch=fetch, settings=VENDOR, control=True, renderer=TinyRenderer())
    config = uvicorn.Config(AsItComes(app), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    waited = threading.Event()
    while not server.started and thread.is_alive():
        waited.wait(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(START_LIMIT_S)


def studio_at(folder: Path, base: str) -> Studio:
    settings, clock = settings_of(folder, int(base.rpartition(":")[2]), **PRO), QuickClock()
    keyring = Keyring(kept_state_secret(settings), clock)
    clients = HttpVendorClients(KeyPolicy(settings, keyring).login, clock, None)
    return Studio(settings, clients, keyring, clock=clock, reread_s=0.2)


def coloured(folder: Path, at: int) -> NewGarment:
    """A garment that can be told by its colour, also on whoever wears it."""
    file = folder / f"{at}_shirt.png"
    Image.new("RGB", (200, 260), COLOURS[at]).save(file)
    return NewGarment(Suit((Garment(FilePicture(file), GarmentType.TOPS),)))


def colour_of(cell: Cell) -> tuple[int, ...]:
    assert cell.job
    (picture,) = cell.job.pictures
    with Image.open(picture.path) as image:
        found = image.convert("RGB").getpixel((5, 5))
    assert isinstance(found, tuple)
    return found


async def test_seven_garments_go_out_in_three_submits_and_each_gets_its_own_picture(tmp_path: Path) -> None:
    garments = tuple(coloured(tmp_path, at) for at in range(7))
    new = NewCollection(garments, (described(0),), replace(ONE_EACH, version=Version.PRO))
    opened: list[Studio] = []
    with vendor(opened) as base:
        studio = studio_at(tmp_path, base)
        opened.append(studio)
        await studio.start()
        async with httpx.AsyncClient(base_url=base) as client:
            fault = {"on": "aidge.submit", "fault": "fail_subtask:1"}
            await client.post("/_sandbox/faults", json=[fault])
            made = await done(studio, await studio.collections.create(new, visitor=ANN))
            tasks = (await client.get("/_sandbox/tasks")).json()
        await studio.stop()
    assert len(tasks) == 3 and {task["same_body_submits"] for task in tasks} == {1}
    assert all(cell.job and cell.job.live for cell in made.cells)
    states = [cell.state for cell in made.cells]
    assert states.count(CellState.SUCCEEDED) == 6 and states.count(CellState.FAILED) == 1
    for colour, cell in zip(COLOURS, made.cells, strict=True):
        assert cell.state is CellState.FAILED or colour_of(cell) == colour
