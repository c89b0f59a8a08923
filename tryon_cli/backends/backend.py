"""What commands work with: a studio of their own, or a running app. Both are this."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tryon_cli.backends.seen_collection import SeenCollection
from tryon_cli.backends.seen_job import SeenJob
from tryon_core import SHORT_ID, NewCollection, Problem, RefineDraft, Request


class Refused(Exception):
    """Nothing was begun, in words for the user; `facts` is what scripts get of it."""

    def __init__(self, text: str, **facts: str) -> None:
        super().__init__(text)
        self.text, self.facts = text, facts


class Away(Exception):
    """The data folder, the server or the folder for pictures is not there for us; in words for the user."""


@dataclass(frozen=True, slots=True)
class Named:
    """A collection in a list."""

    id: str
    name: str

    @property
    def known_as(self) -> str:
        """What is typed for it: its name, or how its id begins."""
        return f"{self.name} ({self.id[:SHORT_ID]})"


@dataclass(frozen=True, slots=True)
class Packed:
    """How a collection's zip is made: the names of its files, and whether copies carry the AI label."""

    pattern: str
    labelled: bool


class Backend(Protocol):
    """Takes requests, and shows the jobs of who runs the commands. Every method may raise `Away`."""

    name: str  # begins the keys of what is said of it: "own" or "server"
    options: tuple[str, ...]  # by which a later command comes to the same jobs

    async def begin(self, request: Request, *, vendor: str, again: bool) -> SeenJob:
        """The job of a request; an equal one that runs or, unless `again`, is finished. Raises `Refused`."""
        ...

    def watch(self, job_id: str) -> AsyncIterator[SeenJob]:
        """The job as it is, then at each change; ends when the job has ended."""
        ...

    async def jobs(self) -> tuple[SeenJob, ...]:
        """All jobs, newest first."""
        ...

    async def fetch(self, job_id: str, name: str, target: Path) -> None:
        """Writes a picture of a job into a new file, to the byte."""
        ...

    async def archive(self, job_id: str, target: Path) -> None:
        """Writes a zip of a job's pictures, with a manifest, into a new file. Raises `Refused`."""
        ...

    async def collections(self) -> tuple[Named, ...]:
        """All collections, newest first."""
        ...

    async def archive_collection(self, collection_id: str, target: Path, *, packed: Packed) -> None:
        """Writes a zip of all pictures of a collection, with manifests, into a new file. Raises `Refused`."""
        ...

    async def refine_draft(self, job_id: str, number: int) -> RefineDraft:
        """What is known for refining picture `number` of a job. Raises `Refused`."""
        ...

    async def plan_collection(self, new: NewCollection, *, examined: bool) -> Mapping[str, Any]:
        """What a collection would use, as `plan_facts` tells it; nothing is begun. With `examined` its
        pictures are looked at; a running app always does. Raises `Refused`."""
        ...

    async def begin_collection(self, new: NewCollection, *, confirmed: bool, again: bool) -> SeenCollection:
        """Begins all jobs of a collection, or none. Raises `Refused`."""
        ...

    def watch_collection(self, collection_id: str) -> AsyncIterator[SeenCollection]:
        """The collection as it is, then at each change; ends with its last job. Raises `Refused`."""
        ...

    async def take_up(self, job: SeenJob, task_id: str) -> SeenJob:
        """Goes on with a job that ended without all of its pictures; with the task id that was found in the
        vendor's console, where the job has none. Raises `Refused`."""
        ...


def refused(problem: Problem) -> Refused:
    """A problem in the words that it has."""
    text = f"{problem.what} {problem.todo}".strip()
    return Refused(text, field=problem.field, code=problem.code, request_id=problem.request_id)
