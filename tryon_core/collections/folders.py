"""Where the pictures of collections lie.

<data>/collections/<id>/   each garment's and model's pictures, by the ids of their rows
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tryon_core.disk import ARRIVING, LEAVING, remove_folder, told_by_kind


class CollectionFolders:
    """One folder a collection. Every method blocks."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, collection_id: str) -> Path:
        """The folder of a collection, whether it is there or not."""
        return self._root / collection_id

    def begin(self, collection_id: str) -> None:
        """Makes the folder of a collection that has no row yet. Raises a `StorageFault`."""
        self._mark(collection_id, ARRIVING)

    def settle(self, collection_id: str) -> None:
        """Its row is there."""
        (self.of(collection_id) / ARRIVING).unlink(missing_ok=True)

    def leave(self, collection_id: str) -> None:
        """Its row is about to go: what a kill leaves of it then, the next start takes."""
        self._mark(collection_id, LEAVING)

    def discard(self, collection_id: str, rows: Iterable[str]) -> None:
        """Takes away the pictures of rows that came to nothing."""
        for row in rows:
            for picture in self.of(collection_id).glob(f"{row}-*"):
                picture.unlink(missing_ok=True)

    def drop(self, collection_id: str) -> None:
        """Takes a collection's pictures away; what cannot be now, when its mark is found."""
        remove_folder(self.of(collection_id))

    def clear(self, is_there: Callable[[str], bool], before: float) -> None:
        """Takes away the folders of collections whose beginning (before that time) or end a kill cut off.

        Only those that are marked for it: another database's collections have no row here either.
        """
        for mark in [*self._root.glob(f"*/{LEAVING}"), *self._root.glob(f"*/{ARRIVING}")]:
            if is_there(mark.parent.name):
                mark.unlink(missing_ok=True)
            elif mark.name == LEAVING or mark.stat().st_mtime < before:
                self.drop(mark.parent.name)

    def _mark(self, collection_id: str, mark: str) -> None:
        with told_by_kind():
            self.of(collection_id).mkdir(parents=True, exist_ok=True)
            (self.of(collection_id) / mark).touch()
