"""Writes the rows of collections. Every function that takes the ledger blocks for milliseconds: call it in a
worker thread. Raises a `StorageFault` where that cannot be done now; nothing is half written then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tryon_core.account import Account
from tryon_core.collections.model import CollectionNotFound
from tryon_core.collections.reading import whole_in
from tryon_core.collections.records import (
    FAILED,
    SENT,
    STOPPED,
    WAITING,
    CellRecord,
    CollectionRecord,
    GarmentRecord,
    ModelRecord,
    Whole,
)
from tryon_core.errors import TryOnError, problem
from tryon_core.job_state import RUNNING
from tryon_core.storage.collection_tables import CELLS, CHOICES, COLLECTIONS, GARMENTS, MODELS
from tryon_core.storage.job_records import JOBS
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.share_tables import REVIEWERS, SHARE_TRIES, SHARES, VOTES
from tryon_core.storage.spending import INSERT

_RUNS = JOBS.c.state.in_([state.value for state in RUNNING])

Check = Callable[[Sequence[CellRecord], Connection], None]
"""Looks at cells before they begin to wait, in the transaction that writes them; refuses them by raising."""


@dataclass(frozen=True, slots=True)
class Additions:
    """New rows, columns and cells of a collection, and what it is called with these; "" is as before."""

    garments: tuple[GarmentRecord, ...] = ()
    models: tuple[ModelRecord, ...] = ()
    cells: tuple[CellRecord, ...] = ()
    name: str = ""

    @property
    def rows(self) -> tuple[GarmentRecord | ModelRecord, ...]:
        """Rows and columns together."""
        return (*self.garments, *self.models)


class CellTaken(TryOnError):
    """A cell is not to be sent any more: it has its job, or was stopped. Nobody is ever told."""

    def __init__(self) -> None:
        super().__init__(problem("no_such_collection"))


def begin(ledger: Ledger, new: Whole, check: Check, *, again: bool) -> str:
    """Writes a new collection, all of it or nothing; the id of the one that is there. That is an equal one
    of its owner's, where there is one; with `again`, only one that is still under way."""
    with ledger.turn() as connection:
        if (twin := _equal(connection, new.collection, under_way=again)) is not None:
            return twin
        check(new.cells, connection)
        connection.execute(sa.insert(COLLECTIONS).values(asdict(new.collection)))
        _insert(connection, Additions(new.garments, new.models, new.cells))
    return new.collection.id


def add(ledger: Ledger, collection_id: str, make: Callable[[Whole], Additions], check: Check) -> Additions:
    """Adds to a collection what `make` makes of it as it is now: all or nothing. Raises
    `CollectionNotFound`."""
    with ledger.turn() as connection:
        new = make(_there(connection, collection_id))
        if new.cells:
            check(new.cells, connection)
        _insert(connection, new)
        _changed(connection, collection_id, **({"name": new.name} if new.name else {}))
    return new


def begin_again(
    ledger: Ledger,
    collection_id: str,
    cells: Sequence[CellRecord],
    accounts: Mapping[str, Account],
    check: Check,
) -> int:
    """Has cells wait for another job, those that are still as they were read and whose job has ended; how
    many these are. `accounts` are those that they go out with, by vendor. Raises `CollectionNotFound`."""
    with ledger.turn() as connection:
        now, running = _there(connection, collection_id), _running(connection, collection_id)
        free = {
            (cell.id, cell.attempt)
            for cell in now.cells
            if cell.state != WAITING and cell.job_id not in running
        }
        again = [_again(cell, accounts[cell.vendor]) for cell in cells if (cell.id, cell.attempt) in free]
        if again:
            check(again, connection)
        for cell in _lined_up(connection, again):
            values = {name: value for name, value in asdict(cell).items() if name != "id"}
            connection.execute(sa.update(CELLS).where(CELLS.c.id == cell.id).values(values))
        _changed(connection, collection_id)
    return len(again)


def stop(ledger: Ledger, collection_id: str, **head: object) -> list[tuple[str, int]]:
    """Takes the cells of a collection that wait out of the line, and writes what changes of the collection
    with that; the ids and attempts of those cells."""
    waiting = (CELLS.c.collection_id == collection_id) & (CELLS.c.state == WAITING)
    change = sa.update(CELLS).where(waiting).values(state=STOPPED).returning(CELLS.c.id, CELLS.c.attempt)
    with ledger.engine.begin() as connection:
        stopped = [(str(cell_id), int(attempt)) for cell_id, attempt in connection.execute(change)]
        _changed(connection, collection_id, **head)
    return stopped


