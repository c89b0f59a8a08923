"""Whom a link was made for, as its owner calls them."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0006"
down_revision = "0005"

TABLES = sa.MetaData()

# What is added to a table that is there.
sa.Table(
    "tryon_shares",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("shared_with", sa.Text),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
