"""What every tab works with, and the stream of cards that a pane shows while a job lives."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Final

from tryon_core import Job, JobState, Problem, Request, Studio, Vendor
from tryon_ui import texts
from tryon_ui.card.card import card_html
from tryon_ui.card.view import card_view, earlier_view, refused_view
from tryon_ui.card_watchers import Pane, Turn, Turns, until
from tryon_ui.concurrency import CALLS, WATCHED, Places
from tryon_ui.error_boundary import attempt, attempt_each
from tryon_ui.private_uploads import Uploads
from tryon_ui.samples import Samples

FRESH_S: Final = 1800.0  # a reload or a lunch break later, the last result is still wanted


@dataclass(frozen=True, slots=True)
class Desk:
    """The studio, the samples, who watches what, and how many may. `now` gives Unix seconds."""

    studio: Studio
    samples: Samples
    turns: Turns = field(default_factory=Turns)
    uploads: Uploads = field(default_factory=Uploads)
    watched: Places = field(default_factory=lambda: Places(WATCHED))
    calls: Places = field(default_factory=lambda: Places(CALLS))
    now: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class Shown:
    """What a pane is to show. The nonce makes watching the same job anew a change; `offered` is an earlier
    result in place of making the same once more."""

    job_id: str = ""
    problem: Problem | None = None
    offered: bool = False
    nonce: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.job_id and self.problem is None


def shown(outcome: Job | Shown | Problem) -> Shown:
    """What a pane is to show after an attempt to start something."""
    if isinstance(outcome, Shown):
        return outcome
    return Shown(problem=outcome) if isinstance(outcome, Problem) else Shown(outcome.id)


async def found_or_sent(desk: Desk, request: Request, *, visitor: str, title: str | None = None) -> Shown:
    """The earlier result of an equal request, offered before money is spent again; else the new job."""
    earlier = await desk.studio.earlier(request, visitor=visitor)
    job = earlier or await desk.studio.submit(request, visitor=visitor, title=title)
    desk.uploads.note(job.id, request)
    return Shown(job.id, offered=earlier is not None)


def pane_of(job: Job) -> Pane:
    """Where a job is shown."""
    return Pane.TRYON if job.vendor is Vendor.AIDGE else Pane.REFINE


_CHANGE = {Pane.TRYON: texts.CHANGE_GARMENT, Pane.REFINE: texts.CHANGE_PICTURES}


async def cards(
    desk: Desk, pane: Pane, what: Shown, *, visitor: str, session: str
) -> AsyncIterator[tuple[str, Job | None]]:
    """The cards of `what` as HTML, one for each change, each with its job; a problem has no job."""
    if what.problem is not None:
        yield _refused(pane, what.problem), None
        return
    if what.empty:
        return
    turn = desk.turns.take(session, pane)
    try:
        with desk.watched.one() as has_place:
            draw = _drawn if has_place else _still
            async for drawn in draw(desk, pane, what, turn, visitor):
                yield drawn
    finally:
        desk.turns.give_back(session, pane, turn)


async def _drawn(
    desk: Desk, pane: Pane, what: Shown, turn: Turn, visitor: str
) -> AsyncIterator[tuple[str, Job | None]]:
    last: Job | None = None
    async for item in attempt_each(until(desk.studio.watch(what.job_id, visitor=visitor), turn.over)):
        if isinstance(item, Problem):
            yield _refused(pane, item), None
            return
        last = item
        yield job_html(desk, item, offered=what.offered), item
    if turn.stopped and last is not None and not last.state.ended:
        yield job_html(desk, last, watching=False), last


async def _still(
    desk: Desk, pane: Pane, what: Shown, _turn: Turn, visitor: str
) -> AsyncIterator[tuple[str, Job | None]]:
    """The card as it is now, with a button to watch it: too many are being watched already."""
    item = await attempt(desk.studio.job(what.job_id, visitor=visitor))
    if isinstance(item, Problem):
        yield _refused(pane, item), None
    else:
        yield job_html(desk, item, watching=item.state.ended, offered=what.offered), item


def job_html(desk: Desk, job: Job, *, watching: bool = True, offered: bool = False) -> str:
    """The card of a job as it stands now."""
    return card_html(card_view(job, desk.now(), watching=watching, offered=offered))


async def earlier_html(desk: Desk, current: Job | None, *, visitor: str) -> str:
    """The newest try-on result other than `current`, for when `current` came to nothing; else empty."""
    if current is not None and (not current.state.ended or current.state is JobState.SUCCEEDED):
        return ""
    jobs = await attempt(desk.studio.jobs(visitor=visitor))
    if isinstance(jobs, Problem):
        return ""
    present = current.id if current else ""
    for job in jobs:
        if job.id != present and pane_of(job) is Pane.TRYON and job.state is JobState.SUCCEEDED:
            return card_html(earlier_view(job))
    return ""


async def to_come_back_to(desk: Desk, pane: Pane, before: Shown, *, visitor: str) -> Shown:
    """What a page that is opened anew shows: the job that runs, else one that has just ended."""
    jobs = await attempt(desk.studio.jobs(visitor=visitor))
    if isinstance(jobs, Problem):
        return before
    mine = [job for job in jobs if pane_of(job) is pane]
    fresh = (job for job in mine if desk.now() - (job.finished_at or 0.0) < FRESH_S)
    found = next((job for job in mine if not job.state.ended), None) or next(fresh, None)
    return Shown(found.id) if found else before


def _refused(pane: Pane, problem: Problem) -> str:
    return card_html(refused_view(problem, _CHANGE[pane]))
