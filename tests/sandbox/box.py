"""What a caller of the sandbox needs: signatures, forms, photos, a shop that serves them, a small renderer.

Signing is written here from the vendor's page and its test vectors, not taken from the sandbox.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import threading
from dataclasses import dataclass, field

import anyio
import httpx
from PIL import Image

from tryon_sandbox import FetchError, NotWearable, RefineInput, SandboxApp, TryOnInput

SECRET = "sandbox-secret"
START = 1_800_000_000.0
PATIENCE_S = 30.0
SHIRT = "https://shop.example/shirt.jpg"
JEANS = "https://shop.example/jeans.jpg"
SUBMIT, SUBMIT_PRO, RESULTS = "/ai/virtual/tryon", "/ai/virtual/tryon-pro", "/ai/virtual/tryon-results"
REFINE = "/api/portrait/enhance/try-on-clothes-refiner"
POLL = "/api/common/query-async-task-result"
CREDITS = "/api/common/query-credits"
KEY = {"ailabapi-api-key": "sandbox"}
FILES = ("person_image", "top_garment", "coarse_image")
WORDS = {"task_type": "async", "gender": "woman"}

Json = dict[str, object]


class Gate:
    """Holds what is being drawn, in place of a renderer's `dress`, until it opens."""

    def __init__(self) -> None:
        self.opens, self._reached = threading.Event(), threading.Event()

    def drawn(self, _inputs: object) -> bytes:
        self._reached.set()
        return str(self.opens.wait(PATIENCE_S)).encode()

    async def reached(self) -> None:
        """Returns when a picture is being drawn."""
        assert await asyncio.to_thread(self._reached.wait, PATIENCE_S)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += seconds


