"""Commands on a studio of their own, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any

from tryon_cli.backends.backend import Away, Named, Packed, Refused, refused
from tryon_cli.backends.seen_collection import SeenCollection, seen_collection
from tryon_cli.backends.seen_job import SeenJob, seen_job
from tryon_cli.words import Words
from tryon_core import (
    Collection,
    Copies,
    Cover,
    Job,
    NewCollection,
    NoPublicAddress,
    RefineDraft,
    Request,
    StorageFault,
    Studio,
    TryOnError,
    Which,
    collection_facts,
    plan_facts,
)

ME = "cli"  # whose the jobs are: whoever can read the folder


class OwnStudio:
    """A `Backend` that is a studio."""

    name = "own"

    def __init__(self, studio: Studio, words: Words, options: tuple[str, ...]) -> None:
        self._studio, self._words, self.options = studio, words, options

    async def begin(self, request: Request, *, vendor: str, again: bool) -> SeenJob:
        with self._in_words():
            sent = await self._studio.submit_or_offer(request, visitor=ME, vendor=vendor, offer=not again)
            return self._seen(await self._studio.job(sent.job_id, visitor=ME))

    async def watch(self, job_id: str) -> AsyncIterator[SeenJob]:
        with self._in_words():
            async for job in self._studio.watch(job_id, visitor=ME):
                yield self._seen(job)

    async def jobs(self) -> tuple[SeenJob, ...]:
        with self._in_words():
            return tuple(map(self._seen, await self._studio.jobs(visitor=ME)))

    async def fetch(self, job_id: str, name: str, target: Path) -> None:
        path = self._studio.picture_path(job_id, name)
        if path is None:
            raise Away(self._words("picture_gone", name=name))
        copyfile(path, target)

    async def plan_collection(self, new: NewCollection, *, examined: bool) -> Mapping[str, Any]:
        with self._in_words():
            return plan_facts(await self._studio.collections.plan(new, visitor=ME, examined=examined))

    async def begin_collection(self, new: NewCollection, *, confirmed: bool, again: bool) -> SeenCollection:
        with self._in_words():
            made = await self._studio.collections.create(new, visitor=ME, confirmed=confirmed, again=again)
            return self._all_of(made)

    async def watch_collection(self, collection_id: str) -> AsyncIterator[SeenCollection]:
        with self._in_words():
            async for seen in self._studio.collections.watch(collection_id, visitor=ME):
                yield self._all_of(seen)

    async def archive(self, job_id: str, target: Path) -> None:
        with self._in_words():
            copyfile(await self._studio.archive(job_id, visitor=ME), target)

    async def collections(self) -> tuple[Named, ...]:
        with self._in_words():
            found = await self._studio.collections.list(visitor=ME)
        return tuple(Named(one.id, one.name) for one in found)

    async def archive_collection(self, collection_id: str, target: Path, *, packed: Packed) -> None:
        with self._in_words():
            made = await self._studio.collections.export.zip(
                collection_id,
                visitor=ME,
                which=Which.ALL,
                pattern=packed.pattern,
                copies=Copies.LABELLED if packed.labelled else Copies.ORIGINAL,
                cover=Cover(language=self._words.language),
            )
        with target.open("wb") as file:
            await asyncio.to_thread(file.writelines, made.chunks)

    async def take_up(self, job: SeenJob, task_id: str) -> SeenJob:
        with self._in_words():
            if task_id:
                return self._seen(await self._studio.adopt_task(job.id, task_id, visitor=ME))
            return self._seen(await self._studio.poll_again(job.id, visitor=ME))

    async def refine_draft(self, job_id: str, number: int) -> RefineDraft:
        """What is known for refining a picture of a job. Raises `Refused`."""
        with self._in_words():
            return await self._studio.refine_draft(job_id, number, visitor=ME)

    def _all_of(self, collection: Collection) -> SeenCollection:
        return seen_collection(collection_facts(collection, self._words.language))

    def _seen(self, job: Job) -> SeenJob:
        return seen_job(job.as_json(self._words.language))

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except TryOnError as error:
            raise self._said(error) from error

    def _said(self, error: TryOnError) -> Exception:
        problem = error.problem.in_language(self._words.language)
        if isinstance(error, NoPublicAddress):  # its advice is for an app, which serves
            return Refused(f"{problem.what} {self._words('no_address')}", code=problem.code)
        return Away(str(refused(problem))) if isinstance(error, StorageFault) else refused(problem)
