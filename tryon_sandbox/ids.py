"""Ids in the forms that the vendors use, and names that cannot be guessed."""

from __future__ import annotations

import secrets
import uuid


def aidge_task_id() -> str:
    """A UUID, as on the Aidge page."""
    return str(uuid.uuid4())


def ailab_task_id(now: float) -> str:
    """`<13-digit milliseconds>.<uuid>`, the form seen at AILab. `now` in seconds since 1970."""
    return f"{_milliseconds(now)}.{uuid.uuid4()}"


def aidge_gateway_id(now: float) -> str:
    """The gateway's `request_id`: 8 hex digits, milliseconds, 4 digits (the form of the page's example)."""
    return f"{secrets.token_hex(4)}{_milliseconds(now)}{secrets.randbelow(10_000):04}"


def aidge_service_id(now: float) -> str:
    """The service's `requestId`: as the gateway's, and 5 hex digits more (the form of the page's example)."""
    return f"{aidge_gateway_id(now)}{secrets.token_hex(3)[:5]}"


def ailab_request_id() -> str:
    """AILab's `request_id`; a UUID, as its form is not documented."""
    return str(uuid.uuid4())


def picture_name() -> str:
    """A file name for a result picture that nobody can guess (192 random bits)."""
    return f"{secrets.token_urlsafe(24)}.png"


def link_key() -> str:
    """The key that signs the links to one task's pictures."""
    return secrets.token_hex(16)


def _milliseconds(now: float) -> str:
    return f"{int(now * 1000):013}"
