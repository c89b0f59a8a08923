"""Whether values are of the types that annotations name: JSON from outside brings `2.0` and `"no"` too."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from tryon_core.errors import InvalidRequest
from tryon_core.sentences import said, texts_of

_WORDS: Mapping[object, str] = {
    int: "whole_number",
    float: "number",
    bool: "flag",
    str: "text",
    type(None): "nothing",
    list: "list",
    tuple: "list",
    dict: "object",
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
        known = f"field.{name}" in texts_of("")
        label = said(f"field.{name}") if known else name.replace("_", " ")
        raise InvalidRequest(label, found, _words(hint))


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
        return said("word.one_of", those=tuple(map(str, of)))
    if kind in (Union, types.UnionType):
        return said("word.either", those=tuple(dict.fromkeys(map(_words, of))))
    if kind in (tuple, list) and of:
        return said("type.list_of", item=_words(of[0]))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return said("word.one_of", those=tuple(str(member) for member in hint))
    name = "file" if is_typeddict(hint) else _WORDS.get(kind or hint, "else")
    return said(f"type.{name}")
