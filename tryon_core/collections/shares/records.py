"""The rows of shares. Every function blocks for milliseconds: call it in a worker thread. Raises a
`StorageFault` where that cannot be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from tryon_core.collections.shares.model import MOST_REVIEWERS, MOST_SHARES, Verdict
from tryon_core.errors import InvalidRequest, rule
from tryon_core.storage.collection_tables import COLLECTIONS
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.share_tables import REVIEWERS, SHARES, VOTES


@dataclass(frozen=True, slots=True)
class ShareRecord:
    id: str
    collection_id: str
    owner: str
    title: str
    lead: str
    shared_by: str
    pictures: tuple[tuple[str, str], ...]
    votes: bool
    password: str
    created_at: float
    ends_at: float
    revoked_at: float | None = None
    opened: int = 0
    last_opened_at: float | None = None
    shared_with: str = ""


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """`name` is the one that the reviewer typed."""

    share_id: str
    reviewer: str
    picture: int
    verdict: Verdict | None
    word: str
    changed_at: float
    name: str = ""


def add(ledger: Ledger, share: ShareRecord) -> None:
    """Writes a new share. Raises `InvalidRequest` when the collection has too many already."""
    there = sa.select(sa.func.count()).where(SHARES.c.collection_id == share.collection_id)
    with ledger.turn() as connection:
        if (found := connection.scalar(there) or 0) >= MOST_SHARES:
            raise InvalidRequest(*rule("many_shares", found=found + 1, most=MOST_SHARES))
        values = {**asdict(share), "pictures": [list(picture) for picture in share.pictures]}
        connection.execute(sa.insert(SHARES).values(values))


def share(ledger: Ledger, share_id: str) -> ShareRecord | None:
    """The row of a share; None as well where its collection is deleted."""
    there = (COLLECTIONS.c.id == SHARES.c.collection_id) & COLLECTIONS.c.deleted_at.is_(None)
    with ledger.engine.connect() as connection:
        query = sa.select(SHARES).join(COLLECTIONS, there).where(SHARES.c.id == share_id)
        row = connection.execute(query).first()
    return None if row is None else _share_of(row)


def of_collection(ledger: Ledger, collection_id: str) -> list[ShareRecord]:
    """The shares of a collection, newest first."""
    query = sa.select(SHARES).where(SHARES.c.collection_id == collection_id)
    with ledger.engine.connect() as connection:
        return [_share_of(row) for row in connection.execute(query.order_by(SHARES.c.created_at.desc()))]


def revoke(ledger: Ledger, share_id: str, now: float) -> None:
    """Closes a link for good; the time of the first time stays."""
    still = (SHARES.c.id == share_id) & SHARES.c.revoked_at.is_(None)
    with ledger.engine.begin() as connection:
        connection.execute(sa.update(SHARES).where(still).values(revoked_at=now))


def opened(ledger: Ledger, share_id: str, now: float) -> None:
    """Counts that somebody opened it."""
    change = sa.update(SHARES).where(SHARES.c.id == share_id)
    with ledger.engine.begin() as connection:
        connection.execute(change.values(opened=SHARES.c.opened + 1, last_opened_at=now))


def name_reviewer(ledger: Ledger, share_id: str, reviewer: str, name: str) -> None:
    """Keeps under which name somebody votes. Raises `InvalidRequest` when too many have a name already."""
    this = (REVIEWERS.c.share_id == share_id) & (REVIEWERS.c.reviewer == reviewer)
    there = sa.select(sa.func.count()).where(REVIEWERS.c.share_id == share_id)
    with ledger.turn() as connection:
        if connection.execute(sa.update(REVIEWERS).where(this).values(name=name)).rowcount:
            return
        if (found := connection.scalar(there) or 0) >= MOST_REVIEWERS:
            raise InvalidRequest(*rule("many_reviewers", found=found + 1, most=MOST_REVIEWERS))
        connection.execute(sa.insert(REVIEWERS).values(share_id=share_id, reviewer=reviewer, name=name))


def name_of(ledger: Ledger, share_id: str, reviewer: str) -> str:
    """The name that somebody typed; "" where there is none."""
    this = (REVIEWERS.c.share_id == share_id) & (REVIEWERS.c.reviewer == reviewer)
    with ledger.engine.connect() as connection:
        return connection.scalar(sa.select(REVIEWERS.c.name).where(this)) or ""


def vote(
    ledger: Ledger,
    share_id: str,
    reviewer: str,
    picture: int,
    change: Mapping[str, Verdict | str | None],
    now: float,
) -> None:
    """Keeps the verdict, or the word, or both, that `change` names, and leaves the other one as it is. A vote
    that says nothing any more goes."""
    columns = VOTES.c
    key = {"share_id": share_id, "reviewer": reviewer, "picture": picture}
    this = sa.and_(*(columns[name] == value for name, value in key.items()))
    with ledger.turn() as connection:
        before = connection.execute(sa.select(columns.verdict, columns.word).where(this)).first()
        verdict, word = before or (None, "")
        values = {"verdict": verdict, "word": word, **change}
        if not any(values.values()):
            connection.execute(sa.delete(VOTES).where(this))
        elif before:
            connection.execute(sa.update(VOTES).where(this).values(**values, changed_at=now))
        else:
            connection.execute(sa.insert(VOTES).values(**key, **values, changed_at=now))


def votes(ledger: Ledger, share_ids: list[str], reviewer: str = "") -> list[VoteRecord]:
    """What was said under some links, in the order in which it was; of one reviewer only, where named."""
    wanted = VOTES.c.share_id.in_(share_ids) & (VOTES.c.reviewer == reviewer if reviewer else sa.true())
    same = (REVIEWERS.c.share_id == VOTES.c.share_id) & (REVIEWERS.c.reviewer == VOTES.c.reviewer)
    query = sa.select(VOTES, REVIEWERS.c.name).outerjoin(REVIEWERS, same).where(wanted)
    with ledger.engine.connect() as connection:
        return [_vote_of(row) for row in connection.execute(query.order_by(VOTES.c.changed_at))]


def _share_of(row: sa.Row[Any]) -> ShareRecord:
    values = dict(row._mapping)
    pictures = tuple((str(job), str(name)) for job, name in values.pop("pictures"))
    shared_with = values.pop("shared_with") or ""  # nothing in a row of a version before
    known = {name: value for name, value in values.items() if name not in ("wrong_tries", "locked_until")}
    return ShareRecord(**known, pictures=pictures, shared_with=shared_with)


def _vote_of(row: sa.Row[Any]) -> VoteRecord:
    values = dict(row._mapping)
    verdict = Verdict(values.pop("verdict")) if values["verdict"] else None
    name = values.pop("name") or ""
    values.pop("verdict", None)
    return VoteRecord(**values, verdict=verdict, name=name)
