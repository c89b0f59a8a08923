"""Who is asking: an unguessable id kept in the browser, or the name of the signed-in user."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from itertools import pairwise
from typing import Final

import gradio as gr

from tryon_core import InvalidRequest, Secret
from tryon_ui.texts import said

STORAGE_KEY: Final = "try-on-studio.visitor"
_MADE_HERE: Final = re.compile(r"[A-Za-z0-9_-]{32,64}")
HEADER: Final = "x-tryon-identity"
KEY_PATTERN: Final = "[A-Za-z0-9_-]{32,128}"
_KEY: Final = re.compile(KEY_PATTERN)
_VARIETY: Final = 9  # different characters, and different steps; a random UUID in hex has about 14
# Gradio's own clients make 10 to 36 characters; "test" or "abc" would be shared by whoever thinks of it.
_GUESSABLE: Final = 8


def new_identity() -> str:
    """A key by which a script can name itself, of 256 random bits."""
    return secrets.token_urlsafe(32)


def _looks_random(key: str) -> bool:
    """Whether a key has the form of one made at random: letters that repeat or follow each other have not."""
    steps = {ord(after) - ord(before) for before, after in pairwise(key)}
    return bool(_KEY.fullmatch(key)) and min(len(set(key)), len(steps)) >= _VARIETY


def browser_state(secret: Secret, key: str = STORAGE_KEY) -> gr.BrowserState:
    """Where the browser keeps the id, or what else is the visitor's. Key and secret are fixed, so it is
    readable after a restart.

    The page gets this secret, so it is one made from the studio's and not the studio's own.
    """
    derived = hmac.new(secret.reveal().encode(), b"browser state", hashlib.sha256).hexdigest()
    return gr.BrowserState("", storage_key=key, secret=derived)


def known_or_new(stored: object) -> str:
    """The stored id when it has the form of one made here, else a new one of 256 random bits."""
    if isinstance(stored, str) and _MADE_HERE.fullmatch(stored):
        return stored
    return secrets.token_urlsafe(32)


def of_page(stored: object, request: gr.Request) -> str:
    """The visitor of a page event: the signed-in user, else the browser's id."""
    return f"user:{request.username}" if request.username else f"browser:{known_or_new(stored)}"


def of_call(request: gr.Request, identity: str = "") -> str:
    """The visitor of an API call: the signed-in user, else who the caller says to be by a key, as a parameter
    or a header, else the client's session. Raises `InvalidRequest` for a key that others could think of.

    A caller without any of these is nobody whom a later call could be.
    """
    if request.username:
        return f"user:{request.username}"
    key = identity or getattr(request, "headers", {}).get(HEADER, "")
    if key:
        if not _looks_random(key):
            raise InvalidRequest(said("field.identity"), said("trouble.guessable"), said("trouble.made_key"))
        return f"key:{key}"
    session = request.session_hash or ""
    return f"session:{session if len(session) >= _GUESSABLE else secrets.token_urlsafe(32)}"
