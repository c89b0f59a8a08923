"""Where a task and its sub-tasks stand at one moment, with the links to the pictures that are there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tryon_sandbox.links import link
from tryon_sandbox.tasks import Picture, Progress, Task, joint_progress, picture_progress, task_progress


@dataclass(frozen=True, slots=True)
class SubTaskResult:
    """One element of `taskResult`, with the links to its pictures that are finished."""

    progress: Progress
    urls: tuple[str, ...]
    clothes: str


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What the response to a query holds about a task; `code` is the `resCode` of a failed one."""

    task_id: str
    progress: Progress
    sub_tasks: tuple[SubTaskResult, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class ResultReader:
    """Reads tasks at `now` (seconds since 1970), and links to pictures below `base_url` for `link_ttl_s`.

    A picture is a sub-task of its own, or with `by_suit` all pictures of a suit are one.
    """

    base_url: str
    link_ttl_s: int
    now: float
    by_suit: bool

    def read(self, task: Task) -> TaskResult:
        """The task's result as it stands."""
        progress = task_progress(task, self.now)
        code = task.pictures[0].error_code if progress is Progress.FAILED else ""
        sub_tasks = tuple(self._sub_task(task, pictures) for pictures in self._grouped(task))
        return TaskResult(task.id, progress, sub_tasks, code)

    def _grouped(self, task: Task) -> list[list[Picture]]:
        if self.by_suit:
            return [list(pictures) for _, pictures in groupby(task.pictures, key=lambda one: one.suit)]
        return [[picture] for picture in task.pictures]

    def _sub_task(self, task: Task, pictures: list[Picture]) -> SubTaskResult:
        each = [picture_progress(task, picture, self.now) for picture in pictures]
        urls = tuple(
            link(self.base_url, task, picture, self.link_ttl_s)
            for picture, progress in zip(pictures, each, strict=True)
            if progress is Progress.FINISHED
        )
        return SubTaskResult(joint_progress(each), urls, pictures[0].clothes)