def take(connection: Connection, cell: CellRecord, job_id: str) -> None:
    """Writes that a waiting cell has its job. Raises `CellTaken` when it does not wait any more: of all who
    try, in whichever process, one succeeds for each attempt."""
    change = sa.update(CELLS).where(_waits(cell)).values(state=SENT, job_id=job_id)
    if connection.execute(change).rowcount != 1:
        raise CellTaken


def adopt(ledger: Ledger, cell: CellRecord, job_id: str) -> None:
    """Writes the same for a job that was there before. Raises `CellTaken` where the cell has another one, or
    was stopped."""
    has_it = (CELLS.c.id == cell.id) & (CELLS.c.attempt == cell.attempt) & (CELLS.c.job_id == job_id)
    with ledger.engine.begin() as connection:
        if connection.execute(sa.select(CELLS.c.id).where(has_it)).first() is None:
            take(connection, cell, job_id)


def replace_job(connection: Connection, cell: CellRecord, job_id: str) -> None:
    """Writes that a cell has this job in place of the one that it was read with. Raises `CellTaken` when it
    waits for another, or has one."""
    as_read = (CELLS.c.id == cell.id) & (CELLS.c.state == SENT) & (CELLS.c.job_id == cell.job_id)
    values = {"job_id": job_id, "attempt": cell.attempt + 1, "earlier": cell.all_jobs}
    if connection.execute(sa.update(CELLS).where(as_read).values(values)).rowcount != 1:
        raise CellTaken
    _changed(connection, cell.collection_id)


def fail(ledger: Ledger, cell: CellRecord, why: dict[str, object]) -> None:
    """Writes why a waiting cell cannot be sent."""
    with ledger.engine.begin() as connection:
        connection.execute(sa.update(CELLS).where(_waits(cell)).values(state=FAILED, problem=why))


def change(ledger: Ledger, collection_id: str, **values: object) -> None:
    """Writes what has changed of a collection's own row."""
    with ledger.engine.begin() as connection:
        _changed(connection, collection_id, **values)


def change_row(ledger: Ledger, collection_id: str, row_id: str, **values: object) -> bool:
    """Writes what has changed of a garment's row or a model's column; False where there is none. What a
    column does not have is left out."""
    done = 0
    with ledger.engine.begin() as connection:
        for table in (GARMENTS, MODELS):
            here = (table.c.id == row_id) & (table.c.collection_id == collection_id)
            # With its own id among them: a change of nothing is no SQL, and the row is still to be found.
            known = {"id": row_id, **{name: value for name, value in values.items() if name in table.c}}
            done += connection.execute(sa.update(table).where(here).values(known)).rowcount
        _changed(connection, collection_id)
    return done == 1


def reorder(ledger: Ledger, collection_id: str, garments: Sequence[str], models: Sequence[str]) -> None:
    """Numbers the rows and columns of a collection anew: those that are named first, then the others as they
    were. Raises `CollectionNotFound`."""
    with ledger.turn() as connection:
        now = _there(connection, collection_id)
        _renumber(connection, GARMENTS, [row.id for row in now.garments], garments)
        _renumber(connection, MODELS, [column.id for column in now.models], models)
        _changed(connection, collection_id)


def _renumber(connection: Connection, table: sa.Table, there: list[str], first: Sequence[str]) -> None:
    named = [row_id for row_id in dict.fromkeys(first) if row_id in there]
    for at, row_id in enumerate((*named, *(row_id for row_id in there if row_id not in named))):
        connection.execute(sa.update(table).where(table.c.id == row_id).values(position=at))


def judge(ledger: Ledger, collection_id: str, job_id: str, number: int, **values: object) -> None:
    """Writes what is thought of a picture: `chosen_at` or `note`. Of one of which nothing is thought any more
    there is no row."""
    here = {"collection_id": collection_id, "job_id": job_id, "number": number}
    row = INSERT[ledger.engine.dialect.name](CHOICES).values({**here, "note": "", **values})
    nothing = CHOICES.c.chosen_at.is_(None) & (CHOICES.c.note == "")
    with ledger.engine.begin() as connection:
        connection.execute(row.on_conflict_do_update(index_elements=list(here), set_=values))
        connection.execute(sa.delete(CHOICES).where((CHOICES.c.collection_id == collection_id) & nothing))
        _changed(connection, collection_id)


