"""Jobs and collections as zips: pictures to the byte, or with the AI label, and a manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tryon_cli.backends.backend import Named, Packed, Refused
from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.commands.choosing import FEWEST, chosen
from tryon_cli.commands.file_delivery import Fetch, deliver
from tryon_cli.commands.following import Follower
from tryon_cli.exit_codes import Exit
from tryon_cli.words import Words
from tryon_core import SHORT_ID, slug


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is exported: jobs by how their ids begin, collections by their names or so, and how these are
    packed."""

    jobs: Sequence[str]
    collections: Sequence[str]
    packed: Packed


async def export(follower: Follower, wanted: Wanted, out: Path) -> Exit:
    """Puts a zip of each into a folder. Raises `Refused` where there is no picture, and `Away`."""
    if not wanted.jobs and not wanted.collections:
        raise Refused(follower.words("export_what"))
    jobs = chosen(follower.words, await follower.backend.jobs(), wanted.jobs) if wanted.jobs else ()
    for job in jobs:
        if not job.pictures:
            raise Refused(follower.words("no_pictures", job=job.short_id))
    known = await follower.backend.collections() if wanted.collections else ()
    collections = [_meant(follower.words, known, typed) for typed in wanted.collections]
    follower.check(out)
    for job in jobs:
        fetch = partial(follower.backend.archive, job.id)
        follower.show.seen(job)
        follower.show.ended(job, (await _put(follower, job.short_id, name_of(job), out, fetch),))
    for one in collections:
        fetch = partial(follower.backend.archive_collection, one.id, packed=wanted.packed)
        file = await _put(follower, one.id[:SHORT_ID], f"{slug(one.name)}.zip", out, fetch)
        follower.show.filed(one.name, file)
    return Exit.DONE


async def _put(follower: Follower, short_id: str, name: str, out: Path, fetch: Fetch) -> Path:
    try:
        return await deliver(short_id, name, out, fetch)
    except OSError as error:
        raise follower.no_folder(out, error) from error


def _meant(words: Words, known: Sequence[Named], typed: str) -> Named:
    begins = typed.lower() if len(typed) >= FEWEST else "no id begins so"
    found = [one for one in known if one.name.casefold() == typed.casefold() or one.id.startswith(begins)]
    if len(found) != 1:
        listed = ", ".join(one.known_as for one in found or known) or words("none")
        raise Refused(words("which_collection" if found else "no_collection", typed=typed[:40], known=listed))
    return found[0]


def name_of(job: SeenJob) -> str:
    """How a job's zip is called: as its pictures, without their number."""
    return f"{job.pictures[0].rpartition('-')[0] or 'pictures'}.zip"
