"""One JSON object a line, for programs: a job at its end, with the files of its pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from tryon_cli.backends.backend import Named, Refused
from tryon_cli.backends.seen_job import SeenJob


class JsonLines:
    """What `Job.as_json` tells, and `files`; of what was not begun `error`, with `field`, `code` and
    `request_id` where there are any."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def seen(self, job: SeenJob) -> None:
        """Nothing: an object comes at the end."""

    def ended(self, job: SeenJob, files: Sequence[Path]) -> None:
        self._write({**job.facts, "files": [str(file) for file in files]})

    def refused(self, error: Refused) -> None:
        self._write({"error": error.text, **{name: fact for name, fact in error.facts.items() if fact}})

    def planned(self, plan: Mapping[str, Any]) -> None:
        self._write({"plan": dict(plan)})

    def whole(self, name: str, over: int, total: int) -> None:
        """Nothing: each job has its object."""

    def filed(self, name: str, file: Path) -> None:
        self._write({"collection": name, "files": [str(file)]})

    def exportable(self, collections: Sequence[Named]) -> None:
        """Nothing: each job says what its collection is."""

    def nothing_left(self) -> None:
        """Nothing: no object is what there is to read."""

    def listed(self, jobs: Sequence[SeenJob]) -> None:
        for job in jobs:
            self._write(job.facts)

    def _write(self, facts: Mapping[str, object]) -> None:
        self._out.write(f"{self._written(facts)}\n")
        self._out.flush()

    def _written(self, facts: Mapping[str, object]) -> str:
        """As it is read best, or, where the output lacks a sign of it, in signs that every output has."""
        told = json.dumps(facts, ensure_ascii=False)
        try:
            told.encode(self._out.encoding or "utf-8")
        except UnicodeEncodeError:
            return json.dumps(facts)
        return told
