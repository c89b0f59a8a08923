"""What an exit code says. README has the table."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from tryon_cli.backends.seen_collection import SeenCell
from tryon_cli.backends.seen_job import SeenJob
from tryon_core import CellState, JobState


class Exit(IntEnum):
    """How a command ended. Of several jobs the worst decides, which is the highest number."""

    DONE = 0
    BROKEN = 1  # something that nobody foresaw
    USAGE = 2  # an option or an argument that there is not: typer's own number
    REFUSED = 3  # not sent: a picture, a value or a limit
    INCOMPLETE = 4
    FAILED = 5
    UNCLEAR = 6
    AWAY = 7  # the data folder, the server, the folder for pictures or the output
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it
    UNREAD = 141  # 128 + SIGPIPE: nobody reads what is written
    STOPPED = 143  # 128 + SIGTERM


_OF_STATE = {
    JobState.SUCCEEDED: Exit.DONE,
    JobState.FAILED: Exit.FAILED,
    JobState.EXPIRED: Exit.FAILED,
    JobState.UNCERTAIN: Exit.UNCLEAR,
    JobState.OVERDUE: Exit.UNCLEAR,
}


def exit_of(job: SeenJob) -> Exit:
    """What the end of a job comes to."""
    if job.state is JobState.SUCCEEDED and job.is_incomplete:
        return Exit.INCOMPLETE
    return _OF_STATE[job.state]


def exit_of_cell(cell: SeenCell) -> Exit:
    """What the end of a cell comes to."""
    if cell.job is not None and cell.job.state.ended:
        return exit_of(cell.job)
    return Exit.REFUSED if cell.state is CellState.FAILED else Exit.INCOMPLETE


def worst(codes: Iterable[Exit]) -> Exit:
    """What several come to together."""
    return max(codes, default=Exit.DONE)
