"""What lies on the disk while somebody still writes and deletes there."""

import os
from collections.abc import Iterator
from pathlib import Path


def contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below a folder with its bytes, by name; what goes while we look is not there."""
    for place, folders, names in os.walk(folder):  # it passes over folders that go, Path.rglob stumbles
        folders.sort()
        for path in (Path(place, name) for name in sorted(names)):
            try:
                yield path, path.read_bytes()
            except FileNotFoundError:
                continue


def files_with(folder: Path, marks: list[bytes], *, by_path: bool = False) -> list[Path]:
    """The files below a folder whose content (or whose path too) holds one of the marks."""
    return [
        path
        for path, content in contents(folder)
        if any(mark in (bytes(path) + content if by_path else content) for mark in marks)
    ]
