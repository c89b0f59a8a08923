"""Reading what vendors answer: JSON whose types cannot be relied on, and words that may hold secrets."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import TypeAlias

import httpx

from tryon_core.requests.request_parts import is_link
from tryon_core.sentences import Json, read_json

Object: TypeAlias = Mapping[str, Json]

LONGEST_MESSAGE = 300
LONGEST_WAIT_S = 24 * 3600  # the most that a Retry-After is read as; the deadline of a job is far earlier
DEEPEST = 8  # levels that pictures are looked for in
TURNED_AWAY = frozenset({429, 503})  # statuses that say by themselves that nothing was accepted
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# What vendors wrap an answer into, each perhaps inside the other.
_WRAPPERS = ("data", "Data", "result", "Result", "output", "Output", "error_response")
_PICTURES = frozenset(
    {"imageurl", "image_url", "imageurls", "image_urls", "imagelist", "image_list", "image", "images"}
    | {"url", "urls", "data", "result", "output"}
)
_WENT_IN = frozenset({"clothes", "clotheslist", "model", "modelimage"})
_FINE_WORDS = frozenset({"success", "succeeded", "successful", "ok", "fine"})
_IDS = ("requestId", "request_id", "RequestId", "_trace_id_", "log_id")


def json_of(response: httpx.Response) -> Json:
    """The body as JSON; None when it is empty or something else."""
    return parsed(response.content.decode("utf-8-sig", "replace"))


def parsed(text: str) -> Json:
    """A text as JSON of plain texts; None when it is not JSON."""
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return None


def opened(value: Json) -> Json:
    """The value itself, or what a string of JSON holds, perhaps in a string once more: vendors send each."""
    for _ in range(3):
        if not isinstance(value, str):
            break
        value = parsed(value)
    return value


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
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def first_text(*values: Json) -> str:
    """The first that is a non-empty text or a number."""
    return next(filter(None, map(text, values)), "")


def message(*values: Json) -> str:
    """The first text fit to be shown: links may be signed and are taken out, it is cut to a length, and a
    word of success says nothing about a failure."""
    told = (value for value in values if text(value).lower() not in _FINE_WORDS)
    return _LINK.sub("(link)", first_text(*told))[:LONGEST_MESSAGE]


def layers(body: Object, into: Callable[[Object], bool] = bool, depth: int = 3) -> Iterator[Object]:
    """An answer and what is wrapped in it, as an object or as a string of JSON: the outer ones first, and
    only `into` those that are wanted."""
    yield body
    if depth:
        for inner in filter(into, (obj(body.get(name)) for name in _WRAPPERS)):
            yield from layers(inner, into, depth - 1)


def within(found: Iterable[Object], *names: str) -> str:
    """The first text of one of these names in several objects."""
    return first_text(*(one.get(name) for one in found for name in names))


def links(value: Json, named: bool = False, depth: int = DEEPEST) -> Iterator[str]:
    """The addresses of result pictures, wherever in an answer: in fields called after pictures, as texts, as
    lists, or as objects, but not in what went in."""
    inside = opened(value)
    if isinstance(inside, dict) and depth:
        for name, inner in inside.items():
            if name.lower() not in _WENT_IN:
                yield from links(inner, name.lower() in _PICTURES, depth - 1)
    elif isinstance(inside, list) and depth:
        for inner in inside:
            yield from links(inner, named, depth - 1)
    elif named and isinstance(value, str):
        link = value.strip(" \t\r\n\"'")
        if is_link(link):
            yield link


def request_ids(*bodies: Object) -> tuple[str, ...]:
    """Every id that support may ask for, each once, in the order found."""
    return tuple(dict.fromkeys(_ids(bodies)))


def _ids(bodies: Sequence[Object]) -> Iterator[str]:
    for body in bodies:
        for name in _IDS:
            if found := text(body.get(name))[:80]:
                yield found


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that the vendor wants to be left alone: given as such, or as a time, by its own clock."""
    value = response.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return min(float(value[:6]), LONGEST_WAIT_S)
    then, now = moment(value), moment(response.headers.get("date", ""))
    if then is None or now is None:
        return None
    return min(max(then - now, 0.0), LONGEST_WAIT_S)


def moment(value: str) -> float | None:
    """An HTTP date (RFC 9110, 5.6.7) as Unix seconds; None for anything else."""
    try:
        date = email.utils.parsedate_to_datetime(value)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError):  # a year or an offset may have any number of digits
        return None
