"""What engines share must not make one of them read as another does."""

from __future__ import annotations

import json

import sqlalchemy as sa

ROWS = sa.Table("rows_of_json", sa.MetaData(), sa.Column("value", sa.JSON))


def read_by(engine: sa.Engine) -> object:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE rows_of_json (value)")
        connection.exec_driver_sql("INSERT INTO rows_of_json VALUES ('[1]')")
        return connection.scalar(sa.select(ROWS.c.value))


def test_engines_that_read_json_differently_each_read_it_their_own_way() -> None:
    plain = sa.create_engine("sqlite://")
    own = sa.create_engine("sqlite://", json_deserializer=lambda text: {"read": json.loads(text)})
    assert read_by(plain) == [1]
    assert read_by(own) == {"read": [1]}
    for engine in (plain, own):
        engine.dispose()
