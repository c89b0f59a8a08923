"""What a type is called in a sentence, as an annotation has it."""

import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, is_typeddict

from tryon_core.sentences import said

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


def type_words(hint: Any) -> str:
    """What a value of this type is: "a whole number", "one of a, b"."""
    kind, of = get_origin(hint), get_args(hint)
    if kind is Literal:
        return said("word.one_of", those=tuple(map(str, of)))
    if kind in (Union, types.UnionType):
        return said("word.either", those=tuple(dict.fromkeys(map(type_words, of))))
    if kind in (tuple, list) and of:
        return said("type.list_of", item=type_words(of[0]))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return said("word.one_of", those=tuple(str(member) for member in hint))
    name = "file" if is_typeddict(hint) else _WORDS.get(kind or hint, "else")
    return said(f"type.{name}")
