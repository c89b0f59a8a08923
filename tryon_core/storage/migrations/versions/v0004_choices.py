"""What is chosen of a collection's pictures and noted to them, cells that refine a picture, and what tells a
row or column from an equal one."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0004"
down_revision = "0003"

TABLES = sa.MetaData()

sa.Table(
    "tryon_collection_choices",
    TABLES,
    sa.Column("collection_id", sa.String(64), primary_key=True),
    sa.Column("job_id", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("chosen_at", sa.Float),
    sa.Column("note", sa.Text, nullable=False),
)
# What is added to tables that are there.
for name in ("tryon_collection_garments", "tryon_collection_models"):
    sa.Table(
        name,
        TABLES,
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("fingerprint", sa.String(64)),
    )
sa.Table(
    "tryon_collection_cells",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("source_job_id", sa.String(64)),
    sa.Column("source_number", sa.Integer),
    sa.Column("gender", sa.String(16)),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
