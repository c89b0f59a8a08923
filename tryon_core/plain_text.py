"""Text that every database, file and reader of JSON takes: without NUL, which PostgreSQL refuses, and without
the halves of characters (lone surrogates), which have no UTF-8."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_ODD = re.compile("[\x00\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without what not everybody takes; itself where there is nothing of that."""
    return _ODD.sub("", text) if _ODD.search(text) else text


def read_json(text: str) -> Json:
    """JSON, whose texts are plain then: a vendor may cut an emoji in half. Raises `ValueError` for what is
    none, and `RecursionError`."""
    value: Json = json.loads(text)
    return _plain_json(value) if "\\u" in text else value  # only an escape can bring what is odd


def _plain_json(value: Json) -> Json:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain_json(item) for item in value]
    if isinstance(value, dict):
        return {plain(name): _plain_json(item) for name, item in value.items()}
    return value
