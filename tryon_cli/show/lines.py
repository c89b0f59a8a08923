"""A line for each job, at its end. For pipes, logs and whoever reads by ear."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from tryon_cli.backends.backend import Named, Refused
from tryon_cli.backends.seen_job import SeenJob
from tryon_cli.words import Words, clock, plain_line


class Lines:
    """Writes lines that are never wrapped; what was not begun goes to `err`."""

    def __init__(self, out: TextIO, err: TextIO, words: Words, now: Callable[[], float] = time.time) -> None:
        self._out, self._err, self._words, self._now = out, err, words, now

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def seen(self, job: SeenJob) -> None:
        """Nothing: a line comes at the end."""

    def ended(self, job: SeenJob, files: Sequence[Path]) -> None:
        self._write(self._out, end_line(self._words, job, files))

    def refused(self, error: Refused) -> None:
        self._write(self._err, refusal_line(self._words, error))

    def planned(self, plan: Mapping[str, Any]) -> None:
        self._write(self._err, plan_line(self._words, plan))

    def whole(self, name: str, over: int, total: int) -> None:
        """Nothing: each job has its line."""

    def filed(self, name: str, file: Path) -> None:
        self._write(self._out, _joined([name, str(file)]))

    def exportable(self, collections: Sequence[Named]) -> None:
        if collections:
            self._write(self._err, exportable_line(self._words, collections))

    def nothing_left(self) -> None:
        self._write(self._err, self._words("nothing_left"))

    def listed(self, jobs: Sequence[SeenJob]) -> None:
        if not jobs:
            self._write(self._err, self._words("no_jobs"))
        for job in jobs:
            self._write(self._out, list_line(self._words, job, self._now()))

    def _write(self, stream: TextIO, line: str) -> None:
        stream.write(f"{line}\n")
        stream.flush()


def end_line(words: Words, job: SeenJob, files: Sequence[Path]) -> str:
    """How a job ended: when, what, how many pictures, why not, and where they are."""
    took = clock(job.seconds(job.submitted_at))
    parts = [words(f"ended.{job.state}", took=took), *_facts(words, job), " ".join(map(str, files))]
    return _joined(parts)


def list_line(words: Words, job: SeenJob, now: float) -> str:
    """How a job is now."""
    return _joined([job.short_id, stage_of(words, job), clock(job.seconds(now)), job.title, job.message])


def exportable_line(words: Words, collections: Sequence[Named]) -> str:
    """By what collections are known."""
    return plain_line(words("exportable", those=tuple(one.known_as for one in collections)))


def refusal_line(words: Words, error: Refused) -> str:
    """Why nothing was sent."""
    return plain_line(words("refused", why=error.text))


def plan_line(words: Words, plan: Mapping[str, Any]) -> str:
    """What a collection would use: jobs, pictures, who wears them, what is charged and what is left."""
    told = words("plan", jobs=plan["jobs"], pictures=plan["pictures"], models=plan["models"])
    use = words(f"use.{plan['unit']}", amount=f"{plan['amount']:g}") if plan["live"] else words("use.sandbox")
    left = "" if plan["left"] is None or not plan["live"] else words("left", left=plan["left"])
    return _joined([told, use, left])


def stage_of(words: Words, job: SeenJob) -> str:
    """How far a job is: `Queued`, `Generating 2 of 4`."""
    word = words(f"state.{job.state}")
    return f"{word} {made_of(words, job)}" if job.pictures else word


def made_of(words: Words, job: SeenJob) -> str:
    """`2 of 4`; `2` of a task of another program, of which nobody knows how many it has."""
    made = len(job.pictures)
    return words("made", made=made, expected=job.expected) if job.expected else str(made)


def _facts(words: Words, job: SeenJob) -> list[str]:
    told = [job.title, made_of(words, job), "" if job.live else words("sandbox"), job.short_id]
    if job.message:
        told += [job.message, words("charged", charged=words(f"money.{_money(job)}"))]
    return told


def _money(job: SeenJob) -> str:
    return job.charged.lower().replace(" ", "_")


def _joined(parts: Sequence[str]) -> str:
    return "  ".join(plain_line(part) for part in parts if part)
