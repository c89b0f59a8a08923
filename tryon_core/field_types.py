"""Whether values are of the types that annotations name: JSON from outside brings `2.0` and `"no"` too."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from tryon_core.errors import InvalidRequest

_LABELS = {"count": "number of pictures", "name": "model", "pictures": "model photos", "suits": "garments"}
_WORDS: Mapping[object, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "text",
    type(None): "nothing",
    list: "a list",
    dict: "an object",
}


def check_fields(instance: Any) -> None:
    """Checks every field of a dataclass by its annotation. Raises `InvalidRequest`."""
    for name, hint in _hints(instance.__class__):
        check_type(name, getattr(instance, name), hint)


def check_type(name: str, value: object, hint: Any) -> None:
    """Raises `InvalidRequest` for a value that is not what the annotation says. No text is repeated: it may
    be a signed link."""
    if not fits(value, hint):
        found = f"{value!r}"[:40] if isinstance(value, int | float) else _words(type(value))
        raise InvalidRequest(_LABELS.get(name, name.replace("_", " ")), found, _words(hint))


def fits(value: object, hint: Any) -> bool:
    """Whether a value is of an annotated type. True and False are no numbers."""
    kind, of = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if kind in (Union, types.UnionType):
        return any(fits(value, one) for one in of)
    if kind is Literal:
        return any(type(value) is type(one) and value == one for one in of)
    if kind in (tuple, list):
        return isinstance(value, kind) and all(fits(item, of[0]) for item in value)
    if hint in (int, float, str):
        return isinstance(value, (int, float) if hint is float else hint) and not isinstance(value, bool)
    return isinstance(value, dict) if is_typeddict(hint) else isinstance(value, kind or hint)


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _words(hint: Any) -> str:
    kind, of = get_origin(hint), get_args(hint)
    if kind is Literal:
        return ", ".join(map(str, of))
    if kind in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(map(_words, of)))
    if kind in (tuple, list):
        return f"a list, each item {_words(of[0])}" if of else "a list"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ", ".join(str(member) for member in hint)
    if is_typeddict(hint):
        return "an uploaded file"
    return _WORDS.get(hint, "something else")
