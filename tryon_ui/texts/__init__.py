"""Every sentence of the page: `en.toml` and `zh.toml` beside this have them by key, a file a language.

`say` is what most of the page needs: the text in the language of whoever is being answered, see
`tryon_ui/language.py`. How texts name their parameters is in `tryon_core/sentences.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tryon_core import Sentence, add_texts, in_language, texts_of
from tryon_core import said as said_by_core
from tryon_ui.language import spoken

OWNER: Final = "page"
add_texts(OWNER, Path(__file__).parent)


def said(key: str, /, **params: object) -> Sentence:
    """A sentence that can be shown in each language: for what outlives the call, as the title of a job does.
    Raises `KeyError`."""
    return said_by_core(f"{OWNER}:{key}", **params)


def say(key: str, /, **params: object) -> str:
    """The text with this key in the language of whoever is being answered. Raises `KeyError`."""
    return translated(said(key, **params))


def translated(text: str) -> str:
    """What the core has said, in that language; what others have said as it came."""
    return in_language(text, spoken())


def wording(key: str) -> str:
    """A text in that language with its parameters still in braces. Raises `KeyError`."""
    return texts_of(OWNER, spoken())[key]


def wordings(table: str) -> Mapping[str, str]:
    """All texts of a table, by their names in it: for the page's scripts."""
    before = f"{table}."
    return {
        key.removeprefix(before): text
        for key, text in texts_of(OWNER, spoken()).items()
        if key.startswith(before)
    }


def choices(table: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """What can be chosen, as labels and values; what is sent is the value, in every language."""
    return [(say(f"{table}.{value}"), value) for value in values]
