"""Many visitors at once: every one uploads a garment of one of eight colours and waits for the picture of it.
It fails when a job does not end well, or a visitor gets another's colour.
"""

from __future__ import annotations

import asyncio
import colorsys
import io
import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from PIL import Image

from tests.browser.conftest import HOUSE, Server
from tests.load.pages import PageTimes

VISITORS = 200
LIMIT_S = 600.0
MOST_MB = 1000.0  # of each server; one visitor's pictures take some 40 MB while they are looked at
HUES = 8
API = "/gradio_api"
GARMENT = HOUSE / "assets" / "garments" / "hoodie.jpg"


@dataclass(frozen=True)
class Outcome:
    state: str
    message: str
    hue: int
    seconds: float


@cache
def dyed(hue: int) -> bytes:
    """The sample hoodie, dyed: its own light and folds, another colour."""
    picture = Image.open(GARMENT).convert("RGB").resize((600, 600))
    _, saturation, value = picture.convert("HSV").split()
    turned = Image.new("L", picture.size, hue * 256 // HUES)
    buffer = io.BytesIO()
    vivid = saturation.point(lambda share: min(255, share * 2))
    Image.merge("HSV", (turned, vivid, value)).convert("RGB").save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def hue_of(picture: bytes) -> int:
    """Which of the dyes is worn: the commonest hue among the vivid pixels of the picture's upper half."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").resize((96, 128)).crop((0, 0, 96, 64))
    found: Counter[int] = Counter()
    data = image.tobytes()
    for red, green, blue in zip(data[::3], data[1::3], data[2::3], strict=True):
        hue, saturation, _ = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
        if saturation > 0.25:
            found[round(hue * HUES) % HUES] += 1
    return found.most_common(1)[0][0] if found else -1


async def visit(client: httpx.AsyncClient, number: int, model: str) -> Outcome:
    """One visitor: uploads, asks for one picture, waits, fetches it."""
    began = time.monotonic()
    files = {"files": (f"garment-{number}.jpg", dyed(number % HUES), "image/jpeg")}
    [path] = (await client.post(f"{API}/upload", files=files)).raise_for_status().json()
    garment = {"path": path, "meta": {"_type": "gradio.FileData"}}
    asked = {"garment": garment, "count": 1, "model": model}
    call = await client.post(f"{API}/call/v2/tryon", json=asked)
    event = call.raise_for_status().json()["event_id"]
    pictures, job = await answer(client, f"{API}/call/tryon/{event}")
    hue = -1
    if pictures:
        picture = await client.get(pictures[0]["url"])
        hue = await asyncio.to_thread(hue_of, picture.raise_for_status().content)
    return Outcome(job["state"], job["message"] or "", hue, time.monotonic() - began)


async def answer(client: httpx.AsyncClient, url: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The last word of a call's event stream."""
    event = ""
    async with client.stream("GET", url) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: ") and event == "complete":
                pictures, job = json.loads(line.removeprefix("data: "))
                return pictures, job
            elif line.startswith("data: ") and event == "error":
                raise RuntimeError(line)
    raise RuntimeError("the stream ended without an answer")


async def crowd(url: str, visitors: int, model: str = "Theo") -> list[Outcome | BaseException]:
    """All visitors at once; who is not done in time is told as `TimeoutError`."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=LIMIT_S, limits=limits) as client:
        visits = [asyncio.create_task(visit(client, number, model)) for number in range(visitors)]
        await asyncio.wait(visits, timeout=LIMIT_S)
        for late in visits:
            late.cancel()
        return list(await asyncio.gather(*visits, return_exceptions=True))


def complaints(server: Server) -> list[str]:
    """The commonest lines of a server's log from warnings on, without what differs from job to job."""
    lines = server.log.read_text("utf-8", "replace").splitlines()
    plain = (re.sub(r"[0-9a-f]{12,}|[0-9.:+T-]{10,}|[0-9]+\.[0-9]+", "…", line) for line in lines)
    loud = Counter(line for line in plain if '"level": "info"' not in line and not line.startswith("INFO"))
    return [f"{server.log.name}: {times} x {line[:200]}" for line, times in loud.most_common(8)]


def told(outcomes: list[Outcome | BaseException], pages: PageTimes, app: Server, vendors: Server) -> bool:
    """Prints what was seen; whether all went well."""
    ended = [outcome for outcome in outcomes if isinstance(outcome, Outcome)]
    mixed = sum(o.hue != i % HUES for i, o in enumerate(outcomes) if isinstance(o, Outcome))
    waits = sorted(outcome.seconds for outcome in ended) or [0.0]
    lines = (
        f"visitors: {len(outcomes)}; jobs ended: {dict(Counter(outcome.state for outcome in ended))}",
        f"words of those that failed: {dict(Counter(o.message for o in ended if o.state != 'succeeded'))}",
        f"errors: {dict(Counter(repr(o)[:120] for o in outcomes if not isinstance(o, Outcome)))}",
        f"pictures in another's colour: {mixed}",
        f"wait: median {statistics.median(waits):.0f} s, longest {waits[-1]:.0f} s",
        f"page meanwhile: median {pages.percentile(50):.2f} s, 95th percentile {pages.percentile(95):.2f} s",
        f"peak memory: app {app.peak_mb():.0f} MB, sandbox {vendors.peak_mb():.0f} MB",
    )
    sys.stdout.write("\n".join((*lines, *complaints(app), *complaints(vendors))) + "\n")
    bound = max(app.peak_mb(), vendors.peak_mb()) < MOST_MB
    return bound and not mixed and [outcome.state for outcome in ended] == ["succeeded"] * len(outcomes)
