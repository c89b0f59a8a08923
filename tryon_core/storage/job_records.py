"""What one row of the job ledger holds, and how it is laid into the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import sqlalchemy as sa

from tryon_core.account import Account
from tryon_core.errors import Charged
from tryon_core.job_state import JobState

METADATA = sa.MetaData()

JOBS = sa.Table(
    "tryon_jobs",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    sa.Column("likeness", sa.String(64), key="fingerprint", nullable=False, index=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("vendor", sa.String(16), nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("stem", sa.Text, nullable=False),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("expected", sa.Integer, nullable=False),
    sa.Column("submitted_at", sa.Float, nullable=False),
    sa.Column("finished_at", sa.Float),
    sa.Column("sending_since", sa.Float),
    sa.Column("asked_at", sa.Float, key="polled_at"),
    sa.Column("ready_at", sa.Float),
    sa.Column("task_id", sa.Text, nullable=False),
    sa.Column("request_ids", sa.JSON, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("failed_pictures", sa.Integer, nullable=False),
    sa.Column("problem", sa.JSON(none_as_null=True)),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("charged", sa.String(16), nullable=False),
    sa.Column("runs", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    # What later versions added: nullable, so that a database of an earlier one can be given them.
    sa.Column("own_title", sa.Text),
    sa.Column("pinned_at", sa.Float),
    sa.Column("own_key", sa.String(64)),
    sa.Column("counted_on", sa.Integer),
    sa.Column("deleted_at", sa.Float),
    # What makes sentences of these two columns' texts, by text: versions before this one leave it out.
    sa.Column("title_said", sa.JSON(none_as_null=True)),
    sa.Column("notes_said", sa.JSON(none_as_null=True)),
    sa.Column("collection_id", sa.String(64)),
    sa.Column("batch", sa.String(64)),
    sa.Column("batch_place", sa.JSON(none_as_null=True)),
    sa.Index("ix_tryon_jobs_owner_submitted", "owner", "submitted_at"),
    sa.Index("ix_tryon_jobs_kind_submitted", "vendor", "live", "expected", "submitted_at"),
    sa.Index("ix_tryon_jobs_deleted", "deleted_at"),
    sa.Index("ix_tryon_jobs_collection", "collection_id"),
    sa.Index("ix_tryon_jobs_batch", "batch"),
)

# The number of the start that wrote a database last: the larger, the fresher.
GENERATION = sa.Table(
    "tryon_generation",
    METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
)


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One row. JSON columns are plain objects; times are Unix seconds.

    `owner` is a digest of the visitor, `fingerprint` a digest of visitor and request, `generation` counts
    the jobs of one fingerprint, `stem` begins the names of the pictures, `sending_since` is the mark that a
    submit is about to leave, `polled_at` is the last poll that found the task running and `ready_at` the
    one that found it ended, `runs` counts how often following was taken up,
    `revision` grows with each change. `own_title` is what the visitor named the job; `pinned_at` is when
    it was kept from being cleared away; `own_key` is the mark of the visitor's own account, if it is theirs;
    `counted_on` the day whose spending the job is counted in; `deleted_at` when the visitor deleted it, while
    it can still be had back; `collection_id` is the collection that it was made for. `batch` is the job whose
    request takes this one's suit along, also that job's own id once others went with it; `batch_place` is
    which of the request's suits is this job's, as `jobs/batch_place.py` reads it.
    """

    id: str
    owner: str
    fingerprint: str
    generation: int
    vendor: str
    live: bool
    title: str
    stem: str
    request: dict[str, object]
    state: JobState
    expected: int
    submitted_at: float
    finished_at: float | None = None
    sending_since: float | None = None
    polled_at: float | None = None
    ready_at: float | None = None
    task_id: str = ""
    request_ids: tuple[str, ...] = ()
    pictures: tuple[dict[str, object], ...] = ()
    failed_pictures: int = 0
    problem: dict[str, object] | None = None
    notes: tuple[str, ...] = ()
    charged: Charged = Charged.NO
    runs: int = 0
    revision: int = 0
    own_title: str | None = None
    pinned_at: float | None = None
    own_key: str | None = None
    counted_on: int | None = None
    deleted_at: float | None = None
    collection_id: str | None = None
    batch: str | None = None
    batch_place: dict[str, object] | None = None

    @property
    def account(self) -> Account:
        """Whose credentials the job goes on with."""
        return Account(self.vendor, self.live, self.own_key or "")


class Change(TypedDict, total=False):
    """What may change in a row."""

    title: str
    state: JobState
    finished_at: float | None
    sending_since: float | None
    polled_at: float | None
    ready_at: float | None
    task_id: str
    request_ids: tuple[str, ...]
    pictures: tuple[dict[str, object], ...]
    failed_pictures: int
    problem: dict[str, object] | None
    notes: tuple[str, ...]
    charged: Charged
    runs: int
    own_title: str | None
    pinned_at: float | None
    deleted_at: float | None
    batch: str | None
    batch_place: dict[str, object] | None
