"""What a collection is to those who ask for one and to those who look at it: frozen facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tryon_core.choices import Version, View
from tryon_core.errors import InvalidRequest, Problem, TryOnError, problem, rule
from tryon_core.identity import short_id
from tryon_core.job_state import Job, JobState
from tryon_core.request import DEFAULT_COUNT, Model, Suit, TryOnRequest, check_fields
from tryon_core.storage.spending import Allowance

MAX_CELLS = 2000  # garments x models; a page with more of them is no overview any more
LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class NewGarment:
    """A garment, or a top and a bottom, for a new row. Where no name and no article number are given they
    come from its file's name: "4711_striped-shirt.jpg" is "Striped shirt", article "4711"."""

    suit: Suit
    name: str = ""
    article: str = ""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model by name, as described, or by own photos, for a new column; without a name it gets its own."""

    model: Model
    name: str = ""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class CollectionOptions:
    """What all cells are asked for, as in `TryOnRequest`."""

    view: View = View.FULL_BODY
    count: int = DEFAULT_COUNT
    quality_gate: bool = False
    version: Version = Version.STANDARD
    trial: bool = False

    def __post_init__(self) -> None:
        check_fields(self)

    def request(self, suit: Suit, model: Model) -> TryOnRequest:
        """What one cell asks for. Raises `InvalidRequest`."""
        return TryOnRequest(
            (suit,), model, self.view, self.count, self.quality_gate, self.version, self.trial
        )


@dataclass(frozen=True, slots=True)
class NewCollection:
    """What a collection is made of, rows and columns in order. Without a vendor it is the usual one."""

    garments: tuple[NewGarment, ...]
    models: tuple[NewModel, ...]
    options: CollectionOptions = CollectionOptions()
    name: str = ""
    vendor: str = ""

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.garments:
            raise InvalidRequest(*rule("no_garment"))
        if not self.models:
            raise InvalidRequest(*rule("no_model_chosen"))
        check_size(len(self.garments), len(self.models))


def check_size(garments: int, models: int) -> None:
    """Raises `InvalidRequest` for more cells than a collection can have."""
    if garments * models > MAX_CELLS:
        raise InvalidRequest(*rule("many_cells", count=garments * models, most=MAX_CELLS))


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
        return self not in (CellState.WAITING, CellState.RUNNING)


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
    more); `earlier_jobs` are the ids of those before it, oldest first. `place` is a waiting cell's in the
    collection's line, from 1 on. `problem` says why it failed, its job's or its own."""

    id: str
    garment_id: str
    model_id: str
    state: CellState
    expected: int
    job: Job | None = None
    place: int | None = None
    problem: Problem | None = None
    earlier_jobs: tuple[str, ...] = ()


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
    """Garments down, models across, one cell for each pair in the order of rows, then columns. Times are Unix
    seconds."""

    id: str
    name: str
    vendor: str
    vendor_name: str
    options: CollectionOptions
    garments: tuple[CollectionGarment, ...]
    models: tuple[CollectionModel, ...]
    cells: tuple[Cell, ...]
    created_at: float
    revision: int = field(compare=False, default=0)

    @property
    def address(self) -> str:
        """What stands for it in a page's address, as `Job.address` does for a job."""
        return short_id(self.id)

    @cached_property
    def totals(self) -> CollectionTotals:
        return CollectionTotals.of(self.cells)

    @property
    def ended(self) -> bool:
        """Whether no cell waits or runs any more."""
        return all(cell.state.ended for cell in self.cells)

    def cell(self, garment_id: str, model_id: str) -> Cell | None:
        """The cell of a row and a column; None where there is none."""
        return next((c for c in self.cells if (c.garment_id, c.model_id) == (garment_id, model_id)), None)


@dataclass(frozen=True, slots=True)
class CollectionSummary:
    """A collection in a list: `cells` counts them all, `waiting` those without a job yet; `job_ids` are the
    jobs that its cells have now, in the order of rows and columns."""

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
    def address(self) -> str:
        """As `Collection.address`."""
        return short_id(self.id)


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """What a creation would use. `amount` is of `unit`, the vendor's own: "picture" or "credit". `live` says
    that it costs money, of the visitor's `own_key` or of the operator's; `left` is what is left today.
    `asks` says that it is more than the operator lets pass unasked: then it has to be `confirmed`."""

    jobs: int
    pictures: int
    unit: str
    amount: float
    vendor: str
    live: bool
    own_key: bool
    trial: bool
    left: Allowance
    asks: bool

    @property
    def counts(self) -> bool:
        """Whether it is of what is left today: not in the sandbox, of an own key or of the trial."""
        return self.live and not self.own_key and not self.trial

    @property
    def fits(self) -> bool:
        """Whether enough is left today."""
        return not self.counts or self.left.left is None or self.pictures <= self.left.left


class ConfirmationNeeded(TryOnError):
    """More jobs than the operator lets begin unasked. Nothing was begun; `plan` says what would be."""

    def __init__(self, plan: CollectionPlan) -> None:
        super().__init__(problem("confirm", jobs=plan.jobs, pictures=plan.pictures))
        self.plan = plan


class CollectionNotFound(TryOnError):
    """There is no such collection, or it is somebody else's: the two look the same on purpose."""

    def __init__(self) -> None:
        super().__init__(problem("no_such_collection"))
