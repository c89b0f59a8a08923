"""Shares of collections: links, those who answer under them, and what they say."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0003"
down_revision = "0002"

TABLES = sa.MetaData()

sa.Table(
    "tryon_shares",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("lead", sa.Text, nullable=False),
    sa.Column("shared_by", sa.Text, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("votes", sa.Boolean, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("ends_at", sa.Float, nullable=False),
    sa.Column("revoked_at", sa.Float),
    sa.Column("opened", sa.Integer, nullable=False),
    sa.Column("last_opened_at", sa.Float),
    sa.Column("wrong_tries", sa.Integer, nullable=False),
    sa.Column("locked_until", sa.Float, nullable=False),
)
sa.Table(
    "tryon_share_reviewers",
    TABLES,
    sa.Column("share_id", sa.String(64), primary_key=True),
    sa.Column("reviewer", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)
sa.Table(
    "tryon_share_votes",
    TABLES,
    sa.Column("share_id", sa.String(64), primary_key=True),
    sa.Column("reviewer", sa.String(64), primary_key=True),
    sa.Column("picture", sa.Integer, primary_key=True),
    sa.Column("verdict", sa.String(8)),
    sa.Column("word", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
