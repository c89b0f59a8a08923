"""Who opens a link: a person, or a program that fetches its preview for a messenger. And how often anybody
may answer."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

# What programs that fetch previews, and search engines, call themselves.
_PROGRAM: Final = re.compile(
    r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp|telegram|slack|discord|skype|teams|"
    r"linkedin|twitter|pinterest|embedly|vkshare|viber|snapchat|curl|wget|python|okhttp|axios|node-fetch|"
    r"go-http|java/|headlessfetch",
    re.IGNORECASE,
)
WINDOW_S: Final = 60.0
EACH: Final = 60  # answers of one client in that time: a quick hand gives one in a second
ALL: Final = 1200  # of all together: a client can pretend to be many


def is_opened(headers: Mapping[str, str]) -> bool:
    """Whether a call is somebody opening the link: not a preview, nor the page itself after an answer, nor a
    browser that fetches ahead."""
    if _PROGRAM.search(headers.get("user-agent", "")) or not headers.get("user-agent"):
        return False
    if "prefetch" in headers.get("sec-purpose", headers.get("purpose", "")):
        return False
    mode, site = headers.get("sec-fetch-mode", "navigate"), headers.get("sec-fetch-site", "none")
    return mode == "navigate" and site != "same-origin"


class Answers:
    """The answers of the last minute. `now` gives monotonic seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._given: deque[tuple[float, str]] = deque()

    def take(self, client: str) -> bool:
        """Counts one more answer of a client; False where it is one too many."""
        while self._given and self._now() - self._given[0][0] > WINDOW_S:
            self._given.popleft()
        if len(self._given) >= ALL or sum(one == client for _, one in self._given) >= EACH:
            return False
        self._given.append((self._now(), client))
        return True
