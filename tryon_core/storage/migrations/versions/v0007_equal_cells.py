"""Cells that ask for the same as another one, and what rows and columns are compared by."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0007"
down_revision = "0006"

TABLES = sa.MetaData()

# What is added to tables that are there.
for name, column in (
    ("tryon_collection_garments", "content"),
    ("tryon_collection_models", "content"),
    ("tryon_collection_cells", "same_as"),
):
    sa.Table(
        name,
        TABLES,
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(column, sa.String(64)),
    )


def upgrade() -> None:
    added(*TABLES.sorted_tables)
