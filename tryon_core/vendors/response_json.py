"""Reading what vendors answer: JSON whose types cannot be relied on, and words that may hold secrets."""

from __future__ import annotations

import email.utils
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import TypeAlias

import httpx

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = Mapping[str, Json]

LONGEST_MESSAGE = 300
LONGEST_WAIT_S = 24 * 3600  # the longest Retry-After that is heard; the deadline of a job is far earlier
TURNED_AWAY = frozenset({429, 503})  # statuses that say by themselves that nothing was accepted
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_IDS = ("requestId", "request_id", "RequestId", "_trace_id_", "log_id")


def json_of(response: httpx.Response) -> Json:
    """The body as JSON; None when it is empty or something else."""
    return parsed(response.content.decode("utf-8-sig", "replace"))


def parsed(text: str) -> Json:
    """A text as JSON; None when it is not."""
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def opened(value: Json) -> Json:
    """The value itself, or what a string of JSON holds: vendors send either."""
    return parsed(value) if isinstance(value, str) else value


def obj(value: Json) -> Object:
    """An object, or one inside a string of JSON; else an empty one."""
    inside = opened(value)
    return inside if isinstance(inside, dict) else {}


def items(value: Json) -> Sequence[Json]:
    """A list, or one inside a string of JSON; else an empty one."""
    inside = opened(value)
    return inside if isinstance(inside, list) else ()


def text(value: Json) -> str:
    """A word or a number as text; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def first_text(*values: Json) -> str:
    """The first that is a non-empty text or a number."""
    return next(filter(None, map(text, values)), "")


def message(*values: Json) -> str:
    """The first text fit to be shown: links may be signed and are taken out, and it is cut to a length."""
    return _LINK.sub("(link)", first_text(*values))[:LONGEST_MESSAGE]


def request_ids(*bodies: Object) -> tuple[str, ...]:
    """Every id that support may ask for, each once, in the order found."""
    return tuple(dict.fromkeys(_ids(bodies)))


def _ids(bodies: Sequence[Object]) -> Iterator[str]:
    for body in bodies:
        for name in _IDS:
            if found := text(body.get(name))[:80]:
                yield found


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that the vendor asks to wait: told as such, or as a time, by the vendor's own clock."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:6]), LONGEST_WAIT_S))
    then, now = moment(value), moment(response.headers.get("date", ""))
    if then is None or now is None:
        return None
    return min(max(then - now, 0.0), LONGEST_WAIT_S)


def moment(value: str) -> float | None:
    """An HTTP date (RFC 9110, 5.6.7) as Unix seconds; None for anything else."""
    try:
        parsed_date = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return (parsed_date if parsed_date.tzinfo else parsed_date.replace(tzinfo=UTC)).timestamp()
