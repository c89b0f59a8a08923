"""Links to result pictures: absolute, signed, and good for a while, as an object store makes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from tryon_sandbox.tasks import Picture, Task


def link(base_url: str, task: Task, picture: Picture, ttl_s: int) -> str:
    """The link to a ready picture on the address the caller used; the same at every poll.

    `base_url` ends with a slash. The link expires `ttl_s` seconds after the picture became ready.
    """
    expires = int(picture.ready_at or task.submitted_at) + ttl_s
    query = urlencode({"Expires": expires, "Signature": signature(task, picture, str(expires))})
    return f"{base_url}results/{picture.name}?{query}"


def signature(task: Task, picture: Picture, expires: str) -> str:
    """What makes a link valid; base64, as an object store's is."""
    message = f"{picture.name}\n{expires}".encode()
    return base64.b64encode(hmac.digest(task.link_key.encode(), message, hashlib.sha1)).decode()


def is_valid(task: Task, picture: Picture, expires: str, given: str, now: float) -> bool:
    """Whether a link was signed by the sandbox and is not past its time."""
    signed = hmac.compare_digest(signature(task, picture, expires).encode(), given.encode())
    return signed and now <= int(expires)
