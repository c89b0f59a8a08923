"""How collections are laid into the database: garments x models, and of each cell the job that it has now.

Rows of a collection are its visitor's; pictures of its garments and models lie in a folder of its own.
"""

from __future__ import annotations

import sqlalchemy as sa

from tryon_core.storage.job_records import METADATA

COLLECTIONS = sa.Table(
    "tryon_collections",
    METADATA,
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

GARMENTS = sa.Table(
    "tryon_collection_garments",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("suit", sa.JSON, nullable=False),
    sa.Column("fingerprint", sa.String(64)),  # the same for two of equal names, choices and pictures
)

MODELS = sa.Table(
    "tryon_collection_models",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("model", sa.JSON, nullable=False),
    sa.Column("fingerprint", sa.String(64)),
)

# A cell says whose account it goes out with: its pictures count as spent from the click on.
CELLS = sa.Table(
    "tryon_collection_cells",
    METADATA,
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
    sa.Column("attempt", sa.Integer, nullable=False),  # counts the jobs that were wanted of it
    sa.Column("turn", sa.Integer, nullable=False),  # among the waiting ones of its visitor, when it began to
    sa.Column("job_id", sa.String(64), index=True),
    sa.Column("problem", sa.JSON(none_as_null=True)),
    sa.Column("earlier", sa.JSON, nullable=False),  # the jobs that it had before this one
    # Of a cell that refines a picture: which one, and the person's gender. It has no garment and no model.
    sa.Column("source_job_id", sa.String(64)),
    sa.Column("source_number", sa.Integer),
    sa.Column("gender", sa.String(16)),
    sa.Index("ix_tryon_collection_cells_state_owner", "state", "owner"),
)

# What a visitor thinks of a picture; of one that is neither chosen nor noted there is no row.
CHOICES = sa.Table(
    "tryon_collection_choices",
    METADATA,
    sa.Column("collection_id", sa.String(64), primary_key=True),
    sa.Column("job_id", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("chosen_at", sa.Float),
    sa.Column("note", sa.Text, nullable=False),
)
