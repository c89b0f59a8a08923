"""What is typed to find a job, as its title in the ledger has it.

The ledger keeps titles in English, and a card shows them in the language of its reader. So names and turns of
phrase of another language are looked for by their English as well, whatever language the page is in.
"""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from tryon_core import texts_of
from tryon_ui.language import ENGLISH, LANGUAGES
from tryon_ui.texts import OWNER

# The texts that titles are made of, by whose they are: their keys, or their table.
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    OWNER: (
        "sample.",
        "form.garment",
        "form.by_link",
        "form.described_model",
        "form.own_photos",
        "form.title",
        "form.outfit",
        "refine.title",
        "collection.described_n",
        "collection.photos_n",
    ),
    "": ("people.", "title.on", "title.both", "title.refined"),
}
_SIGNS: Final = " ,.，。（）"  # around a turn of phrase: nobody types them


def split(typed: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The words that are looked for as they are, and for each other one what it may be in a title.

    >>> split("James试穿连帽衫")
    ('James', (('连帽衫', 'Hoodie'), ('试穿', 'on')))
    """
    words, others = typed, []
    for text, english in _phrases().items():
        if text in words:
            words = words.replace(text, " ")
            others.append((text, *english))
    begun = {word: _usual(word) or _begun(word) for word in words.split()}
    others += [(word, *english) for word, english in begun.items() if english]
    return " ".join(word for word, english in begun.items() if not english), tuple(others)


def _usual(word: str) -> tuple[str, ...]:
    """A word of full-width letters, as Chinese keyboards write them, in those that titles have."""
    usual = unicodedata.normalize("NFKC", word)
    return (usual,) if usual != word else ()


def _begun(word: str) -> tuple[str, ...]:
    """The English of what a word is a part of; nothing for Latin letters, which English has as well."""
    if word.isascii():
        return ()
    return tuple(one for text, english in _phrases().items() if word in text for one in english)


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    """What titles are made of in other languages than English, the longest first, each with its English."""
    found: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES.keys() - {ENGLISH}:
        for theirs, ours in _pairs(language):
            found[theirs] += [ours] if ours not in found[theirs] else []
    return {text: tuple(found[text]) for text in sorted(found, key=len, reverse=True)}


def _pairs(language: str) -> Iterator[tuple[str, str]]:
    for owner, names in _PARTS.items():
        theirs = texts_of(owner, language)
        for key, text in texts_of(owner, ENGLISH).items():
            if key in names or f"{key.partition('.')[0]}." in names:
                yield from zip(_fixed(theirs[key]), _fixed(text), strict=False)


def _fixed(text: str) -> tuple[str, ...]:
    """What of a text stays whatever its parameters are: "{garment} on {model}" is "on"."""
    pieces = [piece for part in string.Formatter().parse(text) for piece in (part[0], part[2] or "")]
    return tuple(filter(None, (piece.strip(_SIGNS) for piece in pieces)))
