"""What callers did, for whoever tests a client against the sandbox. In memory only."""

from __future__ import annotations

from collections import Counter

from tryon_sandbox.tasks import Task


class Journal:
    """Counts polls of each task, and submits of the same content."""

    def __init__(self) -> None:
        self._polls: Counter[str] = Counter()
        self._first_done: dict[str, float] = {}
        self._submits: Counter[str] = Counter()

    def submitted(self, task: Task) -> None:
        """A submit was accepted, whether or not its answer will arrive."""
        self._submits[task.fingerprint] += 1

    def polled(self, task: Task, *, done: bool, now: float) -> None:
        """A task was asked about, and the answer said that it is over, or not."""
        self._polls[task.id] += 1
        if done:
            self._first_done.setdefault(task.id, now)

    def line(self, task: Task) -> dict[str, str | int | float | None]:
        """What is known of one task. Moments in seconds since 1970."""
        return {
            "id": task.id,
            "vendor": task.vendor.value,
            "submitted_at": task.submitted_at,
            "ready_at": task.ready_at,
            "polls": self._polls[task.id],
            "first_done_poll_at": self._first_done.get(task.id),
            "same_body_submits": self._submits[task.fingerprint],
        }

    def clear(self) -> None:
        """Forgets everything."""
        self._polls.clear()
        self._first_done.clear()
        self._submits.clear()
