"""Counts the calls about each task, for whoever tests a client against the sandbox. In memory only."""

from __future__ import annotations

from collections import Counter

from tryon_sandbox.tasks import Task


class CallLog:
    """How often each task was polled, and how often the same content was submitted."""

    def __init__(self) -> None:
        self._polls: Counter[str] = Counter()
        self._first_done: dict[str, float] = {}
        self._submits: Counter[str] = Counter()

    def submitted(self, task: Task) -> None:
        """Counts an accepted submit, whether or not its answer will arrive."""
        self._submits[task.fingerprint] += 1

    def polled(self, task: Task, *, done: bool, now: float) -> None:
        """Counts a poll; `done` says whether its answer shows the task as over."""
        self._polls[task.id] += 1
        if done:
            self._first_done.setdefault(task.id, now)

    def summary(self, task: Task) -> dict[str, str | int | float | None]:
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
