"""What the command line is given from outside: where settings come from, and how a studio is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tryon_core import Secret, Settings, Studio

FOLDER = "cli"  # beside the app's data: one process has a data folder, and the app may be running


@dataclass(frozen=True, slots=True)
class Joining:
    """Where settings come from, and how a studio is made of them."""

    read_settings: Callable[[], Settings]
    make_studio: Callable[[Settings], Studio]

    def settings(self, data_dir: Path | None) -> Settings:
        """Those of a studio of the command line's own. Raises `InvalidRequest` that names a setting.

        Its folder is its own and so is its database, whatever the app's are. It has neither address nor port:
        no vendor can fetch an upload from a process that serves nothing.
        """
        read = self.read_settings()
        folder = data_dir.resolve() if data_dir else read.data_dir / FOLDER
        return replace(
            read,
            data_dir=folder,
            database_dir=None,
            database_url=Secret(""),
            public_url="",
            share=False,
            port=0,
            auth=(),
        )
