"""Wrong passwords at a link, of each guesser and of all together."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0007"
down_revision = "0006"

TABLES = sa.MetaData()

sa.Table(
    "tryon_share_tries",
    TABLES,
    sa.Column("share_id", sa.String(64), primary_key=True),
    sa.Column("guesser", sa.String(64), primary_key=True),
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("held_until", sa.Float, nullable=False),
    sa.Column("tried_at", sa.Float, nullable=False),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
