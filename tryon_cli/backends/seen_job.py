"""A job as the command line sees it: the same of its own studio and of a running app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tryon_core import SHORT_ID, JobState


@dataclass(frozen=True, slots=True)
class SeenJob:
    """What `Job.as_json` told. Times are Unix seconds, `usual` seconds; no `message` where all is well."""

    id: str
    title: str
    vendor: str
    live: bool
    state: JobState
    submitted_at: float
    finished_at: float | None
    expected: int
    pictures: tuple[str, ...]
    failed_pictures: int
    message: str
    charged: str
    task_id: str
    request_id: str
    notes: tuple[str, ...]
    usual: tuple[float, float] | None
    facts: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def short_id(self) -> str:
        """By what the job can be named in commands."""
        return self.id[:SHORT_ID]

    @property
    def is_incomplete(self) -> bool:
        """Whether fewer pictures came than were asked for."""
        return bool(self.failed_pictures) or len(self.pictures) < self.expected

    @property
    def can_be_taken_up(self) -> bool:
        """Whether there is a task to ask about again, of a job that ended without all of its pictures."""
        return (
            bool(self.task_id)
            and self.state.ended
            and (self.state is not JobState.SUCCEEDED or self.is_incomplete)
        )

    def seconds(self, now: float) -> float:
        """How long it took, or has taken until now."""
        return max(0.0, (self.finished_at or now) - self.submitted_at)


def seen_job(facts: Mapping[str, Any]) -> SeenJob:
    """The job of `Job.as_json`."""
    usual = facts.get("usual")
    return SeenJob(
        id=str(facts["id"]),
        title=str(facts["title"]),
        vendor=str(facts["vendor"]),
        live=bool(facts["live"]),
        state=JobState(facts["state"]),
        submitted_at=float(facts["submitted_at"]),
        finished_at=None if facts["finished_at"] is None else float(facts["finished_at"]),
        expected=int(facts["expected"]),
        pictures=tuple(map(str, facts["pictures"])),
        failed_pictures=int(facts["failed_pictures"]),
        message=str(facts["message"]),
        charged=str(facts["charged"]),
        task_id=str(facts["task_id"]),
        request_id=str(facts["request_id"]),
        notes=tuple(map(str, facts["notes"])),
        usual=(float(usual[0]), float(usual[1])) if usual else None,
        facts=facts,
    )
