"""The folder for pictures, tried before anything is spent on them."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

_UP = ".."


def try_folder(out: Path) -> None:
    """Raises `OSError` for a folder that can neither be written to nor be made. Nothing of it is left.

    What is missing of it is made below another name: a command beside this one may be about to use it.
    """
    there = next(folder for folder in (out, *out.parents) if os.path.lexists(folder))
    missing = [name for name in out.relative_to(there).parts if name != _UP]
    with TemporaryDirectory(prefix=".tryon-", dir=there) as trial:
        folder = Path(trial, *missing)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "picture").touch()
