"""How the tables came to be as they are, version by version: what Alembic runs when a database is opened.

Each file in `versions/` is one step and stands for ever as it was when it was released. A step only adds: a
replica of the version before goes on with the same database meanwhile.
"""
