"""Reads the rows of collections. Every function that takes the ledger blocks for milliseconds: call it in a
worker thread. Raises a `StorageFault` where that cannot be done now."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tryon_core.collections.records import (
    WAITING,
    CellRecord,
    ChoiceRecord,
    CollectionRecord,
    GarmentRecord,
    ModelRecord,
    Whole,
)
from tryon_core.identity import ADDRESS, JOB_ID
from tryon_core.storage.collection_tables import CELLS, CHOICES, COLLECTIONS, GARMENTS, MODELS
from tryon_core.storage.job_records import JOBS, JobRecord
from tryon_core.storage.ledger import Ledger, record_of

CHUNK = 500  # ids in one question: databases take some thousands


def whole(ledger: Ledger, collection_id: str) -> Whole | None:
    """All rows of a collection, also of a deleted one that can be had back; None for whatever else it is."""
    if not JOB_ID.fullmatch(collection_id):
        return None
    with ledger.engine.connect() as connection:
        return whole_in(connection, collection_id)


def whole_in(connection: Connection, collection_id: str) -> Whole | None:
    """The same within a transaction."""
    row = connection.execute(sa.select(COLLECTIONS).where(COLLECTIONS.c.id == collection_id)).first()
    if row is None:
        return None
    found = {
        table: connection.execute(sa.select(table).where(table.c.collection_id == collection_id)).all()
        for table in (GARMENTS, MODELS, CELLS, CHOICES)
    }
    return Whole(
        CollectionRecord(**row._mapping),
        tuple(sorted((GarmentRecord(**one._mapping) for one in found[GARMENTS]), key=_position)),
        tuple(sorted((ModelRecord(**one._mapping) for one in found[MODELS]), key=_position)),
        tuple(map(CellRecord.of, found[CELLS])),
        tuple(ChoiceRecord(**one._mapping) for one in found[CHOICES]),
    )


def around(ledger: Ledger, cell: CellRecord) -> Whole | None:
    """A cell with the collection, the garment and the model that it is of, and no more."""
    with ledger.engine.connect() as connection:
        head = connection.execute(
            sa.select(COLLECTIONS).where(COLLECTIONS.c.id == cell.collection_id)
        ).first()
        garment = connection.execute(sa.select(GARMENTS).where(GARMENTS.c.id == cell.garment_id)).all()
        model = connection.execute(sa.select(MODELS).where(MODELS.c.id == cell.model_id)).all()
    if head is None:
        return None
    return Whole(
        CollectionRecord(**head._mapping),
        tuple(GarmentRecord(**one._mapping) for one in garment),
        tuple(ModelRecord(**one._mapping) for one in model),
        (cell,),
    )


def is_there(ledger: Ledger, collection_id: str) -> bool:
    """Whether a collection has a row, also one that is deleted and can be had back."""
    with ledger.engine.connect() as connection:
        here = sa.select(COLLECTIONS.c.id).where(COLLECTIONS.c.id == collection_id)
        return connection.scalar(here) is not None


def ids_at(ledger: Ledger, owner: str, address: str) -> list[str]:
    """The owner's collections whose ids begin with this address."""
    if not ADDRESS.fullmatch(address):
        return []
    mine = (COLLECTIONS.c.owner == owner) & COLLECTIONS.c.deleted_at.is_(None)
    query = sa.select(COLLECTIONS.c.id).where(mine & COLLECTIONS.c.id.startswith(address, autoescape=True))
    with ledger.engine.connect() as connection:
        return list(connection.scalars(query))


def of_owner(ledger: Ledger, owner: str) -> list[Whole]:
    """The owner's collections, newest first, all rows of each."""
    mine = (COLLECTIONS.c.owner == owner) & COLLECTIONS.c.deleted_at.is_(None)
    query = sa.select(COLLECTIONS.c.id).where(mine).order_by(COLLECTIONS.c.created_at.desc())
    with ledger.engine.connect() as connection:
        ids = list(connection.scalars(query))
        return [found for one in ids if (found := whole_in(connection, one)) is not None]


def deleted(ledger: Ledger) -> list[CollectionRecord]:
    """Everybody's collections that are marked as deleted."""
    query = sa.select(COLLECTIONS).where(COLLECTIONS.c.deleted_at.is_not(None))
    with ledger.engine.connect() as connection:
        return [CollectionRecord(**row._mapping) for row in connection.execute(query)]


