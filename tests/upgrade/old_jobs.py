"""Jobs in every state, by the version in whose checkout this runs: `old_jobs.py LIST first|last SECONDS`.

The first process ends as it should, the last one kills itself in the middle of its work; both live so many
seconds in the past. LIST is the file that tells afterwards which job is which, and what that version said of
it. Started by the makers of stored data, with the app's settings in the environment.
"""
# mypy: ignore-errors
# It is that version's code that this is written for: today's may have other names.

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from PIL import Image
from told import Told, told
from vendors import OWN_KEY, vendors_on

from tests.core import fakes
from tests.core.crashing import QuickClock
from tryon_core import (
    AilabKey,
    FilePicture,
    Garment,
    GarmentType,
    Job,
    JobState,
    LibraryModel,
    LinkPicture,
    PersonGender,
    Picture,
    RefineRequest,
    Request,
    Secret,
    Settings,
    Studio,
    Suit,
    TryOnRequest,
    open_studio,
)
from tryon_core.clock import Clock, SystemClock

ANN, BEN = "visitor-ann", "visitor-ben"
LINK = "https://shop.example/summer/skirt.jpg?Signature=made-up"
SIZE, QUALITY = (216, 288), 90  # AILab takes no picture of less than 151 pixels, nor one of less than 5 KB
PERSON = "white_shirt"  # to the sandbox, any picture is one of a person
PATIENCE_S = 120.0
ONE_A_MINUTE = "1"
AGO_S = float(sys.argv[3])


class PastClock(SystemClock):
    """Goes as time does, long ago."""

    def now(self) -> float:
        return super().now() - AGO_S


class QuickPastClock(PastClock, QuickClock):
    """Nobody waits seconds for a question either."""


class OldStudio:
    """The studio of the old version, and the vendors that it works with, by name."""

    def __init__(
        self, studio: Studio, vendors: dict[str, httpx.AsyncClient], photos: Path, jobs: dict[str, Told]
    ) -> None:
        self.studio, self.vendors, self._photos, self.jobs = studio, vendors, photos, jobs

    def photo(self, name: str, kind: str = "JPEG") -> FilePicture:
        """One of the app's own sample garments, small."""
        buffer = io.BytesIO()
        with Image.open(Path("assets") / "garments" / f"{name}.jpg") as sample:
            sample.convert("RGB").resize(SIZE).save(buffer, kind, quality=QUALITY)
        return fakes.file(self._photos, f"{name}.{kind.lower()}", buffer.getvalue())

    def tryon(self, picture: Picture, count: int = 2) -> TryOnRequest:
        return TryOnRequest(
            (Suit((Garment(picture, GarmentType.AUTO),)),), LibraryModel("James"), count=count
        )

    def refine(self, coarse: str) -> RefineRequest:
        """The top is a WebP, which is mended for AILab."""
        person, top = self.photo(PERSON), self.photo("hoodie", "WEBP")
        return RefineRequest(person, top, self.photo(coarse), PersonGender.MAN)

    async def order(self, **fault: str) -> None:
        """Orders what goes wrong next at a vendor."""
        vendor = self.vendors[fault["on"].partition(".")[0]]
        (await vendor.post("/_sandbox/faults", json=[fault])).raise_for_status()

    async def tasks(self) -> set[str]:
        """The ids of AILab's tasks."""
        return {task["id"] for task in (await self.vendors["ailab"].get("/_sandbox/tasks")).json()}

    async def begin(self, name: str, request: Request, visitor: str = ANN) -> Job:
        job = await self.studio.submit(request, visitor=visitor)
        self.jobs[name] = {"visitor": visitor, "job": {"id": job.id}}
        return job

    async def bring(self, name: str, request: Request, state: JobState, visitor: str = ANN) -> Job:
        """A job that comes to the end that was meant for it."""
        job = await self.until(await self.begin(name, request, visitor), lambda job: job.state.ended, visitor)
        return expected(name, job, state)

    async def until(self, job: Job, seen: Callable[[Job], bool], visitor: str = ANN) -> Job:
        async with asyncio.timeout(PATIENCE_S):
            async for now in self.studio.watch(job.id, visitor=visitor):
                if seen(now):
                    return now
        raise RuntimeError(f"what was waited for did not come: {now}")

    async def tell(self, name: str) -> None:
        """Keeps what this version says of a job, for the next one to be measured by."""
        seen = self.jobs[name]
        seen["job"] = told(await self.studio.job(seen["job"]["id"], visitor=seen["visitor"]))


def expected(name: str, job: Job, state: JobState) -> Job:
    if job.state is not state:
        raise RuntimeError(f"{name}: the job is {job.state}, {job.problem}")
    return job


def small_picture(_request: httpx.Request) -> httpx.Response:
    """What every link leads to."""
    buffer = io.BytesIO()
    Image.new("RGB", SIZE, "olive").save(buffer, "PNG")
    return httpx.Response(200, content=buffer.getvalue())


def read_list(listed: Path) -> dict[str, Told]:
    return json.loads(listed.read_text()) if listed.exists() else {}


def write_list(listed: Path, jobs: dict[str, Told]) -> None:
    listed.write_text(json.dumps(jobs, indent=1) + "\n")


