"""The disk under uploads: how much may arrive, that some of it stays free, and what broke off and is left."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from tryon_core import MIB
from tryon_ui.serving.gate.rate_limits import UPLOADS, RateLimiter
from tryon_ui.upload_limits import KEEP_S

LEFT_FREE: Final = 512 * MIB  # on the disk, for the jobs that run
_DRAFTS: Final = "tmp*"  # how Gradio names an upload that is still arriving; when it breaks off, it stays


class UploadRoom:
    """How much may be uploaded into a folder: far more than a visitor needs, and never the whole disk."""

    def __init__(
        self, folder: Path, *, arrived: RateLimiter | None = None, left_free: int = LEFT_FREE
    ) -> None:
        self._folder, self._left_free = folder, left_free
        self._arrived = arrived or RateLimiter(UPLOADS)

    def take(self, client: str, size: int) -> bool:
        """Counts `size` more bytes of a client; False when there is no room for them."""
        return self._arrived.take(client, size)

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
