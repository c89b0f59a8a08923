"""How much of the disk jobs may take: a reserve stays free, and no stranger takes it all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tryon_core.disk import NO_ROOM
from tryon_core.errors import DiskFull, Problem
from tryon_core.storage.store import Store

MB = 1_000_000
RESERVE = {False: 64 * MB, True: 1000 * MB}  # where strangers come, others' paid pictures need room to arrive
PER_STRANGER = 1000 * MB  # some 300 result pictures


class Room:
    """`strangers`: whether anybody may come, without a login. Every method blocks for milliseconds."""

    def __init__(
        self,
        store: Store,
        strangers: bool,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._store, self._strangers, self._free = store, strangers, free

    def is_full(self, wanted: int = 0) -> bool:
        """Whether no job of so many bytes can be let in."""
        return self._free(self._store.jobs_folder) < RESERVE[self._strangers] + wanted

    def check(self, owner: str, wanted: int) -> None:
        """Before a job's files are written. Raises `DiskFull`."""
        if self.is_full(wanted):
            raise DiskFull(NO_ROOM)
        if self._strangers and self._store.size_of_owner(owner) + wanted > PER_STRANGER:
            raise DiskFull(MUCH_KEPT)


MUCH_KEPT = Problem("Your jobs take all the room that one visitor has here.", "Delete old ones first.")
