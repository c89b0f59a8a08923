"""Collections: garments x models, and to each job the collection that it was made for."""

import sqlalchemy as sa

from tryon_core.storage.migrations.additions import added

revision = "0002"
down_revision = "0001"

TABLES = sa.MetaData()

sa.Table(
    "tryon_collections",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    sa.Column("fingerprint", sa.String(64), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("vendor", sa.String(16), nullable=False),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("deleted_at", sa.Float),
    sa.Column("revision", sa.Integer, nullable=False),
)
sa.Table(
    "tryon_collection_garments",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("suit", sa.JSON, nullable=False),
)
sa.Table(
    "tryon_collection_models",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("model", sa.JSON, nullable=False),
)
sa.Table(
    "tryon_collection_cells",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("garment_id", sa.String(64), nullable=False),
    sa.Column("model_id", sa.String(64), nullable=False),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("vendor", sa.String(16), nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("own_key", sa.String(64)),
    sa.Column("expected", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("job_id", sa.String(64), index=True),
    sa.Column("problem", sa.JSON),
    sa.Column("earlier", sa.JSON, nullable=False),
    sa.Index("ix_tryon_collection_cells_state_owner", "state", "owner"),
)
# What is added to a table that is there.
sa.Table(
    "tryon_jobs",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64)),
    sa.Index("ix_tryon_jobs_collection", "collection_id"),
)


def upgrade() -> None:
    added(*TABLES.sorted_tables)
