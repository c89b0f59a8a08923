"""Jobs as zips: all pictures of each, to the byte, with a manifest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tryon_cli.backend import Refused
from tryon_cli.choosing import chosen
from tryon_cli.deliveries import deliver
from tryon_cli.exit_codes import Exit
from tryon_cli.following import Follower
from tryon_cli.seen_job import SeenJob


async def export(follower: Follower, typed: Sequence[str], out: Path) -> Exit:
    """Puts a zip of each job into a folder. Raises `Refused` for one that has no picture, and `Away`."""
    meant = chosen(follower.words, await follower.backend.jobs(), typed)
    for job in meant:
        if not job.pictures:
            raise Refused(follower.words("no_pictures", job=job.short_id))
    follower.make(out)
    for job in meant:
        fetch = partial(follower.backend.archive, job.id)
        try:
            follower.show.ended(job, (await deliver(job, name_of(job), out, fetch),))
        except OSError as error:
            raise follower.no_folder(out, error) from error
    return Exit.DONE


def name_of(job: SeenJob) -> str:
    """How a job's zip is called: as its pictures, without their number."""
    return f"{job.pictures[0].rpartition('-')[0] or 'pictures'}.zip"
