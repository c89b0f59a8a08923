"""Alembic's entry: runs on the connection that it is given, within whatever transaction that is in."""

from alembic import context

from tryon_core.storage.migration import VERSIONS

context.configure(connection=context.config.attributes["connection"], version_table=VERSIONS)
with context.begin_transaction():
    context.run_migrations()
