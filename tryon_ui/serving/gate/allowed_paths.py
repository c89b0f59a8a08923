"""Which paths of the server are open. Gradio brings far more routes than this page and its scripts need.

What is not in the table is not there: a route that a later Gradio adds stays shut until it is let in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tryon_ui.links import SHARE, SIDES

API: Final = "/gradio_api"
ENDPOINTS: Final = ("tryon", "refine", "job", "jobs", "collection", "collections", "identity")
_EXACT: Final = frozenset(
    {
        *("/", "/config", "/login", "/logout", "/theme.css"),
        *("/favicon.ico", "/robots.txt", "/manifest.json"),
        *(
            f"{API}/{name}"
            for name in ("info", "user", "app_id", "login_check", "theme.css", "startup-events")
        ),
        *(f"{API}/{name}" for name in ("upload", "upload_progress", "cancel", "reset")),
        *(f"{API}/queue/{name}" for name in ("join", "data")),
        f"/{SHARE}",  # a link copied without its end
    }
)
_BELOW: Final = ("/assets/", "/static/", "/svelte/", f"{API}/heartbeat/", f"{API}/ext/", f"/{SHARE}/")
_CALL: Final = re.compile(rf"{API}/call/(v2/)?({'|'.join(ENDPOINTS)})(/[0-9a-f]{{32}})?")
# A file of Gradio's own cache, by its path; with an address there Gradio would fetch it for anyone.
_FILE: Final = re.compile(rf"{API}/file=(?!\s*https?:)(?!//).+", re.IGNORECASE | re.DOTALL)
TOOLS: Final = f"{API}/mcp"


def is_open(path: str, *, tools: bool = False) -> bool:
    """Whether a path leads anywhere. `tools`: the one of agents as well."""
    plain = path.rstrip("/") or "/"
    if plain in _EXACT or _CALL.fullmatch(plain) or _FILE.fullmatch(path):
        return True
    return _below(path, _BELOW) or (tools and is_for_tools(path))


def is_for_tools(path: str) -> bool:
    """Whether a request to this path comes from an agent."""
    return path.rstrip("/") == TOOLS


def is_upload(path: str) -> bool:
    """Whether a request to this path carries files."""
    return path.rstrip("/") == f"{API}/upload"


def begins_an_event(path: str) -> bool:
    """Whether a request to this path asks for a place among the events."""
    plain = path.rstrip("/")
    return plain == f"{API}/queue/join" or plain.startswith(f"{API}/call/")


def needs_the_studio(path: str) -> bool:
    """Whether a request to this path can be answered only once the studio is open."""
    kept = any(path.startswith(f"{API}/ext/{kind}/") for kind in ("files", "h", "export", *SIDES))
    return kept or path.startswith(f"/{SHARE}/") or begins_an_event(path) or is_for_tools(path)


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder) and len(path) > len(folder) for folder in folders)
