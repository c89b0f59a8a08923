"""Who opens a link: a person, or a program that fetches its preview for a messenger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# What programs that fetch previews, and search engines, call themselves.
_PROGRAM: Final = re.compile(
    r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp|telegram|slack|discord|skype|teams|"
    r"linkedin|twitter|pinterest|embedly|vkshare|viber|snapchat|curl|wget|python|okhttp|axios|node-fetch|"
    r"go-http|java/|headlessfetch",
    re.IGNORECASE,
)


def is_opened(headers: Mapping[str, str]) -> bool:
    """Whether a call is somebody opening the link: not a preview, nor the page itself after an answer, nor a
    browser that fetches ahead."""
    if _PROGRAM.search(headers.get("user-agent", "")) or not headers.get("user-agent"):
        return False
    if "prefetch" in headers.get("sec-purpose", headers.get("purpose", "")):
        return False
    mode, site = headers.get("sec-fetch-mode", "navigate"), headers.get("sec-fetch-site", "none")
    return mode == "navigate" and site != "same-origin"
