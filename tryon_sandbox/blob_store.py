"""Where bytes are kept: in memory, or in a folder so that a new process finds them."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Protocol


class BlobStore(Protocol):
    """Named bytes. Names are `<kind>/<name>`, made by the sandbox and never by a caller."""

    def put(self, name: str, data: bytes) -> None:
        """Keeps the bytes; a reader sees all of them or none."""
        ...

    def get(self, name: str) -> bytes | None:
        """The bytes, or None when there are none by that name."""
        ...

    def drop(self, name: str) -> None:
        """Forgets the name; nothing happens when it is unknown."""
        ...

    def names(self, kind: str) -> tuple[str, ...]:
        """All names of one kind, sorted."""
        ...


class MemoryBlobStore:
    """Keeps bytes as long as the process lives."""

    def __init__(self) -> None:
        self._items: dict[str, bytes] = {}

    def put(self, name: str, data: bytes) -> None:
        self._items[name] = data

    def get(self, name: str) -> bytes | None:
        return self._items.get(name)

    def drop(self, name: str) -> None:
        self._items.pop(name, None)

    def names(self, kind: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self._items if name.startswith(f"{kind}/")))


class FolderBlobStore:
    """Keeps bytes as files below a folder, which is made when the first file is."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, data: bytes) -> None:
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that the move is within one file system and therefore atomic.
        draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        draft.write_bytes(data)
        draft.replace(target)

    def get(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, name: str) -> None:
        (self._root / name).unlink(missing_ok=True)

    def names(self, kind: str) -> tuple[str, ...]:
        files = (self._root / kind).glob("[!.]*")
        return tuple(sorted(f"{kind}/{path.name}" for path in files))
