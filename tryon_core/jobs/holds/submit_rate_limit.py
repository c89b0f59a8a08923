"""Submits of which a vendor takes only a few in a minute: places in time, shared by all that use a database.

A place is taken in advance, so that jobs go in the order in which they came, and a job that finds its place
again after a restart keeps it. Cells of collections leave that to single jobs, whose visitors wait for one
picture: a cell takes a place that is free this moment, and in advance only after it has waited long.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import sqlalchemy as sa

from tryon_core.identity import short_id
from tryon_core.jobs.context import JobContext
from tryon_core.storage.job_records import METADATA, JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_core.vendors.registry import vendor

log = logging.getLogger(__name__)
WINDOW_S = 62.0  # a little more than a minute: a slow request must not arrive in the next one's minute

SLOTS = sa.Table(
    "tryon_slots",
    METADATA,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("taken", sa.JSON, nullable=False),
)
LONGEST_BEHIND_S = 600.0  # that a cell lets single jobs go first

Taken = tuple[float, str]  # Unix seconds and the job that the place belongs to


def limit_of(record: JobRecord, granted: int | None) -> int:
    """How many submits in a minute the vendor takes of jobs like this one; 0 is any number.

    `granted` is what the operator was; None, and a visitor's own key, is what the vendor's page says.
    """
    if granted is not None and not record.own_key:
        return granted
    return vendor(record.vendor).submits_per_minute(record.request) if record.live else 0


async def wait_for_slot(context: JobContext, record: JobRecord) -> None:
    """Returns when the vendor takes one more submit, at once where it takes any number."""
    granted = context.accounts.settings.of(record.vendor).submits_per_minute
    limit = limit_of(record, granted)
    if not limit:
        return
    begun = context.clock.monotonic()
    while True:
        now = context.clock.now()
        ahead = record.collection_id is None or context.clock.monotonic() - begun > LONGEST_BEHIND_S
        at = await asyncio.to_thread(place, context.store.ledger, record, now, limit, ahead=ahead)
        if at > now:
            job, wait_s = short_id(record.id), at - now
            log.info("job %s waits %.0f s: the vendor takes %d submits in a minute", job, wait_s, limit)
            await context.clock.sleep(at - now)
        if ahead or at <= now:
            return


def place(ledger: Ledger, record: JobRecord, now: float, limit: int, *, ahead: bool = True) -> float:
    """When the job may be sent, Unix seconds: now, or when the vendor takes another one; that place is its
    own then if it is taken `ahead`. Blocks a little."""
    key = record.account.name
    while True:
        revision, known = _read(ledger, key)
        at, taken = placed(known, record.id, now, limit)
        if at > now and not ahead:
            return at
        if _written(ledger, key, revision, taken):
            return at


def placed(known: Sequence[Taken], job: str, now: float, limit: int) -> tuple[float, list[Taken]]:
    """The first time from now on with fewer than `limit` places in the window before it, and all places that
    still count."""
    kept = _possible(sorted(taken for taken in known if taken[0] > now - WINDOW_S), now, limit)
    for at, owner in kept:
        if owner == job and at >= now:
            return at, kept
    at = now if len(kept) < limit else max(now, kept[-limit][0] + WINDOW_S)
    return at, [*kept, (at, job)]


def _possible(kept: list[Taken], now: float, limit: int) -> list[Taken]:
    """Without the places that are later than they can be: they were taken while the clock was ahead, and
    nobody is to wait until it is as late again. Clocks of several processes may differ by a window."""
    for number, (at, _) in enumerate(kept):
        before = kept[number - limit][0] if number >= limit else now
        if at > max(now, before) + WINDOW_S:
            return kept[:number]
    return kept


def _read(ledger: Ledger, key: str) -> tuple[int, list[Taken]]:
    with ledger.engine.connect() as connection:
        found = connection.execute(sa.select(SLOTS).where(SLOTS.c.key == key)).one_or_none()
    if found is None:
        return 0, []
    return found.revision, [(float(at), str(job)) for at, job in found.taken]


def _written(ledger: Ledger, key: str, revision: int, taken: list[Taken]) -> bool:
    """Whether nobody else wrote since `revision` was read; 0 is a key without a row."""
    values = {"taken": taken, "revision": revision + 1}
    change: sa.Update | sa.Insert
    if revision:
        change = sa.update(SLOTS).where((SLOTS.c.key == key) & (SLOTS.c.revision == revision)).values(values)
    else:
        change = sa.insert(SLOTS).values(key=key, **values)
    try:
        with ledger.engine.begin() as connection:
            return connection.execute(change).rowcount == 1
    except sa.exc.IntegrityError:
        return False
