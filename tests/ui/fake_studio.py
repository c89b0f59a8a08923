"""A studio in memory with the interface of the real one: to test the page, and to look at it by hand."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import time
import zipfile
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

from PIL import Image, ImageDraw

from tests.ui.fake_collections import FakeCollections
from tests.ui.fake_gallery import FakeGallery
from tryon_core import (
    Allowance,
    Catalogue,
    Charged,
    FilePicture,
    InvalidRequest,
    Job,
    JobNotFound,
    JobState,
    Key,
    KeySource,
    Mode,
    PersonGender,
    PickedUp,
    Problem,
    RefineDraft,
    RefineRequest,
    Request,
    SavedPicture,
    Settings,
    Submission,
    TryOnRequest,
    pictures_of,
    vendor,
    vendors,
    vendors_for,
)
from tryon_core.images.advice import hints
from tryon_core.images.preflight import ensure_picture
from tryon_core.images.views import browser_view
from tryon_core.requests.request import Picture
from tryon_core.requests.request_parts import with_pictures
from tryon_core.secret import Secret
from tryon_core.storage.store import DeletionListener
from tryon_core.vendors.registry import image_rules


def _shape(request: Request | PickedUp) -> object:
    """What is asked for, by the contents of its pictures."""
    if isinstance(request, PickedUp):
        return request
    files = [
        picture.path.read_bytes() for _, picture in pictures_of(request) if isinstance(picture, FilePicture)
    ]
    nowhere = {name: FilePicture(Path("x")) for name, _ in pictures_of(request)}
    return with_pictures(request, dict(nowhere)), files


def draw(path: Path, word: str, size: tuple[int, int] = (768, 1024), colour: str = "#4f7d6b") -> Path:
    """A small real picture with a word on it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.new("RGB", size, "#dcdad7")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((size[0] // 4, size[1] // 6, size[0] * 3 // 4, size[1] * 5 // 6), 40, fill=colour)
    pen.text((size[0] // 3, size[1] // 2), word, fill="white", font_size=size[0] // 14)
    picture.save(path)
    return path


NO_GARMENT = Problem(
    "Aidge could not find a garment in the photo",
    "Use a photo that shows one garment laid flat or on a hanger, on a plain background. Then create again.",
    Charged.NO,
    "GARMENT_NOT_DETECTED",
)
NO_ANSWER = Problem(
    "The request was sent, but no answer came back",
    "Aidge may have accepted it. Check your console, or send it again: that could be charged twice.",
    Charged.UNKNOWN,
    "no answer after 30 s",
)
TOO_LATE = Problem(
    "Aidge has not finished after 10 minutes",
    "The task id is kept. Ask again later; nothing is sent twice.",
    Charged.UNKNOWN,
)
_ENDS = {
    JobState.FAILED: NO_GARMENT,
    JobState.UNCERTAIN: NO_ANSWER,
    JobState.OVERDUE: TOO_LATE,
    JobState.EXPIRED: replace(TOO_LATE, what="Aidge no longer has this task"),
}


@dataclass
class Kept:
    """A job with its owner and the bell that rings at a change."""

    job: Job
    owner: str
    signal: asyncio.Event = field(default_factory=asyncio.Event)


class FakeStudio:
    """`pace` is the seconds between two changes; `ends` is how each next job ends, the last one for ever."""

    def __init__(
        self,
        folder: Path,
        *,
        pace: float = 0.0,
        ends: tuple[JobState, ...] = (JobState.SUCCEEDED,),
        modes: Mapping[str, Mode] | None = None,
        key_source: Mapping[str, KeySource] = MappingProxyType({}),
        left: int | None = None,
        balance: float | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        where = SimpleNamespace(data_dir=folder, database_dir=None, public_url="", tools=False)
        self.settings = SimpleNamespace(**vars(where), auth=(), vendors=Settings.load({}).vendors)
        self.state_secret = Secret("a-secret-for-tests")
        self.started, self.well, self.port, self.share_link = False, True, 0, ""
        self.listeners: list[DeletionListener] = []
        self._folder, self._pace, self._now = folder, pace, now
        self._ends = list(ends)
        live = {one: KeySource.OPERATOR for one, mode in (modes or {}).items() if mode is Mode.LIVE}
        self._whose: dict[str, KeySource] = {**live, **key_source}
        self._left, self._balance = left, balance
        self.keys: dict[tuple[str, str], Key] = {}
        self._kept: dict[str, Kept] = {}
        self.gallery = FakeGallery(self._of, now)
        self.collections = FakeCollections()
        self._ids = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self.started = True

    async def stop(self) -> None:
        self.started = False
        for task in self._tasks:
            task.cancel()

    def serve_at(self, port: int) -> None:
        self.port = port

    @property
    def public_urls(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.settings.public_url, self.share_link)))

    async def is_full(self) -> bool:
        return False

    async def is_well(self) -> bool:
        return self.well

    def reachable_at(self, url: str) -> None:
        self.share_link = url

    def on_job_deleted(self, listener: DeletionListener) -> None:
        self.listeners.append(listener)

    def mode(self, vendor: str, *, visitor: str = "") -> Mode:
        return self.key_source(vendor, visitor=visitor).mode

    def key_source(self, vendor: str, *, visitor: str = "") -> KeySource:
        own = (visitor, vendor) in self.keys
        return KeySource.OWN if own else self._whose.get(vendor, KeySource.SANDBOX)

    def use_key(self, key: Key, *, visitor: str) -> None:
        fields = [part.field for part in vendor(key.vendor).credentials]
        if not all(key.credentials.get(field) for field in fields):
            raise InvalidRequest("key", "nothing", "the key as the vendor's console shows it")
        self.keys[visitor, key.vendor] = key

    def drop_key(self, vendor: str, *, visitor: str) -> None:
        self.keys.pop((visitor, vendor), None)

    async def allowance(self, *, visitor: str) -> Allowance:
        return Allowance(visitor=self._left, everybody=None)

    async def balance(self, vendor: str, *, visitor: str, at_most_s: float = 60.0) -> float | None:
        return self._balance if vendor == "ailab" else None

    async def submit_or_offer(
        self,
        request: Request,
        *,
        visitor: str,
        vendor: str = "",
        title: str | None = None,
        stem: str | None = None,
        offer: bool = True,
    ) -> Submission:
        earlier = self._earlier(request, visitor) if offer else None
        job = earlier or self._start(request, visitor, vendor, title)
        return Submission(job.id, offered=earlier is not None)

    def _start(self, request: Request, visitor: str, vendor: str, title: str | None) -> Job:
        job_id = hashlib.sha256(str(next(self._ids)).encode()).hexdigest()[:32]
        folder = self._folder / job_id
        spec = next((one for one in vendors() if one.id == vendor), vendors_for(request.capability)[0])
        job = Job(
            id=job_id,
            vendor=spec.id,
            vendor_name=spec.name,
            capability=request.capability,
            live=self.mode("aidge") is Mode.LIVE,
            title=title or "Hoodie, refined",
            request=with_pictures(request, self._copies(request, folder)),
            state=JobState.SUBMITTING,
            expected=request.expected_pictures,
            submitted_at=self._now(),
            usual=(70.0, 130.0),
        )
        self._kept[job_id] = Kept(job, visitor)
        end = self._ends.pop(0) if len(self._ends) > 1 else self._ends[0]
        task = asyncio.create_task(self._live(job_id, end))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def watch(self, job_id: str, *, visitor: str) -> AsyncIterator[Job]:
        seen: Job | None = None
        while seen is None or not seen.state.ended:
            kept = self._own(job_id, visitor)
            signal, job = kept.signal, kept.job
            if job != seen:
                seen = job
                yield job
            else:
                await signal.wait()

    async def job(self, job_id: str, *, visitor: str) -> Job:
        return self._own(job_id, visitor).job

    async def job_at(self, address: str, *, visitor: str) -> Job:
        found = [job for job in await self.jobs(visitor=visitor) if job.address == address]
        if len(found) != 1:
            raise JobNotFound
        return found[0]

    async def jobs(self, *, visitor: str) -> tuple[Job, ...]:
        return tuple(job for job in self._of(visitor) if not self.gallery.hides(job.id))

    def _of(self, visitor: str) -> list[Job]:
        return [kept.job for kept in reversed(self._kept.values()) if kept.owner == visitor]

    async def refine_draft(
        self, job_id: str, number: int, *, visitor: str, known: Catalogue | None = None
    ) -> RefineDraft:
        job = self._own(job_id, visitor).job
        if not isinstance(job.request, TryOnRequest) or not 1 <= number <= len(job.pictures):
            raise InvalidRequest("picture", str(number), "a picture of a try-on")
        top = next(
            picture.path for _, picture in pictures_of(job.request) if isinstance(picture, FilePicture)
        )
        note = "The person photo is not known: choose one."
        return RefineDraft(None, top, None, job.pictures[number - 1].path, PersonGender.MAN, (note,))

    async def poll_again(self, job_id: str, *, visitor: str) -> Job:
        return self._resume(self._own(job_id, visitor))

    async def adopt_task(self, job_id: str, task_id: str, *, visitor: str) -> Job:
        kept = self._own(job_id, visitor)
        if not task_id:
            raise InvalidRequest("task id", "nothing", "a task id")
        kept.job = replace(kept.job, task_id=task_id)
        return self._resume(kept)

    async def send_again(self, job_id: str, *, visitor: str) -> Job:
        job = self._own(job_id, visitor).job
        assert not isinstance(job.request, PickedUp)
        return self._start(job.request, visitor, job.vendor, job.title)

    async def check_picture(self, picture: Path, field: str, kind: str) -> None:
        ensure_picture(field, picture, image_rules(kind))

    async def browser_view(self, picture: Path, folder: Path, side: int) -> Path | None:
        return browser_view(picture, folder, side)

    async def hints(self, picture: Path, kind: str) -> tuple[str, ...]:
        return hints(picture, kind)

    def _earlier(self, request: Request, visitor: str) -> Job | None:
        for kept in reversed(self._kept.values()):
            same = kept.owner == visitor and _shape(kept.job.request) == _shape(request)
            if same and kept.job.state is JobState.SUCCEEDED:
                return kept.job
        return None

    async def rename(self, job_id: str, title: str, *, visitor: str) -> Job:
        self._own(job_id, visitor)
        self._change(job_id, title=title)
        return self._own(job_id, visitor).job

    async def pin(self, job_id: str, pinned: bool, *, visitor: str) -> Job:
        self._own(job_id, visitor)
        self._change(job_id, pinned=pinned)
        return self._own(job_id, visitor).job

    async def pick_up(self, vendor: str, task_id: str, *, visitor: str) -> Job:
        if not task_id.strip():
            raise InvalidRequest("task id", "nothing", "a task id")
        job_id = hashlib.sha256(f"{vendor}{task_id}".encode()).hexdigest()[:32]
        spec = next(one for one in vendors() if one.id == vendor)
        job = Job(
            id=job_id,
            vendor=spec.id,
            vendor_name=spec.name,
            capability=spec.capabilities[0],
            live=False,
            title=f"{spec.name} task {task_id}",
            request=PickedUp(),
            state=JobState.QUEUED,
            expected=0,
            submitted_at=self._now(),
            task_id=task_id,
        )
        self._kept[job_id] = Kept(job, visitor)
        return self._resume(self._kept[job_id])

    async def archive(self, job_id: str, *, visitor: str) -> Path:
        job = self._own(job_id, visitor).job
        path = self._folder / job_id / "pictures.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for picture in job.pictures:
                archive.write(picture.path, picture.name)
        return path

    def picture_path(self, job_id: str, name: str) -> Path | None:
        if job_id not in self._kept or "/" in name or name.startswith("."):
            return None
        path = self._folder / job_id / name
        return path if path.is_file() else None

    async def view(self, job_id: str, name: str, side: int) -> Path | None:
        return self.picture_path(job_id, name)

    def hosted(self, token: str, name: str) -> Path | None:
        return next(iter(self._folder.glob("*/*.png")), None) if token == "a-token" else None

    def _own(self, job_id: str, visitor: str) -> Kept:
        kept = self._kept.get(job_id)
        if kept is None or kept.owner != visitor or self.gallery.hides(job_id):
            raise JobNotFound
        return kept

    def _copies(self, request: Request, folder: Path) -> dict[str, Picture]:
        folder.mkdir(parents=True, exist_ok=True)
        copies: dict[str, Picture] = {}
        for key, picture in pictures_of(request):
            if isinstance(picture, FilePicture):
                copy = folder / f"{key}{picture.path.suffix}"
                copy.write_bytes(picture.path.read_bytes())
                copies[key] = FilePicture(copy)
        return copies

    def _resume(self, kept: Kept) -> Job:
        self._change(kept.job.id, state=JobState.QUEUED, problem=None, finished_at=None)
        task = asyncio.create_task(self._live(kept.job.id, JobState.SUCCEEDED))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return kept.job

    async def _live(self, job_id: str, end: JobState) -> None:
        await asyncio.sleep(self._pace)
        request_ids = ("2a1f09e417320668417e5fb2",)
        if end is JobState.UNCERTAIN:
            self._end(job_id, end)
            return
        self._change(job_id, state=JobState.QUEUED, task_id="task-1", request_ids=request_ids)
        await asyncio.sleep(self._pace)
        self._change(job_id, state=JobState.RUNNING)
        wanted = self._kept[job_id].job.expected if end is JobState.SUCCEEDED else 0
        for number in range(1, wanted + 1):
            await asyncio.sleep(self._pace)
            self._add_picture(job_id, number)
        self._end(job_id, end)

    def _add_picture(self, job_id: str, number: int) -> None:
        job = self._kept[job_id].job
        stem = job.title.lower().replace(" on ", "-").replace(" ", "-").replace(",", "")
        size = (768, 1024)
        if isinstance(job.request, RefineRequest) and isinstance(job.request.coarse, FilePicture):
            with Image.open(job.request.coarse.path) as coarse:
                size = coarse.size
        path = draw(self._folder / job_id / f"{stem}-{number}.png", f"Picture {number}", size)
        data = path.read_bytes()
        saved = SavedPicture(
            number, path.name, path, *size, len(data), hashlib.sha256(data).hexdigest(), "image/png"
        )
        self._change(job_id, pictures=(*job.pictures, saved))

    def _end(self, job_id: str, end: JobState) -> None:
        problem = _ENDS.get(end)
        charged = problem.charged if problem else Charged.NO
        self._change(job_id, state=end, problem=problem, finished_at=self._now(), charged=charged)

    def _change(self, job_id: str, **changes: object) -> None:
        kept = self._kept.get(job_id)
        if kept is None:
            return
        kept.job = replace(kept.job, **changes)  # type: ignore[arg-type]
        kept.signal.set()
        kept.signal = asyncio.Event()
