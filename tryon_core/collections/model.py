"""What a collection is to those who look at it: frozen facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tryon_core.collections.new import CollectionOptions
from tryon_core.errors import Problem, TryOnError, problem
from tryon_core.identity import short_id
from tryon_core.job_state import Job, JobState, SavedPicture
from tryon_core.requests.request import Model, Suit
from tryon_core.storage.spending import Allowance


class CellState(StrEnum):
    """How far a cell is. `WAITING` has no job yet, `STOPPED` was stopped before it had one; `UNCLEAR` may be
    charged, and its job can be asked about again; `DELETED` is a cell whose job was deleted."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNCLEAR = "unclear"
    STOPPED = "stopped"
    DELETED = "deleted"

    @property
    def ended(self) -> bool:
        """Whether nothing goes on any more, however it ended."""
        return self not in (CellState.WAITING, CellState.RUNNING)

    @property
    def can_be_retried(self) -> bool:
        """Whether another job is begun for it unasked: what may be charged already is looked for first."""
        return self in (CellState.FAILED, CellState.STOPPED, CellState.DELETED)


CELL_STATES = {
    JobState.SUBMITTING: CellState.RUNNING,
    JobState.QUEUED: CellState.RUNNING,
    JobState.RUNNING: CellState.RUNNING,
    JobState.SUCCEEDED: CellState.SUCCEEDED,
    JobState.FAILED: CellState.FAILED,
    JobState.UNCERTAIN: CellState.UNCLEAR,
    JobState.OVERDUE: CellState.UNCLEAR,
    JobState.EXPIRED: CellState.FAILED,
}


@dataclass(frozen=True, slots=True)
class CollectionGarment:
    """A row: what is worn, its pictures in the collection's own folder, and the visitor's names for it."""

    id: str
    name: str
    article: str
    suit: Suit


@dataclass(frozen=True, slots=True)
class CollectionModel:
    """A column: who wears it; own photos are in the collection's own folder."""

    id: str
    name: str
    model: Model


@dataclass(frozen=True, slots=True)
class Cell:
    """One garment on one model. `job` is the one that it has now, None where there is none (yet, or any
    more); `earlier_jobs` are the ids of those before it, oldest first, and `earlier` those of them that are
    here. `place` is a waiting cell's in the collection's line, from 1 on. `problem` says why it failed, its
    job's or its own."""

    id: str
    garment_id: str
    model_id: str
    state: CellState
    expected: int
    job: Job | None = None
    place: int | None = None
    problem: Problem | None = None
    earlier_jobs: tuple[str, ...] = ()
    earlier: tuple[Job, ...] = ()

    @property
    def all_jobs(self) -> tuple[Job, ...]:
        """Every job of its that is here, oldest first."""
        return (*self.earlier, self.job) if self.job else self.earlier


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """What the visitor thinks of picture `number` of a job: starred or not, and a note, "" for none."""

    job_id: str
    number: int
    chosen: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refinement:
    """Picture `number` of a try-on job `of_job`, made better by a job of its own. As in a `Cell`."""

    id: str
    of_job: str
    number: int
    state: CellState
    job: Job | None = None
    problem: Problem | None = None
    earlier_jobs: tuple[str, ...] = ()
    earlier: tuple[Job, ...] = ()

    @property
    def all_jobs(self) -> tuple[Job, ...]:
        """As `Cell.all_jobs`."""
        return (*self.earlier, self.job) if self.job else self.earlier


@dataclass(frozen=True, slots=True)
class CollectionTotals:
    """Counts of a collection's cells by state, and of its pictures: saved, and expected of all cells."""

    cells: int
    waiting: int
    running: int
    succeeded: int
    failed: int
    unclear: int
    stopped: int
    deleted: int
    pictures: int
    expected: int

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> CollectionTotals:
        """What there is in some cells."""
        counts = Counter(cell.state for cell in cells)
        by_state = {state.value: counts[state] for state in CellState}
        pictures = sum(len(cell.job.pictures) for cell in cells if cell.job)
        return cls(cells=len(cells), **by_state, pictures=pictures, expected=sum(c.expected for c in cells))


