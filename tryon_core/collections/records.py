"""The rows of collections. Every function that takes the ledger blocks for milliseconds: call it in a worker
thread. Raises a `StorageFault` where that cannot be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tryon_core.account import Account
from tryon_core.errors import TryOnError, problem
from tryon_core.identity import ADDRESS, JOB_ID
from tryon_core.job_state import RUNNING
from tryon_core.storage.collection_tables import CELLS, COLLECTIONS, GARMENTS, MODELS
from tryon_core.storage.job_records import JOBS, JobRecord
from tryon_core.storage.ledger import Ledger, record_of

CHUNK = 500  # ids in one question: databases take some thousands


# How far a cell is without its job: what it waits for, or that it has one.
WAITING, SENT, FAILED, STOPPED = "waiting", "sent", "failed", "stopped"


class CellTaken(TryOnError):
    """A cell is not to be sent any more: it has its job, or was stopped."""

    def __init__(self) -> None:
        super().__init__(problem("no_such_collection"))


@dataclass(frozen=True, slots=True)
class CollectionRecord:
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
    id: str
    collection_id: str
    position: int
    name: str
    article: str
    suit: dict[str, object]


@dataclass(frozen=True, slots=True)
class ModelRecord:
    id: str
    collection_id: str
    position: int
    name: str
    model: dict[str, object]


@dataclass(frozen=True, slots=True)
class CellRecord:
    """`attempt` counts the jobs that were wanted of the cell, `job_id` is the one that it has now; `turn` is
    its place among the waiting cells of its visitor."""

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

    @property
    def account(self) -> Account:
        """What it goes out with."""
        return Account(self.vendor, self.live, self.own_key or "")


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of one collection, garments and models in their order."""

    collection: CollectionRecord
    garments: tuple[GarmentRecord, ...]
    models: tuple[ModelRecord, ...]
    cells: tuple[CellRecord, ...]


def add(ledger: Ledger, whole: Whole, check: Callable[[Connection], None]) -> str:
    """Writes a new collection, all of it or nothing; the id of the one that is there. That is an equal one
    of its owner's which is still under way, where there is one. `check` may refuse it, by raising."""
    with ledger.turn() as connection:
        if (twin := _under_way(connection, whole.collection)) is not None:
            return twin
        check(connection)
        connection.execute(sa.insert(COLLECTIONS).values(asdict(whole.collection)))
        insert_rows(connection, whole.garments, whole.models, whole.cells)
    return whole.collection.id


def insert_rows(
    connection: Connection,
    garments: Sequence[GarmentRecord],
    models: Sequence[ModelRecord],
    cells: Sequence[CellRecord],
) -> None:
    """Writes new rows, columns and cells that wait, these behind what waits of their owner."""
    before = count_waiting(connection, cells[0].owner)
    lined_up = [replace(cell, turn=before + at) for at, cell in enumerate(cells, 1)]
    for table, records in ((GARMENTS, garments), (MODELS, models), (CELLS, lined_up)):
        if records:
            connection.execute(sa.insert(table), [asdict(record) for record in records])


def _under_way(connection: Connection, new: CollectionRecord) -> str | None:
    """The id of an equal collection of which a cell waits or runs: a double click is one collection."""
    equal = (COLLECTIONS.c.fingerprint == new.fingerprint) & COLLECTIONS.c.deleted_at.is_(None)
    going_on = (CELLS.c.state == WAITING) | JOBS.c.state.in_([state.value for state in RUNNING])
    found = sa.select(COLLECTIONS.c.id).join(CELLS, CELLS.c.collection_id == COLLECTIONS.c.id)
    found = found.outerjoin(JOBS, JOBS.c.id == CELLS.c.job_id).where(equal & going_on).limit(1)
    return connection.scalar(found)


def collection(ledger: Ledger, collection_id: str) -> CollectionRecord | None:
    """The row of a collection; None for whatever else was asked for."""
    if not JOB_ID.fullmatch(collection_id):
        return None
    with ledger.engine.connect() as connection:
        row = connection.execute(sa.select(COLLECTIONS).where(COLLECTIONS.c.id == collection_id)).first()
    return None if row is None else CollectionRecord(**row._mapping)


def ids_at(ledger: Ledger, owner: str, address: str) -> list[str]:
    """The owner's collections whose ids begin with this address."""
    if not ADDRESS.fullmatch(address):
        return []
    mine = (COLLECTIONS.c.owner == owner) & COLLECTIONS.c.deleted_at.is_(None)
    query = sa.select(COLLECTIONS.c.id).where(mine & COLLECTIONS.c.id.startswith(address, autoescape=True))
    with ledger.engine.connect() as connection:
        return list(connection.scalars(query))


