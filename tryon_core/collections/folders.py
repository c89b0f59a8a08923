"""Where the pictures of collections lie.

<data>/collections/<id>/   each garment's and model's pictures, by the ids of their rows
"""

from __future__ import annotations

import shutil
from pathlib import Path


class CollectionFolders:
    """One folder a collection. Every method blocks."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "collections"

    def of(self, collection_id: str) -> Path:
        """The folder of a collection, whether it is there or not."""
        return self._root / collection_id

    def drop(self, collection_id: str) -> None:
        """Takes a collection's pictures away."""
        shutil.rmtree(self.of(collection_id), ignore_errors=True)