def photo(
    width: int = 300, height: int = 400, kind: str = "PNG", level: int = 128, spread: int = 80
) -> bytes:
    """A photo of noise around a level of grey; noise, so that it weighs more than 5 KB."""
    noise = Image.effect_noise((width, height), spread).point(lambda value: (value + level) // 2)
    buffer = io.BytesIO()
    options = {"compress_level": 1} if kind == "PNG" else {}
    noise.convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


PHOTO = photo()
OTHER_PHOTO = photo(320, 500)
CRUMPLED = photo(level=0)
EXPLOSIVE = photo(301, 400)


@dataclass
class Shop:
    """Serves photos by URL, in place of the internet."""

    photos: dict[str, bytes] = field(default_factory=lambda: {SHIRT: PHOTO, JEANS: OTHER_PHOTO})
    asked: list[str] = field(default_factory=list)

    async def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.photos:
            raise FetchError("404")
        return self.photos[url]


class TinyRenderer:
    """Really makes pictures, of 24 pixels: the garment's mean colour, wider with the index.

    A dark garment cannot be worn when the quality gate is on; one 301 px wide makes it break.
    """

    def __init__(self) -> None:
        self.seen: list[TryOnInput | RefineInput] = []

    def library(self) -> frozenset[str]:
        return frozenset({"James", "Ariel"})

    def dress(self, inputs: TryOnInput) -> bytes:
        self.seen.append(inputs)
        garment = Image.open(io.BytesIO(inputs.garments[0].data)).convert("RGB")
        mean = garment.resize((1, 1), Image.Resampling.BOX)
        if garment.width == 301:
            raise RuntimeError("this renderer cannot draw that")
        if inputs.quality_gate and mean.convert("L").tobytes()[0] < 80:
            raise NotWearable("crumpled")
        return _png(mean.resize((24 + inputs.index, 24)))

    def refine(self, inputs: RefineInput) -> bytes:
        self.seen.append(inputs)
        return _png(Image.open(io.BytesIO(inputs.coarse)).convert("RGB"))


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def signed(now: float = START, /, **changes: str) -> dict[str, str]:
    """The six query parameters of an Aidge call; `changes` win, and "" leaves one out."""
    timestamp = changes.get("timestamp", str(int(now * 1000)))
    sign = hmac.new(SECRET.encode(), (SECRET + timestamp).encode(), hashlib.sha256).hexdigest().upper()
    query = {
        "partner_id": "aidge",
        "sign_method": "sha256",
        "sign_ver": "v2",
        "app_key": "sandbox",
        "timestamp": timestamp,
        "sign": sign,
    }
    return {name: value for name, value in (query | changes).items() if value}


def signed_by_sdk(now: float, api: str, form: dict[str, str], /, **changes: str) -> dict[str, str]:
    """The query of a call as the vendor's Java SDK signs it, whose own parameters go into a `form`.

    The path and all parameters by name are signed, and the SDK gives its own name as the partner.
    """
    query = {
        "app_key": "sandbox",
        "format": "json",
        "partner_id": "iop-sdk-java-20181207",
        "sign_method": "sha256",
        "simplify": "true",
        "timestamp": str(int(now * 1000)),
    } | changes
    text = api + "".join(name + value for name, value in sorted((query | form).items()))
    return query | {"sign": hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest().upper()}


def suit(*garments: Json, **fields: object) -> Json:
    """One element of `requestParams`: a single shirt by default, one picture."""
    clothes = list(garments) or [{"imageUrl": SHIRT, "type": "tops"}]
    return {"clothesList": clothes, "generateCount": 1} | fields


@dataclass
class Box:
    """A sandbox as a caller meets it, and its inside for those who must wait for it."""

    client: httpx.AsyncClient
    app: SandboxApp
    clock: Clock

    async def aidge(self, api: str, body: Json, **headers: str) -> httpx.Response:
        """Any Aidge call, rightly signed."""
        query = signed(self.clock.now)
        return await self.client.post(f"/rest{api}", params=query, json=body, headers=headers)

    async def sdk(self, api: str, form: dict[str, str], **changes: str) -> httpx.Response:
        """Any Aidge call as the vendor's Java SDK makes it."""
        query = signed_by_sdk(self.clock.now, api, form, **changes)
        return await self.client.post(f"/rest{api}", params=query, data=form)

    async def submit(self, *suits: Json, api: str = SUBMIT, **headers: str) -> httpx.Response:
        """A try-on of some suits, or of a shirt."""
        return await self.aidge(api, {"requestParams": json.dumps(list(suits) or [suit()])}, **headers)

    async def task(self, *suits: Json) -> str:
        """A try-on that is accepted; its task id."""
        answer = await self.submit(*suits)
        return str(answer.json()["data"]["result"]["taskId"])

    async def results(self, task_id: str) -> Json:
        """What Aidge says about a task."""
        return dict((await self.aidge(RESULTS, {"task_id": task_id})).json())

    async def refine(self, words: dict[str, str] = WORDS, /, **files: bytes) -> httpx.Response:
        """A refinement; `files` replace photos of the form, and b"" leaves one out."""
        photos = {**dict.fromkeys(FILES, PHOTO), **files}
        parts = {name: (f"{name}.png", data, "image/png") for name, data in photos.items() if data}
        return await self.client.post(REFINE, data=words, files=parts, headers=KEY)

    async def poll(self, task_id: str) -> httpx.Response:
        """What AILab says about a task."""
        return await self.client.get(POLL, params={"task_id": task_id}, headers=KEY)

    async def order(self, on: str, fault: str, **when: int) -> None:
        """Orders a fault, which must be understood."""
        answer = await self.client.post("/_sandbox/faults", json=[{"on": on, "fault": fault} | when])
        assert answer.status_code == 200, answer.text

    async def rendered(self) -> None:
        """Waits until every picture is made."""
        for _ in range(2_000):
            if not any(task.unsettled for task in self.app.sandbox.task_store.tasks()):
                return
            await anyio.sleep(0.005)
        raise TimeoutError("a picture was not made in time")

    async def finished_url(self) -> str:
        """The link to a picture of a new task, all waiting over."""
        task_id = await self.task()
        await self.rendered()
        self.clock.pass_seconds(60)
        return url_of(await self.results(task_id))


def url_of(answer: Json, index: int = 0) -> str:
    """The link to a sub-task's picture, by the page's example."""
    data = answer["data"]
    assert isinstance(data, dict)
    return str(data["taskResult"][index]["taskResult"]["result"]["imageList"][0]["imageUrl"])
