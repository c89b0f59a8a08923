"""Takes out of a text what must not be seen: the secrets that are in use, and where links lead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus, unquote, urlsplit

from tryon_core.secret import secrets_in_use

_LINK = re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s<>]+", re.IGNORECASE)
_BARE = re.compile(r"://[^:/@]*:([^@]*)@")  # a password that holds signs which end a host: databases take it
_SHOWN = "***"
_SHORT = 8  # characters: what is shorter may be a part of any word, and is looked for as a word


def masked(text: str) -> str:
    """The text without any secret of this process, and with its links cut after their scheme."""
    forms = {form for secret in secrets_in_use() for form in _forms(secret) if form}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, _SHOWN) if len(form) >= _SHORT else _without_word(form, text)
    return _LINK.sub(r"\1…", text)


def _without_word(word: str, text: str) -> str:
    begin = r"(?:(?<!\w)|(?<=%[0-9A-F]{2}))"  # also behind a sign that is written for a URL
    return re.sub(rf"{begin}{re.escape(word)}(?!\w)", _SHOWN, text)


def _forms(secret: str) -> Iterator[str]:
    """A secret as it may stand in a message: as it is, in a URL, in JSON, in a repr; of an address, such as a
    database's, its password too."""
    for plain in (secret, *_password(secret)):
        yield from (plain, quote(plain), quote(plain, safe=""), quote_plus(plain))
        yield from (json.dumps(plain)[1:-1], repr(plain)[1:-1])


def _password(address: str) -> tuple[str, ...]:
    if "://" not in address:
        return ()
    bare = "".join(_BARE.findall(address))
    try:
        found = urlsplit(address).password or ""
    except ValueError:  # not an address after all
        found = ""
    return found, unquote(found), bare
