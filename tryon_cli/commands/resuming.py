"""Going on with what an earlier command left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tryon_cli.backends.backend import Refused
from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.commands.choosing import chosen
from tryon_cli.commands.collecting import follow_collection
from tryon_cli.commands.following import Follower
from tryon_cli.exit_codes import Exit, worst


async def resume(follower: Follower, typed: Sequence[str], task_id: str, out: Path) -> Exit:
    """Follows the jobs that were typed; without any, all that run or whose pictures are still to be put into
    a folder, and the collections that were begun here."""
    if not typed and not task_id:
        return await _everything(follower, out)
    meant = chosen(follower.words, await follower.backend.jobs(), typed)
    if task_id and len(meant) != 1:
        raise Refused(follower.words("task_of_what"))
    for job in meant:
        follower.folder_for(job, out)  # before it is taken up
    return await follower.follow_all([await _going(follower, job, task_id) for job in meant], out)


async def _everything(follower: Follower, out: Path) -> Exit:
    owed = [replace(note, out=follower.usable(note.out, out)) for note in follower.notes.owed()]
    codes = [await follow_collection(follower, follower.notes, note) for note in owed]
    jobs = await follower.backend.jobs()
    left = [job for job in jobs if not job.state.ended or follower.is_owed(job)]
    if not owed and not left:
        follower.show.nothing_left()
    return worst((*codes, await follower.follow_all(left, out)))


async def _going(follower: Follower, job: SeenJob, task_id: str) -> SeenJob:
    """The job, taken up again where it ended without all of its pictures."""
    if task_id or job.can_be_taken_up:
        return await follower.backend.take_up(job, task_id)
    return job
