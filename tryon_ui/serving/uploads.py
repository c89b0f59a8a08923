"""How much may be uploaded: far more than a visitor needs, and never the whole disk."""

from __future__ import annotations

import shutil
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tryon_core import MIB

KEEP_S: Final = 7200  # as long as Gradio keeps an upload: jobs have copies of their own
# A session of trying a lot comes to some 200 MB: forty photos of 5 MB.
EACH: Final = 1024 * MIB
ALL: Final = 8192 * MIB
LEFT_FREE: Final = 512 * MIB  # on the disk, for the jobs that run
_DRAFTS: Final = "tmp*"  # how Gradio names an upload that is still arriving; when it breaks off, it stays


class UploadRoom:
    """Counts what arrived in the last two hours, by client and in all. `now` gives monotonic seconds."""

    def __init__(
        self,
        folder: Path,
        *,
        each: int = EACH,
        in_all: int = ALL,
        left_free: int = LEFT_FREE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._each, self._all, self._left_free = each, in_all, left_free
        self._now = now
        self._arrived: deque[tuple[float, str, int]] = deque()
        self._by_client: Counter[str] = Counter()
        self._total = 0

    def take(self, client: str, size: int) -> bool:
        """Counts `size` more bytes of a client; False when there is no room for them."""
        self._forget()
        if self._by_client[client] + size > self._each or self._total + size > self._all:
            return False
        self._arrived.append((self._now(), client, size))
        self._by_client[client] += size
        self._total += size
        return True

    def has_disk(self) -> bool:
        """Whether enough of the disk is free to begin with an upload."""
        there = self._folder if self._folder.exists() else self._folder.parent
        return shutil.disk_usage(there).free > self._left_free

    def clear_drafts(self, now: float) -> int:
        """Takes away what uploads that broke off have left; how many files. `now` in Unix seconds."""
        gone = 0
        for draft in self._folder.glob(_DRAFTS):
            if draft.is_file() and now - draft.stat().st_mtime > KEEP_S:
                draft.unlink(missing_ok=True)
                gone += 1
        return gone

    def _forget(self) -> None:
        while self._arrived and self._now() - self._arrived[0][0] > KEEP_S:
            _, client, size = self._arrived.popleft()
            self._by_client[client] -= size
            self._total -= size
            if not self._by_client[client]:
                del self._by_client[client]