def cell(ledger: Ledger, cell_id: str) -> CellRecord | None:
    """The row of a cell, unless its collection is deleted."""
    query = sa.select(CELLS).join(COLLECTIONS, COLLECTIONS.c.id == CELLS.c.collection_id)
    query = query.where((CELLS.c.id == cell_id) & COLLECTIONS.c.deleted_at.is_(None))
    with ledger.engine.connect() as connection:
        row = connection.execute(query).first()
    return None if row is None else CellRecord.of(row)


def of_job(ledger: Ledger, collection_id: str, job_id: str) -> CellRecord | None:
    """The cell, or refinement, of a collection that has this job now, unless the collection is deleted."""
    here = (CELLS.c.collection_id == collection_id) & (CELLS.c.job_id == job_id)
    with ledger.engine.connect() as connection:
        cell_id = connection.scalar(sa.select(CELLS.c.id).where(here))
    return None if cell_id is None else cell(ledger, cell_id)


def waiting(ledger: Ledger, collection_id: str | None = None) -> list[CellRecord]:
    """The cells of a collection that wait, or everybody's, in the order of their turns."""
    here = sa.true() if collection_id is None else CELLS.c.collection_id == collection_id
    query = sa.select(CELLS).where((CELLS.c.state == WAITING) & here).order_by(CELLS.c.turn)
    with ledger.engine.connect() as connection:
        return [CellRecord.of(row) for row in connection.execute(query)]


def beside(ledger: Ledger, cell: CellRecord, most: int) -> list[CellRecord]:
    """So many other cells that wait for the same model with the same account, in the order of their turns."""
    like = (CELLS.c.collection_id == cell.collection_id) & (CELLS.c.model_id == cell.model_id)
    like &= (CELLS.c.vendor == cell.vendor) & (CELLS.c.live == cell.live)
    like &= sa.func.coalesce(CELLS.c.own_key, "") == (cell.own_key or "")
    like &= CELLS.c.source_job_id.is_(None) & (CELLS.c.state == WAITING) & (CELLS.c.id != cell.id)
    query = sa.select(CELLS).where(like).order_by(CELLS.c.turn).limit(most)
    with ledger.engine.connect() as connection:
        return [CellRecord.of(row) for row in connection.execute(query)]


def stamp(ledger: Ledger, collection_id: str) -> tuple[object, ...]:
    """What is another value after every change of a collection, its cells or their jobs."""
    head = sa.select(COLLECTIONS.c.revision, COLLECTIONS.c.deleted_at)
    query = sa.select(CELLS.c.id, CELLS.c.state, CELLS.c.attempt, JOBS.c.revision)
    query = query.outerjoin(JOBS, JOBS.c.id == CELLS.c.job_id)
    with ledger.engine.connect() as connection:
        first = connection.execute(head.where(COLLECTIONS.c.id == collection_id)).first()
        cells = connection.execute(query.where(CELLS.c.collection_id == collection_id)).all()
    return (first and tuple(first), *sorted(map(tuple, cells)))


def jobs_elsewhere(ledger: Ledger, collection: CollectionRecord) -> set[str]:
    """The jobs that cells of the owner's other collections have or had, unless these are deleted."""
    here = (CELLS.c.owner == collection.owner) & (CELLS.c.collection_id != collection.id)
    query = sa.select(CELLS.c.job_id, CELLS.c.earlier)
    query = query.join(COLLECTIONS, COLLECTIONS.c.id == CELLS.c.collection_id)
    with ledger.engine.connect() as connection:
        rows = connection.execute(query.where(here & COLLECTIONS.c.deleted_at.is_(None))).all()
    return {job_id for last, earlier in rows for job_id in (last, *(earlier or ())) if job_id}


def jobs(ledger: Ledger, ids: Iterable[str], *, with_deleted: bool = False) -> dict[str, JobRecord]:
    """The jobs with these ids that are there and not deleted, or can still be had back."""
    wanted, found = list(ids), dict[str, JobRecord]()
    seen = sa.true() if with_deleted else JOBS.c.deleted_at.is_(None)
    with ledger.engine.connect() as connection:
        for start in range(0, len(wanted), CHUNK):
            here = JOBS.c.id.in_(wanted[start : start + CHUNK])
            rows = connection.execute(sa.select(JOBS).where(here & seen))
            found |= {record.id: record for record in map(record_of, rows)}
    return found


def job_ids(ledger: Ledger, owner: str) -> set[str]:
    """The ids of the owner's jobs that are not deleted."""
    mine = (JOBS.c.owner == owner) & JOBS.c.deleted_at.is_(None)
    with ledger.engine.connect() as connection:
        return set(connection.scalars(sa.select(JOBS.c.id).where(mine)))


def _position(record: GarmentRecord | ModelRecord) -> int:
    return record.position