def whole(ledger: Ledger, collection_id: str) -> Whole | None:
    """All rows of a collection as they are at one moment."""
    if (head := collection(ledger, collection_id)) is None:
        return None
    with ledger.engine.connect() as connection:
        rows = {
            table: connection.execute(sa.select(table).where(table.c.collection_id == collection_id)).all()
            for table in (GARMENTS, MODELS, CELLS)
        }
    garments = sorted((GarmentRecord(**row._mapping) for row in rows[GARMENTS]), key=_position)
    models = sorted((ModelRecord(**row._mapping) for row in rows[MODELS]), key=_position)
    return Whole(head, tuple(garments), tuple(models), tuple(map(_cell_of, rows[CELLS])))


def of_owner(ledger: Ledger, owner: str) -> list[Whole]:
    """The owner's collections, newest first, all rows of each."""
    mine = (COLLECTIONS.c.owner == owner) & COLLECTIONS.c.deleted_at.is_(None)
    query = sa.select(COLLECTIONS.c.id).where(mine).order_by(COLLECTIONS.c.created_at.desc())
    with ledger.engine.connect() as connection:
        ids = list(connection.scalars(query))
    return [found for one in ids if (found := whole(ledger, one)) is not None]


def cell(ledger: Ledger, cell_id: str) -> CellRecord | None:
    """The row of a cell, unless its collection is deleted."""
    query = sa.select(CELLS).join(COLLECTIONS, COLLECTIONS.c.id == CELLS.c.collection_id)
    query = query.where((CELLS.c.id == cell_id) & COLLECTIONS.c.deleted_at.is_(None))
    with ledger.engine.connect() as connection:
        row = connection.execute(query).first()
    return None if row is None else _cell_of(row)


def waiting(ledger: Ledger) -> list[CellRecord]:
    """Everybody's cells that wait, in the order of their turns."""
    query = sa.select(CELLS).where(CELLS.c.state == WAITING).order_by(CELLS.c.turn)
    with ledger.engine.connect() as connection:
        return [_cell_of(row) for row in connection.execute(query)]


def count_waiting(connection: Connection, owner: str) -> int:
    """How many cells of an owner wait."""
    mine = (CELLS.c.state == WAITING) & (CELLS.c.owner == owner)
    return connection.scalar(sa.select(sa.func.count()).where(mine)) or 0


def take(connection: Connection, cell: CellRecord, job_id: str) -> None:
    """Writes that a waiting cell has its job. Raises `CellTaken` when it does not wait any more: of all who
    try, in whichever process, one succeeds for each attempt."""
    still = (CELLS.c.id == cell.id) & (CELLS.c.state == WAITING) & (CELLS.c.attempt == cell.attempt)
    change = sa.update(CELLS).where(still).values(state=SENT, job_id=job_id)
    if connection.execute(change).rowcount != 1:
        raise CellTaken


def adopt(ledger: Ledger, cell: CellRecord, job_id: str) -> None:
    """Writes the same for a job that was there before. Raises `CellTaken` where the cell has another one, or
    was stopped."""
    has_it = (CELLS.c.id == cell.id) & (CELLS.c.attempt == cell.attempt) & (CELLS.c.job_id == job_id)
    with ledger.engine.begin() as connection:
        if connection.execute(sa.select(CELLS.c.id).where(has_it)).first() is None:
            take(connection, cell, job_id)


def fail(ledger: Ledger, cell: CellRecord, why: dict[str, object]) -> None:
    """Writes why a waiting cell cannot be sent."""
    still = (CELLS.c.id == cell.id) & (CELLS.c.state == WAITING) & (CELLS.c.attempt == cell.attempt)
    with ledger.engine.begin() as connection:
        connection.execute(sa.update(CELLS).where(still).values(state=FAILED, problem=why))


def stamp(ledger: Ledger, collection_id: str) -> tuple[object, ...]:
    """What is another value after every change of a collection, its cells or their jobs."""
    head = sa.select(COLLECTIONS.c.revision, COLLECTIONS.c.deleted_at)
    query = sa.select(CELLS.c.id, CELLS.c.state, CELLS.c.attempt, JOBS.c.revision)
    query = query.outerjoin(JOBS, JOBS.c.id == CELLS.c.job_id)
    with ledger.engine.connect() as connection:
        first = connection.execute(head.where(COLLECTIONS.c.id == collection_id)).first()
        cells = connection.execute(query.where(CELLS.c.collection_id == collection_id)).all()
    return (first and tuple(first), *sorted(map(tuple, cells)))


def jobs(ledger: Ledger, ids: Iterable[str]) -> dict[str, JobRecord]:
    """The jobs with these ids that are there and not deleted."""
    wanted, found = list(ids), dict[str, JobRecord]()
    with ledger.engine.connect() as connection:
        for start in range(0, len(wanted), CHUNK):
            here = JOBS.c.id.in_(wanted[start : start + CHUNK]) & JOBS.c.deleted_at.is_(None)
            rows = connection.execute(sa.select(JOBS).where(here))
            found |= {record.id: record for record in map(record_of, rows)}
    return found


def _position(record: GarmentRecord | ModelRecord) -> int:
    return record.position


def _cell_of(row: sa.Row[Any]) -> CellRecord:
    values = dict(row._mapping)
    return CellRecord(**{**values, "earlier": tuple(values["earlier"] or ())})