def take_back(ledger: Ledger, collection_id: str, deleted_after: float) -> bool:
    """Has a collection back that was deleted after that time; False when it was not."""
    in_time = (COLLECTIONS.c.id == collection_id) & (COLLECTIONS.c.deleted_at > deleted_after)
    values = {"deleted_at": None, "revision": COLLECTIONS.c.revision + 1}
    with ledger.engine.begin() as connection:
        return connection.execute(sa.update(COLLECTIONS).where(in_time).values(values)).rowcount == 1


def purge(ledger: Ledger, collection_id: str, deleted_at: float | None) -> bool:
    """Takes all rows of a collection away that was deleted at that time, those of its links too; its jobs are
    no part of it any more. None is one that is not deleted yet. False when it is not so any more."""
    over = (COLLECTIONS.c.id == collection_id) & (COLLECTIONS.c.deleted_at == deleted_at)
    with ledger.engine.begin() as connection:
        if connection.execute(sa.delete(COLLECTIONS).where(over)).rowcount != 1:
            return False
        links = sa.select(SHARES.c.id).where(SHARES.c.collection_id == collection_id).scalar_subquery()
        for table in (REVIEWERS, VOTES, SHARE_TRIES):
            connection.execute(sa.delete(table).where(table.c.share_id.in_(links)))
        for table in (GARMENTS, MODELS, CELLS, CHOICES, SHARES):
            connection.execute(sa.delete(table).where(table.c.collection_id == collection_id))
        made_for = sa.update(JOBS).where(JOBS.c.collection_id == collection_id)
        connection.execute(made_for.values(collection_id=None))
    return True


def _there(connection: Connection, collection_id: str) -> Whole:
    found = whole_in(connection, collection_id)
    if found is None or found.collection.deleted_at is not None:
        raise CollectionNotFound
    return found


def _running(connection: Connection, collection_id: str) -> frozenset[str]:
    """The jobs of a collection's cells that run."""
    query = sa.select(JOBS.c.id).join(CELLS, CELLS.c.job_id == JOBS.c.id)
    return frozenset(connection.scalars(query.where((CELLS.c.collection_id == collection_id) & _RUNS)))


def _equal(connection: Connection, new: CollectionRecord, *, under_way: bool) -> str | None:
    """The id of the newest equal collection, or of one of which a cell waits or runs: a double click is one
    collection, and so is a click whose answer was lost."""
    equal = (COLLECTIONS.c.fingerprint == new.fingerprint) & COLLECTIONS.c.deleted_at.is_(None)
    found = sa.select(COLLECTIONS.c.id).where(equal).order_by(COLLECTIONS.c.created_at.desc()).limit(1)
    if under_way:
        found = found.join(CELLS, CELLS.c.collection_id == COLLECTIONS.c.id)
        found = found.outerjoin(JOBS, JOBS.c.id == CELLS.c.job_id)
        found = found.where((CELLS.c.state == WAITING) | _RUNS)
    return connection.scalar(found)


def _insert(connection: Connection, new: Additions) -> None:
    lined_up = _lined_up(connection, new.cells)
    for table, rows in ((GARMENTS, new.garments), (MODELS, new.models), (CELLS, lined_up)):
        if rows:
            connection.execute(sa.insert(table), [asdict(row) for row in rows])


def _lined_up(connection: Connection, cells: Sequence[CellRecord]) -> list[CellRecord]:
    """Cells behind what waits of their owner: of several visitors, each one's first go first."""
    if not cells:
        return []
    mine = (CELLS.c.state == WAITING) & (CELLS.c.owner == cells[0].owner)
    before = connection.scalar(sa.select(sa.func.count()).where(mine)) or 0
    return [replace(cell, turn=before + at) for at, cell in enumerate(cells, 1)]


def _again(cell: CellRecord, account: Account) -> CellRecord:
    return replace(
        cell,
        vendor=account.vendor,
        live=account.live,
        own_key=account.mark or None,
        state=WAITING,
        attempt=cell.attempt + 1,
        job_id=None,
        problem=None,
        earlier=cell.all_jobs,
    )


def _waits(cell: CellRecord) -> sa.ColumnElement[bool]:
    return (CELLS.c.id == cell.id) & (CELLS.c.state == WAITING) & (CELLS.c.attempt == cell.attempt)


def _changed(connection: Connection, collection_id: str, **values: Any) -> None:
    change = {"revision": COLLECTIONS.c.revision + 1, **values}
    connection.execute(sa.update(COLLECTIONS).where(COLLECTIONS.c.id == collection_id).values(change))
