"""Jobs, as 0.4.0 keeps them before it has collections: from a database of 0.3.0, or from none."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0001"
down_revision = None

TABLES = sa.MetaData()

sa.Table(
    "tryon_jobs",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    sa.Column("likeness", sa.String(64), nullable=False, index=True),
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
    sa.Column("asked_at", sa.Float),
    sa.Column("ready_at", sa.Float),
    sa.Column("task_id", sa.Text, nullable=False),
    sa.Column("request_ids", sa.JSON, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("failed_pictures", sa.Integer, nullable=False),
    sa.Column("problem", sa.JSON),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("charged", sa.String(16), nullable=False),
    sa.Column("runs", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("own_title", sa.Text),
    sa.Column("pinned_at", sa.Float),
    sa.Column("own_key", sa.String(64)),
    sa.Column("counted_on", sa.Integer),
    sa.Column("deleted_at", sa.Float),
    sa.Column("title_said", sa.JSON),
    sa.Column("notes_said", sa.JSON),
    sa.Index("ix_tryon_jobs_owner_submitted", "owner", "submitted_at"),
    sa.Index("ix_tryon_jobs_kind_submitted", "vendor", "live", "expected", "submitted_at"),
    sa.Index("ix_tryon_jobs_deleted", "deleted_at"),
)
sa.Table(
    "tryon_generation",
    TABLES,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
)
sa.Table(
    "tryon_spending",
    TABLES,
    sa.Column("day", sa.Integer, primary_key=True),
    sa.Column("vendor", sa.String(16), primary_key=True),
    sa.Column("own_key", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("pictures", sa.Integer, nullable=False),
)
sa.Table(
    "tryon_slots",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("taken", sa.JSON, nullable=False),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
