"""Commands on the jobs of a running app, by its endpoints."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from tryon_cli.backends.backend import Away, Named, Packed, Refused
from tryon_cli.backends.collection_call import collection_given
from tryon_cli.backends.endpoints import API, Endpoints
from tryon_cli.backends.job_call import job_given
from tryon_cli.backends.seen_collection import SeenCollection, seen_collection
from tryon_cli.backends.seen_job import SeenJob, seen_job
from tryon_cli.words import Words
from tryon_core import (
    FilePicture,
    LinkPicture,
    NewCollection,
    Picture,
    RefineDraft,
    Request,
    TryOnRequest,
)

LOOK_S = 1.0  # between two looks at a job
COLLECTION_LOOK_S = 3.0  # at a collection, which may be a megabyte
T = TypeVar("T")
AWAY_S = 120.0  # that an app may be away while its jobs are watched: it may be started anew


@dataclass(frozen=True, slots=True)
class Passing:
    """How time passes: Unix seconds that only grow, and a wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class RunningApp:
    """A `Backend` that is a running app. `identity` is who asks: its jobs are those that are seen."""

    name = "server"

    def __init__(
        self,
        endpoints: Endpoints,
        words: Words,
        identity: str,
        options: tuple[str, ...],
        passing: Passing | None = None,
    ) -> None:
        self._endpoints, self._words, self._me = endpoints, words, {"identity": identity}
        self.options = options
        self._passing = passing or Passing()
        self._given_of: dict[int, Mapping[str, object]] = {}

    async def begin(self, request: Request, *, vendor: str, again: bool) -> SeenJob:
        given = await job_given(request, self._sent)
        name = "tryon" if isinstance(request, TryOnRequest) else "refine"
        _, job = await self._endpoints.first(name, **given, vendor=vendor, again=again, **self._me)
        return seen_job(job)

    async def watch(self, job_id: str) -> AsyncIterator[SeenJob]:
        async for job in self._looked(lambda: self._job(job_id), LOOK_S):
            yield job
            if job.state.ended:
                return

    async def jobs(self) -> tuple[SeenJob, ...]:
        [jobs] = await self._endpoints.first("jobs", **self._me)
        return tuple(map(seen_job, jobs))

    async def fetch(self, job_id: str, name: str, target: Path) -> None:
        picture = await self._endpoints.bytes_at(f"{API}/ext/files/{quote(job_id)}/{quote(name)}")
        await asyncio.to_thread(target.write_bytes, picture)

    async def plan_collection(self, new: NewCollection, *, examined: bool) -> Mapping[str, Any]:
        given = await self._collection_given(new)
        [told] = await self._endpoints.first("collection", **given, only_plan=True, **self._me)
        plan: Mapping[str, Any] = told["plan"]
        return plan

    async def begin_collection(self, new: NewCollection, *, confirmed: bool, again: bool) -> SeenCollection:
        given = await self._collection_given(new)
        sure = {"confirmed": confirmed, "again": again}
        [told] = await self._endpoints.first("collection", **given, **sure, **self._me)
        return seen_collection(told)

    async def watch_collection(self, collection_id: str) -> AsyncIterator[SeenCollection]:
        async def look() -> SeenCollection:
            [[told]] = await self._endpoints.first("collections", id=collection_id, **self._me)
            return seen_collection(told)

        async for seen in self._looked(look, COLLECTION_LOOK_S):
            yield seen
            if seen.ended:
                return

    async def collections(self) -> tuple[Named, ...]:
        [told] = await self._endpoints.first("collections", **self._me)
        return tuple(Named(str(one["id"]), str(one["name"])) for one in told)

    async def archive_collection(self, collection_id: str, target: Path, *, packed: Packed) -> None:
        [[told]] = await self._endpoints.first("collections", id=collection_id, **self._me)
        asked = {"which": "all", "pattern": packed.pattern} | ({"labelled": "1"} if packed.labelled else {})
        await self._endpoints.file_at(f"/{told['zip']}?{urlencode(asked)}", target)

    async def archive(self, job_id: str, target: Path) -> None:
        raise Refused(self._words("page_exports"))

    async def take_up(self, job: SeenJob, task_id: str) -> SeenJob:
        raise Refused(self._words("page_takes_up"))

    async def refine_draft(self, job_id: str, number: int) -> RefineDraft:
        raise Refused(self._words("page_refines"))

    async def _looked(self, look: Callable[[], Awaitable[T]], every_s: float) -> AsyncIterator[T]:
        """What is seen, whenever it is something else. Raises `Away` when the app is away for long."""
        shown, answered = None, self._passing.now()
        while True:
            try:
                seen = await look()
                answered = self._passing.now()
                if seen != shown:
                    yield seen
                shown = seen
            except Away:
                if self._passing.now() - answered > AWAY_S:
                    raise
            await self._passing.sleep(every_s)

    async def _collection_given(self, new: NewCollection) -> Mapping[str, object]:
        """What `/collection` takes; files are sent once for a plan and its beginning."""
        if id(new) not in self._given_of:
            self._given_of[id(new)] = await collection_given(new, self._sent, self._words)
        return self._given_of[id(new)]

    async def _job(self, job_id: str) -> SeenJob:
        [job] = await self._endpoints.first("job", id=job_id, **self._me)
        return seen_job(job)

    async def _sent(self, picture: Picture) -> Any:
        match picture:
            case FilePicture(path):
                return await self._endpoints.upload(path)
            case LinkPicture(url):
                return url
            case _:
                raise TypeError("a link whose address is not kept")
