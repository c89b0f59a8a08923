"""A vendor that answers by a row of the table, with a clock that jumps; and nothing of the sandbox."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.core import fakes
from tests.core.mortal import World, engine_of, new_process
from tests.core.submitting import submit
from tests.core.vendor_double import RESULTS, made
from tryon_core import (
    Charged,
    FilePicture,
    Garment,
    Job,
    JobState,
    LinkPicture,
    PersonGender,
    RefineRequest,
    Request,
    Suit,
    TryOnRequest,
)

AIDGE, AILAB = "aidge", "ailab"
PRESENT = httpx.Response  # an answer that is there at once
Said = httpx.Response | Exception | Callable[[World], httpx.Response]
PAGE = "<html><body>Sorry</body></html>"
FAR_ZONE = "Wed, 15 Nov 2023 22:13:20 +99999999999999"  # two moments that no calendar has
FAR_YEAR = "Wed, 15 Nov 99999999999999999999 22:13:20 GMT"
BYTE_S = 20.0  # between two bytes of a slow answer: shorter than any read time-out
QUICK_S = 0.05  # the longest that an exchange takes in these tests, for real
LINKS = tuple(f"https://{RESULTS}/{number}.png?Expires=1&Signature=s" for number in (1, 2))


@dataclass(frozen=True)
class Row:
    """One answer, in its place among those of a vendor that is otherwise fine, and what the job comes to.

    The last answer of `forever` rows stays; `said` is in the words that the visitor reads and `unsaid` in
    none of them.
    """

    name: str
    vendor: str
    state: JobState
    charged: Charged
    pictures: int
    submits: int = 1
    on_submit: tuple[Said, ...] = ()
    on_poll: tuple[Said, ...] = ()
    on_result: tuple[Said, ...] = ()
    forever: bool = False
    said: str = ""
    unsaid: str = ""
    failed: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a row came to."""

    job: Job
    submits: int
    lasted_s: float


def said(body: object, status: int = 200, /, **headers: str) -> httpx.Response:
    """An answer of JSON; a header's name is given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=body, headers=named)


def page(status: int, text: str = PAGE, /, **headers: str) -> httpx.Response:
    """An answer without a word of the vendor's service."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, text=text, headers=named)


def packed(body: object) -> httpx.Response:
    """JSON as a gateway may compress it, though nobody wants that."""
    data = gzip.compress(json.dumps(body).encode())
    return httpx.Response(200, content=data, headers={"content-encoding": "gzip"})


class Drops(httpx.AsyncByteStream):
    """A body that comes slowly, or without end."""

    def __init__(self, world: World, chunk: bytes, seconds: float, pause: float) -> None:
        self.world, self.chunk, self.seconds, self.pause = world, chunk, seconds, pause

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.world.time += self.seconds
            await asyncio.sleep(self.pause)
            yield self.chunk


def trickle(world: World) -> httpx.Response:
    """One byte every 20 seconds, without end."""
    return httpx.Response(200, stream=Drops(world, b" ", BYTE_S, QUICK_S / 2))


def endless(world: World) -> httpx.Response:
    """As much as is taken."""
    return httpx.Response(200, stream=Drops(world, b" " * 256 * 1024, 0.0, 0.0))


class Container:
    """A studio and the vendors and the result host that it meets, one row after the other."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder / "data")
        photo = folder / "photo.jpg"
        photo.write_bytes(fakes.picture(151, 151, "JPEG"))
        same = FilePicture(photo)
        self.requests: dict[str, Request] = {
            AIDGE: TryOnRequest((Suit((Garment(LinkPicture("https://shop.test/hoodie.png")),)),), count=2),
            AILAB: RefineRequest(same, same, same, PersonGender.MAN),
        }
        self.scripts: dict[str, deque[Said]] = {}
        self.forever = False
        self.submits = 0
        self.world.vendors = self.answer  # type: ignore[assignment]
        self.studio = new_process(self.world)

    async def outcome(self, row: Row) -> Outcome:
        """The end of a job that met the answers of a row."""
        self.scripts = {
            "submit": deque(row.on_submit),
            "poll": deque(row.on_poll),
            "result": deque(row.on_result),
        }
        self.forever, self.submits = row.forever, 0
        job = await submit(self.studio, self.requests[row.vendor], visitor=row.name)
        begun = self.world.time
        await engine_of(self.studio).drive()
        lasted = self.world.time - begun
        return Outcome(await self.studio.job(job.id, visitor=row.name), self.submits, lasted)

    def answer(self, request: httpx.Request) -> httpx.Response:
        call = _call_of(request)
        self.submits += call == "submit"
        script = self.scripts[call]
        if not script:
            return _FINE[call](request)
        given = script[0] if self.forever and len(script) == 1 else script.popleft()
        if isinstance(given, Exception):
            raise given
        return given if isinstance(given, httpx.Response) else given(self.world)


def _call_of(request: httpx.Request) -> str:
    if request.url.host.lower() == RESULTS:
        return "result"
    polls = request.url.path.endswith(("tryon-results", "query-async-task-result"))
    return "poll" if polls else "submit"


def _accepted(request: httpx.Request) -> httpx.Response:
    if AIDGE in request.url.host:
        return said({"code": "0", "resCode": "200", "success": "true", "data": {"result": {"taskId": "t-1"}}})
    return said({"error_code": 0, "task_id": "t-1"})


def finished_part(*links: str) -> dict[str, object]:
    """A finished sub-task, as the query page shows it."""
    images = [{"imageUrl": link, "clothes": "https://shop.test/hoodie.png"} for link in links]
    return {"taskStatus": "finished", "taskResult": {"result": {"imageList": images}}}


def _finished(request: httpx.Request) -> httpx.Response:
    if AILAB in request.url.host:
        return said({"error_code": 0, "task_status": 2, "output": {"image_url": LINKS[0]}})
    parts = [finished_part(link) for link in LINKS]
    return said({"resCode": "200", "data": {"taskStatus": "finished", "taskResult": parts}})


def _picture(request: httpx.Request) -> httpx.Response:
    """A picture of its own for each address, its query included."""
    return httpx.Response(200, content=made(sum(request.url.raw_path)))


_FINE: dict[str, Callable[[httpx.Request], httpx.Response]] = {
    "submit": _accepted,
    "poll": _finished,
    "result": _picture,
}
