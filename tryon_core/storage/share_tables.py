"""How shares of collections are laid into the database: what a link shows, and what those who have it say.

A link is in none of them: it is made of a share's id and the secret of this installation.
"""

from __future__ import annotations

import sqlalchemy as sa

from tryon_core.storage.job_records import METADATA

SHARES = sa.Table(
    "tryon_shares",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("collection_id", sa.String(64), nullable=False, index=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("lead", sa.Text, nullable=False),
    sa.Column("shared_by", sa.Text, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),  # [job id, file name], in the order shown
    sa.Column("votes", sa.Boolean, nullable=False),
    sa.Column("password", sa.Text, nullable=False),  # as scrypt leaves it; "" where none is asked for
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("ends_at", sa.Float, nullable=False),
    sa.Column("revoked_at", sa.Float),
    sa.Column("opened", sa.Integer, nullable=False),
    sa.Column("last_opened_at", sa.Float),
    # Of a version that counted wrong passwords for everybody together: see `SHARE_TRIES`.
    sa.Column("wrong_tries", sa.Integer, nullable=False, default=0),
    sa.Column("locked_until", sa.Float, nullable=False, default=0.0),
    sa.Column("shared_with", sa.Text),  # whom the owner made it for; nobody else is told
)

# Wrong passwords, of each guesser and of all together.
SHARE_TRIES = sa.Table(
    "tryon_share_tries",
    METADATA,
    sa.Column("share_id", sa.String(64), primary_key=True),
    sa.Column("guesser", sa.String(64), primary_key=True),  # a digest of their address; "" is everybody
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("held_until", sa.Float, nullable=False),
    sa.Column("tried_at", sa.Float, nullable=False),
)

REVIEWERS = sa.Table(
    "tryon_share_reviewers",
    METADATA,
    sa.Column("share_id", sa.String(64), primary_key=True),
    sa.Column("reviewer", sa.String(64), primary_key=True),  # a digest of what their browser holds
    sa.Column("name", sa.Text, nullable=False),
)

VOTES = sa.Table(
    "tryon_share_votes",
    METADATA,
    sa.Column("share_id", sa.String(64), primary_key=True),
    sa.Column("reviewer", sa.String(64), primary_key=True),
    sa.Column("picture", sa.Integer, primary_key=True),  # its number in `pictures`, from 1 on
    sa.Column("verdict", sa.String(8)),
    sa.Column("word", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)
