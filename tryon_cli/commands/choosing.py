"""Which jobs are meant by what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from tryon_cli.backends.backend import Refused
from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.words import Words

FEWEST = 4  # characters of an id that name a job


def chosen(words: Words, jobs: Sequence[SeenJob], typed: Sequence[str]) -> tuple[SeenJob, ...]:
    """The jobs whose ids begin so, each once. Raises `Refused` where none or several do."""
    found = {job.id: job for one in typed for job in [_one(words, jobs, one)]}
    return tuple(found.values())


def _one(words: Words, jobs: Sequence[SeenJob], typed: str) -> SeenJob:
    begins = [job for job in jobs if len(typed) >= FEWEST and job.id.startswith(typed.lower())]
    if len(begins) != 1:
        raise Refused(words("no_job" if not begins else "which_job", typed=typed[:40]))
    return begins[0]
