"""What a job is to those who look at it: frozen facts, made new at each change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tryon_core.errors import Charged, Problem
from tryon_core.identity import short_id
from tryon_core.requests.choices import Capability, PersonGender
from tryon_core.requests.request import Asked
from tryon_core.sentences import ENGLISH, in_language


class JobState(StrEnum):
    """How far a job is. The last five are ends; one without all pictures is taken up again by its task id."""

    SUBMITTING = "submitting"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    OVERDUE = "overdue"
    EXPIRED = "expired"

    @property
    def ended(self) -> bool:
        """Whether nothing goes on any more, however it ended; some can be taken up again."""
        return self not in (JobState.SUBMITTING, JobState.QUEUED, JobState.RUNNING)


RUNNING = tuple(state for state in JobState if not state.ended)
MAYBE_FETCHED = (JobState.UNCERTAIN, JobState.OVERDUE)  # ended here; the vendor may still be at work
FETCHABLE = RUNNING + MAYBE_FETCHED  # a vendor may want the pictures of such a job


class Mode(StrEnum):
    """Whether a vendor is the real one or the sandbox's copy of it."""

    LIVE = "live"
    SANDBOX = "sandbox"


@dataclass(frozen=True, slots=True)
class SavedPicture:
    """A result picture on this machine, to the byte as the vendor served it.

    `number` counts from 1 in the order of arrival, `width` and `height` are pixels as stored,
    `size` is bytes, `sha256` is hexadecimal.
    """

    number: int
    name: str
    path: Path
    width: int
    height: int
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Job:
    """One paid task of one visitor, from the click to the saved pictures.

    `vendor` is its id, `vendor_name` what readers know it by. Times are Unix seconds. `usual` is the 10th
    and 90th percentile of the seconds that comparable finished jobs took, or None when fewer than three are
    known. `request` holds the pictures of the job's own folder, or is `PickedUp` for a task of another
    program, of which `expected` pictures is 0: not known. `notes` tells what was done to the pictures and
    what came back incomplete; a `pinned` job is never cleared away. One that `waits_for_key` was begun with a
    visitor's own key, which is not here any more: it goes on when that is given again. `silent_since` is when
    the vendor of a running job last answered, while it does not, as far as this process knows.
    `collection_id` is the collection that it was made for.
    """

    id: str
    vendor: str
    vendor_name: str
    capability: Capability
    live: bool
    title: str
    request: Asked
    state: JobState
    expected: int
    submitted_at: float
    pictures: tuple[SavedPicture, ...] = ()
    failed_pictures: int = 0
    task_id: str = ""
    request_ids: tuple[str, ...] = ()
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    finished_at: float | None = None
    usual: tuple[float, float] | None = field(default=None, compare=False)
    charged: Charged = Charged.NO
    pinned: bool = False
    waits_for_key: bool = False
    silent_since: float | None = None
    collection_id: str | None = None

    @property
    def address(self) -> str:
        """What stands for the job in a page's address: its owner finds it by this, and nobody else can do
        anything with it. The whole id opens the job's pictures to whoever has it."""
        return short_id(self.id)

    def as_json(self, language: str = ENGLISH) -> dict[str, object]:
        """The job as scripts and agents get it: ids, that of its collection or null, state, the names of the
        pictures, what is missing of them, and how long such jobs usually take; no paths. Sentences are in
        `language`; what programs compare is the same in each."""
        problem = self.problem.in_language(language) if self.problem else None
        return {
            "id": self.id,
            "title": in_language(self.title, language),
            "collection": self.collection_id,
            "vendor": self.vendor,
            "live": self.live,
            "state": self.state.value,
            "task_id": self.task_id,
            "request_id": self.request_ids[-1] if self.request_ids else "",
            "message": f"{problem.what} {problem.todo}".strip() if problem else "",
            "charged": self.charged.value,
            "submitted_at": self.submitted_at,
            "finished_at": self.finished_at,
            "pictures": [picture.name for picture in self.pictures],
            "expected": self.expected,
            "failed_pictures": self.failed_pictures,
            "notes": [in_language(note, language) for note in self.notes],
            "usual": list(self.usual) if self.usual else None,
        }


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a request: a job; `offered` when it is an earlier one and nothing was sent."""

    job_id: str
    offered: bool


@dataclass(frozen=True, slots=True)
class RefineDraft:
    """What the refiner needs, taken from a finished try-on job, which has that title; None is for the visitor
    to fill in. `unknown` is the garment's photo where nothing tells whether it is a top, which stands for
    neither `top` nor `bottom` then."""

    person: Path | None
    top: Path | None
    bottom: Path | None
    coarse: Path
    gender: PersonGender | None
    notes: tuple[str, ...] = ()
    title: str = ""
    unknown: Path | None = None
