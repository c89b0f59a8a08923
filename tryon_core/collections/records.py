"""The rows of collections as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tryon_core.account import Account

# How far a cell is without its job: what it waits for, or that it has one.
WAITING, SENT, FAILED, STOPPED = "waiting", "sent", "failed", "stopped"


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """A collection without its lines. `options` is plain JSON, as `parts.py` packs it; times are Unix
    seconds."""

    id: str
    owner: str
    fingerprint: str
    name: str
    vendor: str
    options: dict[str, object]
    created_at: float
    deleted_at: float | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class GarmentRecord:
    """A row. `position` is its place among the rows; `suit` is plain JSON, with the pictures in the
    collection's folder. Of rows that are equal the `fingerprint` is the same."""

    id: str
    collection_id: str
    position: int
    name: str
    article: str
    suit: dict[str, object]
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A column; as `GarmentRecord`, with the `model` as plain JSON."""

    id: str
    collection_id: str
    position: int
    name: str
    model: dict[str, object]
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class CellRecord:
    """`attempt` counts the jobs that were wanted of the cell, `job_id` is the one that it has now, `earlier`
    those before it; `turn` is its place among the waiting cells of its visitor. A cell with a `source_job_id`
    refines that job's picture `source_number`: it has no garment and no model."""

    id: str
    collection_id: str
    garment_id: str
    model_id: str
    owner: str
    vendor: str
    live: bool
    own_key: str | None
    expected: int
    state: str
    attempt: int
    turn: int
    job_id: str | None = None
    problem: dict[str, Any] | None = None
    earlier: tuple[str, ...] = ()
    source_job_id: str | None = None
    source_number: int | None = None
    gender: str | None = None

    @classmethod
    def of(cls, row: sa.Row[Any]) -> CellRecord:
        """A row as it was written."""
        values = dict(row._mapping)
        return cls(**{**values, "earlier": tuple(values["earlier"] or ())})

    @property
    def all_jobs(self) -> tuple[str, ...]:
        """Every job that it has had, oldest first."""
        return (*self.earlier, self.job_id) if self.job_id else self.earlier

    @property
    def account(self) -> Account:
        """What it goes out with."""
        return Account(self.vendor, self.live, self.own_key or "")


@dataclass(frozen=True, slots=True)
class ChoiceRecord:
    """What a visitor thinks of picture `number` (from 1) of a job: since when it has a star, in Unix seconds,
    and a note, "" for none."""

    collection_id: str
    job_id: str
    number: int
    chosen_at: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The rows of one collection, garments and models in their order."""

    collection: CollectionRecord
    garments: tuple[GarmentRecord, ...]
    models: tuple[ModelRecord, ...]
    cells: tuple[CellRecord, ...]
    choices: tuple[ChoiceRecord, ...] = ()

    @property
    def grid(self) -> list[CellRecord]:
        """The cells of garments on models, by rows, then columns."""
        rows = {row.id: at for at, row in enumerate(self.garments)}
        columns = {column.id: at for at, column in enumerate(self.models)}
        pairs = [cell for cell in self.cells if cell.source_job_id is None]
        return sorted(pairs, key=lambda cell: (rows[cell.garment_id], columns[cell.model_id]))

    @property
    def refinements(self) -> list[CellRecord]:
        """The cells that refine a picture, in the order of these pictures."""
        order = self.order_of_jobs
        made = [cell for cell in self.cells if cell.source_job_id]
        return sorted(
            made, key=lambda cell: (order.get(cell.source_job_id or "", 0), cell.source_number or 0)
        )

    @property
    def order_of_jobs(self) -> dict[str, int]:
        """The place of each job among those of the cells, by rows, then columns, the older ones first."""
        jobs = [job_id for cell in self.grid for job_id in cell.all_jobs]
        jobs += [job_id for cell in self.cells if cell.source_job_id for job_id in cell.all_jobs]
        return {job_id: at for at, job_id in enumerate(jobs)}
