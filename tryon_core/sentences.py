"""What the core says, in every language that it knows: `texts/<language>.toml`, and such files in the folders
of the vendors.

A text names its parameters in braces, as `str.format` does. Beyond that `{field!C}` begins with a capital and
`{field!c}` with a small letter, `{count:picture|pictures}` is the word for one or for more, and `{kinds: or
}` puts its sign between several. What others say is made plain before it is passed on.
"""

from __future__ import annotations

import json
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

ENGLISH = "en"
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_WORD = re.compile(r"[A-Za-z0-9_-]{1,40}")
# What not every database, file and reader of JSON takes: NUL, which PostgreSQL refuses, and the halves of
# characters (lone surrogates), which have no UTF-8.
_ODD = re.compile("[\x00\ud800-\udfff]")
# What is not seen, or turns the order of what follows around: beside a name, another could be read.
_UNSEEN = re.compile("[\u00ad\u115f\u1160\u200b\u202a-\u202e\u2060\u2066-\u2069\u2800\u3164\ufeff\uffa0]")
_FOLDERS = {"": Path(__file__).parent / "texts"}


class Sentence(str):
    """English text that knows how it is said in other languages: by its key, with its parameters.

    It is the text wherever text is wanted. A parameter may be a sentence, too.
    """

    key: str
    params: Mapping[str, object]

    def __new__(cls, text: str, key: str, params: Mapping[str, object]) -> Sentence:
        sentence = super().__new__(cls, text)
        sentence.key, sentence.params = key, params
        return sentence

    def __getnewargs__(self) -> tuple[str, str, Mapping[str, object]]:  # type: ignore[override]
        return str(self), self.key, self.params

    def in_language(self, language: str) -> str:
        """The same in another language; in English where a sentence of another version is not known here."""
        try:
            return self if language == ENGLISH else _rendered(self.key, language, self.params)
        except (LookupError, ValueError, TypeError):
            return str(self)


def said(key: str, /, **params: object) -> Sentence:
    """The sentence with this key, `vendor:key` for one of a vendor's. What its text does not name is left out
    of its parameters. Raises `KeyError`."""
    named = _names(_text(key, ENGLISH))
    kept = {name: value for name, value in params.items() if name in named}
    return Sentence(_rendered(key, ENGLISH, kept), key, kept)


def in_language(text: str, language: str) -> str:
    """A sentence in a language; any other text as it is: a name, a vendor's own words, a row of 0.4.0."""
    return text.in_language(language) if isinstance(text, Sentence) else text


def in_every_language(text: str) -> Mapping[str, str]:
    """A text in each language that the core speaks, by the language's name."""
    return {path.stem: in_language(text, path.stem) for path in _FOLDERS[""].glob("*.toml")}


def add_texts(owner: str, folder: Path) -> None:
    """Makes the texts of a folder known: those of keys that begin with `owner:`."""
    _FOLDERS[owner] = folder


def texts_of(owner: str, language: str = ENGLISH) -> Mapping[str, str]:
    """All texts of a vendor by their keys without its name; of the core itself for "". Raises `KeyError`."""
    return _read(_FOLDERS[owner], language)


def packed(text: str) -> dict[str, object] | None:
    """What makes a text a sentence, as plain JSON; None for any other text."""
    if not isinstance(text, Sentence):
        return None
    return {"key": text.key, "params": {name: _plain(value) for name, value in text.params.items()}}


def restored(text: str, kept: object) -> str:
    """The sentence of a text, from what `packed` made of it; the text alone for anything else."""
    match kept:
        case {"key": str(key), "params": dict(params)}:
            return Sentence(text, key, {str(name): _whole(value) for name, value in params.items()})
        case _:
            return text


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        return {"text": str(value), **(packed(value) or {})}
    return list(map(_plain, value)) if isinstance(value, tuple) else value


def _whole(value: object) -> object:
    if isinstance(value, dict):
        return restored(str(value.get("text", "")), value)
    return tuple(map(_whole, value)) if isinstance(value, list) else value


class _Speaker(string.Formatter):
    def __init__(self, language: str) -> None:
        self._language = language

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if isinstance(value, str):
            value = in_language(value, self._language)
        first = {"C": str.upper, "c": str.lower}.get(conversion or "")
        return f"{first(value[:1])}{value[1:]}" if first else value

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        if isinstance(value, tuple):  # what is between, and what before the last one where that is else
            *first, last = [in_language(item, self._language) for item in value] or [""]
            return (more if bar else one).join((one.join(first), last)) if first else last
        return (one if value == 1 else more) if bar else format(value, format_spec)


def _rendered(key: str, language: str, params: Mapping[str, object]) -> str:
    text = _text(key, language)
    # Most texts have no parameter, and a card says some thirty.
    return _Speaker(language).vformat(text, (), params) if "{" in text or "}" in text else text


def _text(key: str, language: str) -> str:
    owner, _, name = key.rpartition(":")
    return texts_of(owner, language)[name]


@cache
def _names(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@cache
def _read(folder: Path, language: str) -> Mapping[str, str]:
    return dict(_flat(tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def plain(text: str) -> str:
    """The text without what not everybody takes; itself where there is nothing of that."""
    return _ODD.sub("", text) if _ODD.search(text) else text


def is_word(text: str) -> bool:
    """Whether what was given in place of a word may be repeated: a text may be a signed link."""
    return bool(_WORD.fullmatch(text))


def one_line(text: str) -> str:
    """What somebody typed, plain, on one line, and in the order in which it is read; "" where nothing of it
    would be seen."""
    seen = _UNSEEN.sub("", " ".join(plain(text).split())).strip()
    return seen if any(unicodedata.category(sign)[0] not in "CMZ" for sign in seen) else ""


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
