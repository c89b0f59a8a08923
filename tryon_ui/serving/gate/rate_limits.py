"""How much one client may do within a time, and all together: wrong log-ins, answers at links, uploads.

All together are bound too, as a client can pretend to be many.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tryon_core import MIB
from tryon_ui.upload_limits import KEEP_S


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of something `each` client may do within `window_s` seconds, and all of them."""

    window_s: float
    each: int
    in_all: int


WRONG_LOGINS: Final = Limit(600.0, each=10, in_all=200)
SHARE_ANSWERS: Final = Limit(60.0, each=60, in_all=1200)  # a quick hand gives one in a second
# In bytes. A session of trying a lot comes to some 200 MB: forty photos of 5 MB.
UPLOADS: Final = Limit(KEEP_S, each=1024 * MIB, in_all=8192 * MIB)


class RateLimiter:
    """Counts what was done within the limit's time, up to now. `now` gives monotonic seconds."""

    def __init__(self, limit: Limit, now: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._now = now
        self._done: deque[tuple[float, str, int]] = deque()
        self._by_client: Counter[str] = Counter()
        self._total = 0

    def has_room(self, client: str, size: int = 1) -> bool:
        """Whether a client may do `size` more."""
        self._forget()
        each, in_all = self._by_client[client] + size, self._total + size
        return each <= self.limit.each and in_all <= self.limit.in_all

    def count(self, client: str, size: int = 1) -> None:
        """Counts `size` more of a client, whether it might or not."""
        self._done.append((self._now(), client, size))
        self._by_client[client] += size
        self._total += size

    def take(self, client: str, size: int = 1) -> bool:
        """Counts `size` more of a client; False, and nothing is counted, where that is too much."""
        if not self.has_room(client, size):
            return False
        self.count(client, size)
        return True

    def _forget(self) -> None:
        while self._done and self._now() - self._done[0][0] > self.limit.window_s:
            _, client, size = self._done.popleft()
            self._by_client[client] -= size
            self._total -= size
            if not self._by_client[client]:
                del self._by_client[client]
