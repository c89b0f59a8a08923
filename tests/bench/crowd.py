"""The real app with a vendor that takes its time, for `many_jobs`: `tests.bench.crowd FOLDER PORT`."""

from __future__ import annotations

import asyncio
import io
import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

import gradio as gr
import httpx
from PIL import Image
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.core.submitting import submit
from tryon_core import (
    FilePicture,
    Garment,
    GarmentType,
    JobState,
    LibraryModel,
    Settings,
    Studio,
    Suit,
    TryOnRequest,
    open_studio,
)
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_ui import build, launch_options

ASSETS = Path(__file__).parents[2] / "assets"
MEDIAN_S, SIGMA = 150.0, 0.2
PAST = 30
AT_ONCE = 8  # submits side by side
ANSWER_S = 0.05  # how long the vendor takes to answer anything


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (768, 1024), "gray").save(buffer, "PNG")
    return buffer.getvalue()


@dataclass
class SlowVendor:
    """Answers as Aidge's page shows; every task takes as long as the past ones did."""

    random: Random = field(default_factory=lambda: Random(4))
    ends: dict[str, float] = field(default_factory=dict)
    polls: int = 0
    picture: bytes = field(default_factory=_picture)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(ANSWER_S)
        path = request.url.path
        if path.endswith(".png"):
            return httpx.Response(200, content=self.picture)
        data = self._state(json.loads(request.content)) if path.endswith("-results") else self._accepted()
        request_id = f"{len(self.ends):025d}"
        said = {"code": "0", "success": "true", "resCode": "200", "request_id": request_id}
        return httpx.Response(200, json={**said, "data": data})

    def _accepted(self) -> dict[str, object]:
        task_id = str(UUID(int=len(self.ends), version=4))
        self.ends[task_id] = time.monotonic() + MEDIAN_S * self.random.lognormvariate(0, SIGMA)
        return {"result": {"taskId": task_id}}

    def _state(self, asked: dict[str, str]) -> dict[str, object]:
        self.polls += 1
        task_id = asked["task_id"]
        if time.monotonic() < self.ends[task_id]:
            return {"taskStatus": "running", "taskId": task_id}
        images = [{"imageUrl": f"http://sandbox.invalid/{task_id}.png?Expires=1&Signature=s"}]
        part = {"taskStatus": "finished", "taskResult": {"result": {"imageList": images}}}
        return {"taskStatus": "finished", "taskId": task_id, "taskResult": [part]}


def remember(ledger: Ledger) -> None:
    """Past jobs, so that the questions come as they would after a while: often towards the end."""
    ledger.open()
    random, now = Random(5), time.time()
    for number in range(PAST):
        took = MEDIAN_S * random.lognormvariate(0, SIGMA)
        ledger.add(
            JobRecord(
                id=f"{number:040x}",
                owner="nobody",
                fingerprint=f"past-{number}",
                generation=0,
                vendor="aidge",
                live=False,
                title="Past",
                stem="past",
                request={"version": "standard"},
                state=JobState.SUCCEEDED,
                expected=1,
                submitted_at=now - took,
                sending_since=now - took,
                polled_at=now - 2.0,
                ready_at=now,
                finished_at=now,
            )
        )
    ledger.close()


def garment() -> FilePicture:
    return FilePicture(ASSETS / "garments" / "hoodie.jpg")


async def begin(studio: Studio, jobs: int) -> None:
    """That many jobs of as many visitors."""
    gate = asyncio.Semaphore(AT_ONCE)
    request = TryOnRequest((Suit((Garment(garment(), GarmentType.TOPS),)),), LibraryModel("James"), count=1)

    async def one(number: int) -> None:
        async with gate:
            await submit(studio, request, visitor=f"visitor-{number}")

    async with asyncio.TaskGroup() as group:
        for number in range(jobs):
            group.create_task(one(number))


def steering(studio: Studio, vendor: SlowVendor) -> list[Route]:
    """The benchmark's own two routes."""

    async def start(request: Request) -> Response:
        await begin(studio, int(request.path_params["jobs"]))
        return JSONResponse({})

    async def state(_request: Request) -> Response:
        now = time.monotonic()
        ended = sum(end < now for end in vendor.ends.values())
        return JSONResponse({"accepted": len(vendor.ends), "ended": ended, "questions": vendor.polls})

    return [
        Route("/gradio_api/ext/bench/start/{jobs}", start, methods=["POST"]),
        Route("/gradio_api/ext/bench/state", state),
    ]


def main() -> None:
    """Serves until it is stopped."""
    folder, port = sys.argv[1:]
    settings = Settings.load({"TRYON_DATA_DIR": folder, "GRADIO_SERVER_PORT": port})
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    remember(Ledger(settings.database))
    studio, vendor = open_studio(settings), SlowVendor()
    studio.use_sandbox(httpx.MockTransport(vendor))
    demo: gr.Blocks = build(studio, assets=ASSETS)
    demo.queue(default_concurrency_limit=None)
    options = launch_options(studio, assets=ASSETS)
    options["app_kwargs"]["routes"].extend(steering(studio, vendor))
    demo.launch(**options, server_port=int(port))


if __name__ == "__main__":
    main()
