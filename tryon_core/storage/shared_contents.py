"""Files that several jobs hold, once on the disk: a hard link for each, and the last takes it along."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from tryon_core.disk import PART, disk_full_as_error, write_atomically


class SharedContents:
    """Writes files for jobs. `folder` has each content once more, by its hash, for as long as a job has it.

    Every method blocks. Where a file system knows no hard links each file is one of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, target: Path, data: bytes) -> None:
        """Puts the content in place, wholly or not at all. Raises `DiskFull`."""
        kept = self._folder / hashlib.sha256(data).hexdigest()
        if not self._linked(kept, target):
            write_atomically(target, data)
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                os.link(target, kept)

    def sweep(self) -> None:
        """Takes away what no job has any more."""
        for kept in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):
                if kept.stat().st_nlink == 1:
                    kept.unlink()

    def _linked(self, kept: Path, target: Path) -> bool:
        draft = target.with_name(f".{target.name}{PART}")
        with disk_full_as_error():
            target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(kept, draft)
            draft.replace(target)
        except OSError:  # it is not there yet, or there are no links to be had
            return False
        finally:
            draft.unlink(missing_ok=True)  # left where the target was this very file already
        return True
