"""Who is asking: an unguessable id kept in the browser, or the name of the signed-in user."""

from __future__ import annotations

import re
import secrets
from typing import Final

import gradio as gr

STORAGE_KEY: Final = "try-on-studio.visitor"
_MADE_HERE: Final = re.compile(r"[A-Za-z0-9_-]{32,64}")


def browser_state(secret: str) -> gr.BrowserState:
    """Where the browser keeps the id. Key and secret are fixed, so it is readable after a restart."""
    return gr.BrowserState("", storage_key=STORAGE_KEY, secret=secret)


def known_or_new(stored: object) -> str:
    """The stored id when it has the form of one made here, else a new one of 256 random bits."""
    if isinstance(stored, str) and _MADE_HERE.fullmatch(stored):
        return stored
    return secrets.token_urlsafe(32)


def of_page(stored: object, request: gr.Request) -> str:
    """The visitor of a page event: the signed-in user, else the browser's id."""
    return f"user:{request.username}" if request.username else f"browser:{known_or_new(stored)}"


def of_call(request: gr.Request) -> str:
    """The visitor of an API call: the signed-in user, else the client's session."""
    if request.username:
        return f"user:{request.username}"
    return f"session:{request.session_hash or secrets.token_urlsafe(32)}"
