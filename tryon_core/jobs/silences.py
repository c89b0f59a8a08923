"""Of which jobs the vendor does not answer at present, and since when. Known in this process only."""

from __future__ import annotations

from collections.abc import Callable


def nobody(_job_id: str) -> None:
    """Where nobody looks."""


class Silences:
    """The jobs whose polls fail; `changed` is told of each job with which that begins or ends."""

    def __init__(self, changed: Callable[[str], None] = nobody) -> None:
        self._changed = changed
        self._since: dict[str, float] = {}

    def since(self, job_id: str) -> float | None:
        """When the vendor last answered (Unix seconds) of a job of which it does not now; else None."""
        return self._since.get(job_id)

    def begin(self, job_id: str, last_answer: float) -> None:
        """Polls of the job have begun to fail."""
        if job_id not in self._since:
            self._since[job_id] = last_answer
            self._changed(job_id)

    def end(self, job_id: str) -> None:
        """The vendor has answered, or is not polled any more."""
        if self._since.pop(job_id, None) is not None:
            self._changed(job_id)
