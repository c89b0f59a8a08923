"""What each way of showing jobs can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from tryon_cli.backends.backend import Named, Refused
from tryon_cli.backends.seen_job import SeenJob


class Show(Protocol):
    """To be entered before the first job, and left after the last, however it ends."""

    def __enter__(self) -> Show: ...

    def __exit__(self, *_: object) -> None: ...

    def seen(self, job: SeenJob) -> None:
        """A job as it is now."""
        ...

    def ended(self, job: SeenJob, files: Sequence[Path]) -> None:
        """A job that has ended, with its pictures."""
        ...

    def refused(self, error: Refused) -> None:
        """What was not begun."""
        ...

    def planned(self, plan: Mapping[str, Any]) -> None:
        """What a collection would use, as `plan_facts` tells it, and the names of its `models`."""
        ...

    def whole(self, name: str, over: int, total: int) -> None:
        """How many of a collection's jobs have ended."""
        ...

    def filed(self, name: str, file: Path) -> None:
        """A collection that was put into a file."""
        ...

    def exportable(self, collections: Sequence[Named]) -> None:
        """By what collections are known to the command that exports them."""
        ...

    def nothing_left(self) -> None:
        """There is nothing to go on with."""
        ...

    def listed(self, jobs: Sequence[SeenJob]) -> None:
        """Jobs as they are, newest first."""
        ...
