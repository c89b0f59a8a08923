"""A visitor's jobs, a page at a time, of as many as there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from tryon_core.job_state import JobState
from tryon_core.sentences import plain
from tryon_core.storage.collection_tables import COLLECTIONS
from tryon_core.storage.job_records import JOBS, JobRecord
from tryon_core.storage.ledger import Ledger, record_of

LONGEST_WORDS = 200  # characters that are looked for


@dataclass(frozen=True, slots=True)
class JobQuery:
    """Which jobs: what is given holds together. `words` are each in the title, whatever their case, and of
    each of `any_of` at least one text is; `since` and `before` are Unix seconds of the submit, the second
    excluded; `apart` leaves out what was made for a collection that is there. Of a text only what titles can
    have is taken, and no more than anybody types."""

    words: str = ""
    states: tuple[JobState, ...] = ()
    vendor: str = ""
    pinned: bool = False
    apart: bool = False
    since: float | None = None
    before: float | None = None
    any_of: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        for name in ("words", "vendor"):
            object.__setattr__(self, name, plain(getattr(self, name))[:LONGEST_WORDS])
        texts = (tuple(plain(text)[:LONGEST_WORDS] for text in some) for some in self.any_of)
        object.__setattr__(self, "any_of", tuple(texts))


EVERY = JobQuery()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the next one begins behind it, whatever came or went meanwhile."""

    submitted_at: float
    job_id: str


def page(
    ledger: Ledger, owner: str, query: JobQuery = EVERY, after: Place | None = None, limit: int = 24
) -> list[JobRecord]:
    """At most `limit` of an owner's jobs, newest first, behind a place. Blocks for milliseconds."""
    newest = JOBS.c.submitted_at.desc(), JOBS.c.id.desc()
    found = sa.select(JOBS).where(_wanted(owner, query)).order_by(*newest).limit(limit)
    if after is not None:
        here = sa.tuple_(JOBS.c.submitted_at, JOBS.c.id)
        found = found.where(here < sa.tuple_(sa.literal(after.submitted_at), sa.literal(plain(after.job_id))))
    with ledger.engine.connect() as connection:
        return [record_of(row) for row in connection.execute(found)]


def counts(ledger: Ledger, owner: str, query: JobQuery = EVERY) -> Mapping[JobState, int]:
    """How many of an owner's jobs there are, by state. Blocks for milliseconds."""
    found = sa.select(JOBS.c.state, sa.func.count()).where(_wanted(owner, query)).group_by(JOBS.c.state)
    known = {state.value for state in JobState}
    with ledger.engine.connect() as connection:
        return {JobState(state): n for state, n in connection.execute(found) if state in known}


def _wanted(owner: str, query: JobQuery) -> sa.ColumnElement[bool]:
    title = sa.func.coalesce(JOBS.c.own_title, JOBS.c.title)
    rules = [
        JOBS.c.owner == owner,
        JOBS.c.deleted_at.is_(None),
        *(title.icontains(word, autoescape=True) for word in query.words.split()),
        *(sa.or_(*(title.icontains(text, autoescape=True) for text in some)) for some in query.any_of),
    ]
    if query.states:
        rules.append(JOBS.c.state.in_([state.value for state in query.states]))
    if query.vendor:
        rules.append(JOBS.c.vendor == query.vendor)
    if query.pinned:
        rules.append(JOBS.c.pinned_at.is_not(None))
    if query.apart:
        its_own = (COLLECTIONS.c.id == JOBS.c.collection_id) & COLLECTIONS.c.deleted_at.is_(None)
        rules.append(~sa.exists().where(its_own))
    if query.since is not None:
        rules.append(JOBS.c.submitted_at >= query.since)
    if query.before is not None:
        rules.append(JOBS.c.submitted_at < query.before)
    return sa.and_(*rules)