@dataclass(frozen=True)
class Collection:
    """Garments down, models across, one cell for each pair in the order of rows, then columns. `choices` are
    the pictures that are starred or noted and `refinements` what was made of starred ones, in that order too.
    Times are Unix seconds."""

    id: str
    name: str
    vendor: str
    vendor_name: str
    options: CollectionOptions
    garments: tuple[CollectionGarment, ...]
    models: tuple[CollectionModel, ...]
    cells: tuple[Cell, ...]
    created_at: float
    choices: tuple[PictureChoice, ...] = ()
    refinements: tuple[Refinement, ...] = ()
    revision: int = field(compare=False, default=0)

    @property
    def address(self) -> str:
        """What stands for it in a page's address, as `Job.address` does for a job."""
        return short_id(self.id)

    @cached_property
    def totals(self) -> CollectionTotals:
        """How many cells are in each state, counted once."""
        return CollectionTotals.of(self.cells)

    @property
    def ended(self) -> bool:
        """Whether nothing of it waits or runs any more."""
        states = [*(cell.state for cell in self.cells), *(one.state for one in self.refinements)]
        return all(state.ended for state in states)

    @property
    def chosen(self) -> tuple[PictureChoice, ...]:
        """The starred pictures: everything acts on these."""
        return tuple(choice for choice in self.choices if choice.chosen)

    @cached_property
    def pictures(self) -> tuple[tuple[Job, SavedPicture], ...]:
        """What all cells have to show, each picture with its job."""
        return tuple(one for cell in self.cells for one in self.pictures_of(cell))

    def pictures_of(self, cell: Cell) -> Iterator[tuple[Job, SavedPicture]]:
        """What a cell has to show: the starred pictures of its earlier jobs, as a star stays with its picture
        when the same is had again, then all of the job that it has now."""
        chosen = {(one.job_id, one.number) for one in self.chosen}
        for job in cell.all_jobs:
            now = job is cell.job
            yield from ((job, one) for one in job.pictures if now or (job.id, one.number) in chosen)

    def refinement(self, job_id: str, number: int) -> Refinement | None:
        """What was made of a picture; None for nothing."""
        return next((one for one in self.refinements if (one.of_job, one.number) == (job_id, number)), None)

    def made_better(self, job_id: str, number: int) -> tuple[Job, SavedPicture] | None:
        """The picture that a refinement made of another one, and its job; None where there is none (yet)."""
        refinement = self.refinement(job_id, number)
        job = refinement.job if refinement else None
        return (job, job.pictures[-1]) if job and job.pictures else None

    def cell(self, garment_id: str, model_id: str) -> Cell | None:
        """The cell of a row and a column; None where there is none."""
        return next((c for c in self.cells if (c.garment_id, c.model_id) == (garment_id, model_id)), None)


@dataclass(frozen=True, slots=True)
class CollectionSummary:
    """A collection in a list: `cells` counts them all, `waiting` those without a job yet; `job_ids` are the
    jobs that its cells have now and that are not deleted, in the order of rows and columns."""

    id: str
    name: str
    vendor: str
    garments: int
    models: int
    cells: int
    waiting: int
    job_ids: tuple[str, ...]
    created_at: float

    @property
    def jobs(self) -> int:
        """How many it has, those counted that still wait to be sent."""
        return self.waiting + len(self.job_ids)

    @property
    def address(self) -> str:
        """As `Collection.address`."""
        return short_id(self.id)


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """What a creation would use. `amount` is of `unit`, the vendor's own: "picture" or "credit". `live` says
    that it costs money, of the visitor's `own_key` or of the operator's; `left` is what is left today.
    `asks` says that it is more than the operator lets pass unasked: see `consent.py`. `left_out` are the
    titles of what was asked for as well and cannot be made; before pictures are refined somebody must say
    what the garments are that `unknown` names, by their rows' ids, and whether the models that
    `unknown_models` names, by their columns', are women or men."""

    jobs: int
    pictures: int
    unit: str
    amount: float
    vendor: str
    live: bool
    own_key: bool
    left: Allowance
    asks: bool
    left_out: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)
    unknown_models: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether it is of what is left today: not in the sandbox or of an own key."""
        return self.live and not self.own_key

    @property
    def fits(self) -> bool:
        """Whether enough is left today."""
        return not self.counts or self.left.left is None or self.pictures <= self.left.left


class CollectionNotFound(TryOnError):
    """There is no such collection, or it is somebody else's: the two look the same on purpose."""

    def __init__(self) -> None:
        super().__init__(problem("no_such_collection"))
