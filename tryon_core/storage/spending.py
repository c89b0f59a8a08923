"""What was spent: pictures by day (of UTC), account and visitor. No deletion and no older database lowers it.
And what is left of it: how far visitors may use the operator's keys in a day, each, and all together.

A job is counted in the transaction that claims its sending, and given back in the one that writes that it was
never sent, or not made and not charged. One of the trial quota, which is the operator's too, counts as any
other. The days that limits look at lie beside the database, too: see `keep_beside`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tryon_core.configuration.settings import Settings
from tryon_core.disk import write_atomically
from tryon_core.errors import Charged, TryOnError, problem
from tryon_core.job_state import JobState
from tryon_core.sentences import said
from tryon_core.storage.collection_tables import CELLS
from tryon_core.storage.job_records import JOBS, METADATA
from tryon_core.units import DAY_S

TALLY = sa.Table(
    "tryon_spending",
    METADATA,
    sa.Column("day", sa.Integer, primary_key=True),  # since 1970
    sa.Column("vendor", sa.String(16), primary_key=True),
    sa.Column("own_key", sa.String(64), primary_key=True),  # "" is the operator's account
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("pictures", sa.Integer, nullable=False),
)
_KEY = ("day", "vendor", "own_key", "owner")
INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_MAX: Mapping[str, Any] = {"sqlite": sa.func.max, "postgresql": sa.func.greatest}


class AllowanceSpent(TryOnError):
    """The pictures of the day that the operator allows are used up. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Pictures that are left today. None: no limit was set."""

    visitor: int | None
    everybody: int | None

    @property
    def left(self) -> int | None:
        """What one visitor can still have made today."""
        limits = [limit for limit in (self.visitor, self.everybody) if limit is not None]
        return min(limits) if limits else None

    def check(self, wanted: int) -> None:
        """Raises `AllowanceSpent` when fewer pictures are left than a job would make."""
        if self.left is None or wanted <= self.left:
            return
        whose = said("allowance.visitor" if self.visitor == self.left else "allowance.everybody")
        told = problem(
            "allowance_spent" if self.left else "allowance_used_up",
            field="count",
            wanted=wanted,
            left=self.left,
            whose=whose,
        )
        raise AllowanceSpent(told)


def day_of(moment: float) -> int:
    """The day of a Unix time."""
    return int(moment // DAY_S)


def settle(connection: Connection, job_id: str) -> bool:
    """Counts a job that was sent, or gives its pictures back, by what its row says in this transaction. False
    when there is nothing to do."""
    row = connection.execute(sa.select(JOBS).where(JOBS.c.id == job_id)).mappings().one()
    in_vain = row["finished_at"] is not None and row["state"] != JobState.SUCCEEDED.value
    free = in_vain and row["charged"] == Charged.NO.value
    owed = row["live"] and row["sending_since"] is not None and not free
    counted = row["counted_on"]
    if owed == (counted is not None):
        return False
    day = day_of(row["sending_since"]) if owed else counted
    pictures = row["expected"] if owed else -row["expected"]
    account = {"vendor": row["vendor"], "own_key": row["own_key"] or "", "owner": row["owner"]}
    _put(connection, {"day": day, **account, "pictures": pictures}, TALLY.c.pictures + pictures)
    change = {"counted_on": day if owed else None}
    connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id).values(change))
    return True


def count_earlier(connection: Connection) -> None:
    """Counts what a version without a tally has sent on its last day."""
    last = connection.scalar(sa.select(sa.func.max(JOBS.c.sending_since))) or 0.0
    sent = JOBS.c.live & JOBS.c.counted_on.is_(None) & (JOBS.c.sending_since >= day_of(last) * DAY_S)
    for job_id in connection.scalars(sa.select(JOBS.c.id).where(sent)).all():
        settle(connection, job_id)


def paid_pictures(connection: Connection, now: float, owner: str | None = None) -> int:
    """Pictures of the operator's that today's jobs took or may take, of one owner or of all. Those that are
    admitted and not sent yet count, and so do the cells of collections that wait for their job."""
    sent = (TALLY.c.day == day_of(now)) & (TALLY.c.own_key == "")
    waiting = JOBS.c.live & JOBS.c.own_key.is_(None) & JOBS.c.finished_at.is_(None)
    waiting &= JOBS.c.sending_since.is_(None) & (JOBS.c.task_id == "")
    cells = CELLS.c.live & CELLS.c.own_key.is_(None) & (CELLS.c.state == "waiting")
    total = 0
    for table, column, counted in (
        (TALLY, TALLY.c.pictures, sent),
        (JOBS, JOBS.c.expected, waiting),
        (CELLS, CELLS.c.expected, cells),
    ):
        mine = counted if owner is None else counted & (table.c.owner == owner)
        total += connection.scalar(sa.select(sa.func.coalesce(sa.func.sum(column), 0)).where(mine)) or 0
    return int(total)


def left_today(connection: Connection, settings: Settings, owner: str, now: float) -> Allowance:
    """What is left of the day's numbers. Blocks for about a millisecond."""
    per_visitor, in_all = settings.daily_pictures_per_visitor, settings.daily_pictures
    return Allowance(
        visitor=max(0, per_visitor - paid_pictures(connection, now, owner)) if per_visitor else None,
        everybody=max(0, in_all - paid_pictures(connection, now)) if in_all else None,
    )


def take_larger(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raises each count to that of another database, where that one is larger."""
    larger = _MAX[connection.dialect.name]
    for row in rows:
        _put(connection, row, larger(TALLY.c.pictures, row["pictures"]))


def keep_beside(connection: Connection, file: Path) -> None:
    """Writes the last days into a file, before the transaction ends: an older database that is put in this
    one's place takes its counts from there. Raises `DiskFull`."""
    last = sa.select(sa.func.max(TALLY.c.day) - 1).scalar_subquery()
    rows = connection.execute(sa.select(TALLY).where(TALLY.c.day >= last)).mappings()
    write_atomically(file, json.dumps([dict(row) for row in rows]).encode())


def kept_beside(file: Path) -> list[dict[str, Any]]:
    """What `keep_beside` wrote; nothing where it never did."""
    return list(json.loads(file.read_bytes())) if file.exists() else []


def _put(connection: Connection, row: Mapping[str, Any], pictures: sa.ColumnElement[int]) -> None:
    insert = INSERT[connection.dialect.name](TALLY).values(dict(row))
    connection.execute(insert.on_conflict_do_update(index_elements=_KEY, set_={"pictures": pictures}))
