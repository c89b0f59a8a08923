"""Rows and jobs put together to what those outside see."""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path

from tryon_core.collections import parts, records
from tryon_core.collections.model import (
    CELL_STATES,
    Cell,
    CellState,
    Collection,
    CollectionGarment,
    CollectionModel,
    CollectionSummary,
    PictureChoice,
    Refinement,
)
from tryon_core.collections.records import CellRecord, Whole
from tryon_core.job_state import Job
from tryon_core.storage.job_of_record import problem_of
from tryon_core.vendors.registry import name_of

_STATES = {
    records.WAITING: CellState.WAITING,
    records.FAILED: CellState.FAILED,
    records.STOPPED: CellState.STOPPED,
    records.SENT: CellState.DELETED,  # it had a job, which is not here any more
}


def collection_of(whole: Whole, jobs: Mapping[str, Job], folder: Path) -> Collection:
    """A collection; `jobs` are those of its cells that are here, its pictures lie in `folder`."""
    head, garments, models = whole.collection, whole.garments, whole.models
    by_row = [parts.request_of(head, garment, models[0], folder) for garment in garments]
    by_column = [parts.request_of(head, garments[0], model, folder) for model in models]
    places = _places(whole)
    return Collection(
        id=head.id,
        name=head.name,
        vendor=head.vendor,
        vendor_name=name_of(head.vendor),
        options=parts.options_of(by_row[0]),
        garments=tuple(
            CollectionGarment(row.id, row.name, row.article, request.suits[0])
            for row, request in zip(garments, by_row, strict=True)
        ),
        models=tuple(
            CollectionModel(column.id, column.name, request.model)
            for column, request in zip(models, by_column, strict=True)
        ),
        cells=tuple(_cell_of(cell, jobs, places) for cell in whole.grid),
        created_at=head.created_at,
        choices=tuple(choice for choice in _choices(whole) if choice.job_id in jobs),
        refinements=tuple(_refinement_of(cell, jobs) for cell in whole.refinements),
        revision=head.revision,
    )


def summary_of(whole: Whole, there: Container[str]) -> CollectionSummary:
    """A collection in a list; `there` are the jobs that are not deleted."""
    cells = whole.grid
    return CollectionSummary(
        id=whole.collection.id,
        name=whole.collection.name,
        vendor=whole.collection.vendor,
        garments=len(whole.garments),
        models=len(whole.models),
        cells=len(cells),
        waiting=sum(cell.state == records.WAITING for cell in cells),
        job_ids=tuple(cell.job_id for cell in cells if cell.job_id and cell.job_id in there),
        created_at=whole.collection.created_at,
    )


def _places(whole: Whole) -> Mapping[str, int]:
    waiting = (cell for cell in whole.cells if cell.state == records.WAITING)
    return {cell.id: at for at, cell in enumerate(sorted(waiting, key=lambda cell: cell.turn), 1)}


def _choices(whole: Whole) -> tuple[PictureChoice, ...]:
    order = whole.order_of_jobs
    known = sorted(whole.choices, key=lambda one: (order.get(one.job_id, len(order)), one.number))
    return tuple(PictureChoice(one.job_id, one.number, one.chosen_at is not None, one.note) for one in known)


def _refinement_of(cell: CellRecord, jobs: Mapping[str, Job]) -> Refinement:
    job = jobs.get(cell.job_id or "")
    return Refinement(
        id=cell.id,
        of_job=cell.source_job_id or "",
        number=cell.source_number or 0,
        state=CELL_STATES[job.state] if job else _STATES[cell.state],
        job=job,
        problem=job.problem if job else problem_of(cell.problem),
        earlier_jobs=cell.earlier,
        earlier=_here(cell, jobs),
    )


def _cell_of(cell: CellRecord, jobs: Mapping[str, Job], places: Mapping[str, int]) -> Cell:
    job = jobs.get(cell.job_id or "")
    return Cell(
        id=cell.id,
        garment_id=cell.garment_id,
        model_id=cell.model_id,
        state=CELL_STATES[job.state] if job else _STATES[cell.state],
        expected=job.expected if job else cell.expected,
        job=job,
        place=places.get(cell.id),
        problem=job.problem if job else problem_of(cell.problem),
        earlier_jobs=cell.earlier,
        earlier=_here(cell, jobs),
    )


def _here(cell: CellRecord, jobs: Mapping[str, Job]) -> tuple[Job, ...]:
    return tuple(jobs[job_id] for job_id in cell.earlier if job_id in jobs)