@asynccontextmanager
async def at_work(listed: Path, clock: Clock, **settings: str) -> AsyncIterator[OldStudio]:
    jobs = read_list(listed)
    old = Settings.load({**os.environ, **settings})
    sandbox = httpx.ASGITransport(vendors_on(old.data_dir, AGO_S))
    studio = open_studio(old, sandbox=sandbox, clock=clock, web=fakes.web(small_picture))
    await studio.start()
    with TemporaryDirectory() as photos:
        async with (
            httpx.AsyncClient(transport=sandbox, base_url="http://sandbox.invalid") as aidge,
            httpx.AsyncClient(base_url=os.environ["AILAB_BASE_URL"], timeout=PATIENCE_S) as ailab,
        ):
            yield OldStudio(studio, {"aidge": aidge, "ailab": ailab}, Path(photos), jobs)
    await studio.stop()
    write_list(listed, jobs)


async def first(listed: Path) -> None:
    """All the ends that a job can come to, by a process that is stopped as it should be."""
    async with at_work(listed, QuickPastClock()) as old:
        await finish(old)
        await go_wrong(old)
        for name in tuple(old.jobs):
            await old.tell(name)


async def finish(old: OldStudio) -> None:
    done = JobState.SUCCEEDED
    await old.bring("finished try-on", old.tryon(old.photo("hoodie")), done)
    refined = await old.bring("finished refine", old.refine("hoodie"), done)
    pinned = await old.bring("pinned", old.tryon(old.photo("jeans")), done)
    await old.studio.pin(pinned.id, True, visitor=ANN)
    await old.order(on="aidge.submit", fault="fail_subtask:1")
    renamed = await old.bring("renamed, one picture failed", old.tryon(old.photo("dress")), done)
    await old.studio.rename(renamed.id, "Mum’s summer dress", visitor=ANN)
    await old.bring("given as a link", old.tryon(LinkPicture(LINK)), done)
    await old.bring("another visitor's", old.tryon(old.photo("hoodie")), done, BEN)
    picked = await old.studio.pick_up(refined.vendor, await sent_from_elsewhere(old), visitor=ANN)
    old.jobs["picked up"] = {"visitor": ANN, "job": {"id": picked.id}}
    expected("picked up", await old.until(picked, lambda job: job.state.ended), done)


async def sent_from_elsewhere(old: OldStudio) -> str:
    """The id of a task that another program sent with the same key."""
    fields = {"person_image": PERSON, "top_garment": "tee", "coarse_image": "tee"}
    files = {field: old.photo(name).path.read_bytes() for field, name in fields.items()}
    answer = await old.vendors["ailab"].post(
        "/api/portrait/enhance/try-on-clothes-refiner",
        data={"task_type": "async", "gender": "woman"},
        files={field: (f"{field}.jpg", data, "image/jpeg") for field, data in files.items()},
        headers={"ailabapi-api-key": os.environ["AILAB_API_KEY"]},
    )
    return str(answer.json()["task_id"])


async def go_wrong(old: OldStudio) -> None:
    await old.order(on="ailab.submit", fault="code:FILE_CONTENT_NON_COMPLIANCE")
    await old.bring("failed", old.refine("jeans"), JobState.FAILED)
    await old.order(on="ailab.query", fault="code:ERROR_NOT_ENOUGH_CREDITS")
    await old.bring("overdue", old.refine("dress"), JobState.OVERDUE)
    await old.order(on="ailab.query", fault="expire")
    await old.bring("expired", old.refine("skirt"), JobState.EXPIRED)
    before = await old.tasks()
    await old.order(on="ailab.submit", fault="drop_after")
    await old.bring("uncertain", old.refine("tee"), JobState.UNCERTAIN)
    (old.jobs["uncertain"]["lost_task"],) = await old.tasks() - before


async def last(listed: Path) -> None:
    """Jobs in the middle of their work, when their process is killed."""
    async with at_work(listed, PastClock(), AIDGE_SUBMITS_PER_MINUTE=ONE_A_MINUTE) as old:
        slow = await old.vendors["aidge"].post("/_sandbox/timing", json={"per_image_s": 6.0})
        slow.raise_for_status()
        running = await old.begin("running", old.tryon(old.photo("sweater")))
        await old.until(running, lambda job: len(job.pictures) == 1)
        waiting = await old.begin("submitting", old.tryon(old.photo("shirt")))
        await sent_unanswered(old)
        await sent_with_own_key(old)
        for name in ("running", "submitting", "sent, unanswered", "sent with an own key"):
            await old.tell(name)
        expected("running", await old.studio.job(running.id, visitor=ANN), JobState.RUNNING)
        expected("submitting", await old.studio.job(waiting.id, visitor=ANN), JobState.SUBMITTING)
        write_list(listed, old.jobs)
        os.kill(os.getpid(), signal.SIGKILL)


async def sent_unanswered(old: OldStudio) -> None:
    """A submit that the vendor has carried out, and not answered yet."""
    before = await old.tasks()
    await old.order(on="ailab.submit", fault=f"delay:{PATIENCE_S:.0f}")
    await old.begin("sent, unanswered", old.refine("trousers"))
    for _ in range(100):
        if new := await old.tasks() - before:
            (old.jobs["sent, unanswered"]["lost_task"],) = new
            return
        await asyncio.sleep(0.05)
    raise RuntimeError("nothing was sent")


async def sent_with_own_key(old: OldStudio) -> None:
    """A job that goes on only when its visitor gives the key again."""
    old.studio.use_key(AilabKey(Secret(OWN_KEY)), visitor=BEN)
    job = await old.begin("sent with an own key", old.refine("sweater"), BEN)
    await old.until(job, lambda job: bool(job.task_id), BEN)


if __name__ == "__main__":
    asyncio.run({"first": first, "last": last}[sys.argv[2]](Path(sys.argv[1])))
