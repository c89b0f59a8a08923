"""A bar for each job, in a terminal: stage, time so far, usual time. What has ended stands above."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.table import Column, Table
from rich.text import Text

from tryon_cli.backends.backend import Named, Refused
from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.show.lines import end_line, exportable_line, plan_line, refusal_line, stage_of
from tryon_cli.words import Words, clock, plain_line
from tryon_core import JobState

_COLOURS = {
    JobState.SUCCEEDED: "green",
    JobState.FAILED: "red",
    JobState.EXPIRED: "red",
    JobState.UNCERTAIN: "yellow",
    JobState.OVERDUE: "yellow",
}
PER_SECOND = 4  # drawings: the time so far moves by seconds


class Told(ProgressColumn):
    """A column with what is said of a job, of which the bar's task has the newest facts."""

    def __init__(self, tell: Callable[[SeenJob], str], of_all: Callable[[Task], str] = lambda _: "") -> None:
        super().__init__(Column(no_wrap=True))
        self._tell, self._of_all = tell, of_all

    def render(self, task: Task) -> Text:
        """The text of this column."""
        job: SeenJob | None = task.fields["job"]
        if job is None:  # the bar of a collection
            return Text(self._of_all(task))
        return Text(self._tell(job))


class Bars:
    """Draws on a console that is a terminal."""

    def __init__(self, console: Console, words: Words, now: Callable[[], float] = time.time) -> None:
        self._console, self._words, self._now = console, words, now
        self._tasks: dict[str, TaskID] = {}
        self._whole: TaskID | None = None
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn(
                "{task.description}", markup=False, table_column=Column(overflow="ellipsis", no_wrap=True)
            ),
            BarColumn(bar_width=20),
            Told(lambda job: stage_of(words, job), lambda task: f"{task.completed:g}/{task.total or 0:g}"),
            Told(lambda job: clock(job.seconds(now())), lambda task: clock(task.elapsed or 0.0)),
            Told(lambda job: usually(words, job.usual)),
            console=console,
            transient=True,  # a job that has ended stands above as a line
            refresh_per_second=PER_SECOND,
        )

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def seen(self, job: SeenJob) -> None:
        if job.id not in self._tasks:
            self._tasks[job.id] = self._progress.add_task(plain_line(job.title), job=job)
        total = job.expected if job.pictures else None  # before the first picture nobody knows how far it is
        self._progress.update(self._tasks[job.id], total=total, completed=len(job.pictures), job=job)

    def ended(self, job: SeenJob, files: Sequence[Path]) -> None:
        self._progress.remove_task(self._tasks.pop(job.id))
        self._print(end_line(self._words, job, files), _COLOURS[job.state])

    def refused(self, error: Refused) -> None:
        self._print(refusal_line(self._words, error), "red")

    def planned(self, plan: Mapping[str, Any]) -> None:
        self._print(plan_line(self._words, plan), "cyan")

    def whole(self, name: str, over: int, total: int) -> None:
        if self._whole is None:
            self._whole = self._progress.add_task(plain_line(name), total=total, job=None)
        self._progress.update(self._whole, completed=over, total=total)

    def filed(self, name: str, file: Path) -> None:
        self._print(f"{plain_line(name)}  {file}", "green")

    def exportable(self, collections: Sequence[Named]) -> None:
        if collections:
            self._print(exportable_line(self._words, collections), "cyan")

    def nothing_left(self) -> None:
        self._print(self._words("nothing_left"), "cyan")

    def listed(self, jobs: Sequence[SeenJob]) -> None:
        if not jobs:
            self._print(self._words("no_jobs"), "cyan")
            return
        table = Table(box=None, pad_edge=False)
        for name in ("job", "stage", "time", "title", "note"):
            table.add_column(self._words(f"column.{name}"), overflow="fold")
        for job in jobs:
            colour = _COLOURS.get(job.state, "cyan")
            cells = (
                job.short_id,
                stage_of(self._words, job),
                clock(job.seconds(self._now())),
                job.title,
                job.message,
            )
            table.add_row(
                *(Text(plain_line(cell), colour if at == 1 else "") for at, cell in enumerate(cells))
            )
        self._console.print(table)

    def _print(self, line: str, colour: str) -> None:
        self._console.print(Text(line, colour), soft_wrap=True)


def usually(words: Words, span: tuple[float, float] | None) -> str:
    """The usual range of a job in words: `usually 40 to 70 s`; empty when it is not known."""
    if span is None:
        return ""
    unit, size = ("seconds", 1.0) if span[1] < 100 else ("minutes", 60.0)
    low, high = (max(1, round(end / size)) for end in span)
    return words(f"usual.{unit}", span=str(high) if low == high else f"{low}\u2013{high}")
