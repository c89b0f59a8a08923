"""Reading what AILab says is left on an account."""

from __future__ import annotations

import math
from collections.abc import Iterator

import httpx

from tryon_core.sentences import Json
from tryon_core.vendors.ailab.responses import failure
from tryon_core.vendors.response_json import Object, items, json_of, obj, text

# The page "Querying Credits": credits lie in pools, one for every service and one for each single service.
USABLE = frozenset({"common", "portrait_try_on_clothes_refiner"})
LONGEST_NUMBER = 20  # characters


def read_credits(answer: httpx.Response) -> float | None:
    """The credits that the refiner can draw on; None where the answer does not tell."""
    body = obj(json_of(answer))
    if failure(answer, body) is not None:
        return None
    found = [balance for pool in _pools(body) if (balance := _balance(pool)) is not None]
    return sum(found) if found else None


def _pools(body: Object) -> Iterator[Object]:
    """The pools of use here: listed, or a single one by itself."""
    data = body.get("data")
    listed = (obj(item) for item in items(data)) if items(data) else (obj(data),)
    return (pool for pool in listed if text(pool.get("unique_sign")) in USABLE)


def _balance(pool: Object) -> float | None:
    number = _number(pool.get("balance"))
    return number if number is not None and math.isfinite(number) else None


def _number(value: Json) -> float | None:
    try:
        return float(text(value)[:LONGEST_NUMBER])
    except ValueError:
        return None
