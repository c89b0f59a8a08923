"""Who may call: pages of this very app, and programs that are no browser. No page of another site.

Gradio lets every site read its answers with the visitor's cookies, unless the app runs on localhost.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.types import Scope

from tryon_ui.texts import say

PublicUrls = Callable[[], tuple[str, ...]]
"""Where the internet reaches the app, if anywhere: a share link is known only when the server runs."""

_OWN: Final = ("same-origin", "none")  # the page's own calls, and what a visitor typed, say browsers
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_READING: Final = ("GET", "HEAD")
_NOWHERE: Final = ("", None)  # also what `Origin: null` comes to: a page without an address of its own


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call is not let in: an HTTP status and a sentence."""

    status: HTTPStatus
    words: str


def refusal(scope: Scope, headers: Mapping[str, str], public_urls: tuple[str, ...]) -> Refusal | None:
    """Why this call is not let in; None when it is. `public_urls` are addresses that the app goes by."""
    if not public_urls and not _goes_by(scope, headers.get("host", "")):
        return Refusal(HTTPStatus.MISDIRECTED_REQUEST, say("trouble.other_name"))
    if _from_another_site(scope, headers, public_urls):
        return Refusal(HTTPStatus.FORBIDDEN, say("trouble.other_site"))
    return None


def _goes_by(scope: Scope, host: str) -> bool:
    """Whether a name may be ours, of a call that arrived from this very machine: there a foreign name is one
    that its owner has pointed at this machine, to have the visitor's browser take that page for ours."""
    arrived_at = (scope.get("server") or ("", None))[0]
    if not _is_loopback(arrived_at):
        return True
    name = urlsplit(f"//{host}").hostname or ""
    return _is_local(name) or _is_address(name)


def _from_another_site(scope: Scope, headers: Mapping[str, str], public_urls: tuple[str, ...]) -> bool:
    origin, site = headers.get("origin", ""), headers.get("sec-fetch-site", "")
    if origin:
        if site in _OWN:  # pages cannot write this header
            return False
        own = {_netloc(url) for url in (*public_urls, f"//{headers.get('host', '')}")} - {_NOWHERE}
        return _netloc(origin) not in own
    return bool(site) and site not in _OWN and scope["method"] not in _READING


def _netloc(url: str) -> tuple[str, int | None]:
    """Host and port, None for the scheme's own."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", -1
    usual = port in _DEFAULT_PORTS.values() if not parts.scheme else port == _DEFAULT_PORTS.get(parts.scheme)
    return parts.hostname or "", None if usual else port


def is_public(url: str) -> bool:
    """Whether an address leads further than to this very machine."""
    name = urlsplit(url).hostname or ""
    return bool(name) and not _is_local(name) and not _is_loopback(name)


def _is_local(name: str) -> bool:
    return name == "localhost" or name.endswith(".localhost")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return _is_address(name) and ipaddress.ip_address(name).is_loopback
