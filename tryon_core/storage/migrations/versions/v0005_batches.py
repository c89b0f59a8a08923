"""Jobs whose suits go out in one request: to each the job that sends it, and which suit is its own."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0005"
down_revision = "0004"

TABLES = sa.MetaData()

# What is added to a table that is there.
sa.Table(
    "tryon_jobs",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("batch", sa.String(64)),
    sa.Column("batch_place", sa.JSON),
    sa.Index("ix_tryon_jobs_batch", "batch"),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
