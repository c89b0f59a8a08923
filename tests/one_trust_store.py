"""No test speaks TLS with anybody, but each HTTP client reads all certificates when it is made, for 20 ms."""

from __future__ import annotations

import ssl
from functools import cache


def certificates_are_read_once() -> None:
    """For this process: clients that would trust the same share what they trust."""
    ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]
