"""The stream of cards that a pane shows while a job lives."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from tryon_core import RUNNING, Capability, Job, JobQuery, JobState, Problem, Request
from tryon_ui.card.buttons import change_label
from tryon_ui.card.card import card_html
from tryon_ui.card.wording import card_view, earlier_view, missing_view, refused_view
from tryon_ui.card_watchers import CardWatcher, Pane, until
from tryon_ui.error_boundary import attempt, attempt_each
from tryon_ui.page_context import PageContext

FRESH_S: Final = 1800.0  # a reload or a lunch break later, the last result is still wanted

LOOKED_THROUGH: Final = 24  # of the newest jobs: who comes back has the last ones in mind


@dataclass(frozen=True, slots=True)
class Shown:
    """What a pane is to show. The nonce makes watching the same job anew a change; `offered` is an earlier
    result in place of making the same once more; `sought` is what became of an address without its job.
    `sent_here` is what a form beside it has just sent: that form stays as it is. `of_form` is a problem of
    what that form holds, which is over when that changes."""

    job_id: str = ""
    problem: Problem | None = None
    offered: bool = False
    sought: bool = False
    sent_here: bool = False
    of_form: bool = False
    nonce: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.job_id and self.problem is None

    @property
    def is_free(self) -> bool:
        """Whether what is had back may be shown here: there is nothing, or only that it was not found."""
        return self.empty or self.sought


def shown(outcome: Job | Shown | Problem) -> Shown:
    """What a pane is to show after an attempt to start something."""
    if isinstance(outcome, Shown):
        return outcome
    return Shown(problem=outcome) if isinstance(outcome, Problem) else Shown(outcome.id)


async def found_or_sent(
    context: PageContext, request: Request, *, visitor: str, vendor: str = "", title: str | None = None
) -> Shown:
    """The earlier result of an equal request, offered before money is spent again; else the new job."""
    submission = await context.studio.submit_or_offer(request, visitor=visitor, vendor=vendor, title=title)
    context.uploads.note(submission.job_id, request)
    return Shown(submission.job_id, offered=submission.offered)


_PANES = {Capability.TRY_ON: Pane.TRYON, Capability.REFINE: Pane.REFINE}


def pane_of(job: Job) -> Pane:
    """Where a job is shown."""
    return _PANES[job.capability]


async def cards(
    context: PageContext, pane: Pane, what: Shown, *, visitor: str, session: str
) -> AsyncIterator[tuple[str, Job | None]]:
    """The cards of `what` as HTML, one for each change, each with its job; a problem has no job."""
    if not what.job_id:  # else the job before would be drawn over it at its next change
        context.watchers.end(session, pane)
    if what.problem is not None:
        yield card_html(missing_view(what.problem)) if what.sought else _refused(pane, what.problem), None
        return
    if what.empty:
        return
    watcher = context.watchers.start(session, pane)
    try:
        with context.watched.one() as has_place:
            draw = _drawn if has_place else _still
            async for drawn in draw(context, pane, what, watcher, visitor):
                yield drawn
    finally:
        context.watchers.forget(session, pane, watcher)


async def _drawn(
    context: PageContext, pane: Pane, what: Shown, watcher: CardWatcher, visitor: str
) -> AsyncIterator[tuple[str, Job | None]]:
    last: Job | None = None
    async for item in attempt_each(until(context.studio.watch(what.job_id, visitor=visitor), watcher.over)):
        if isinstance(item, Problem):
            yield _refused(pane, item), None
            return
        last = item
        yield job_html(context, item, offered=what.offered), item
    if watcher.stopped and last is not None and not last.state.ended:
        yield job_html(context, last, watching=False), last


async def _still(
    context: PageContext, pane: Pane, what: Shown, _watcher: CardWatcher, visitor: str
) -> AsyncIterator[tuple[str, Job | None]]:
    """The card as it is now, with a button to watch it: too many are being watched already."""
    item = await attempt(context.studio.job(what.job_id, visitor=visitor))
    if isinstance(item, Problem):
        yield _refused(pane, item), None
    else:
        yield job_html(context, item, watching=item.state.ended, offered=what.offered), item


def job_html(context: PageContext, job: Job, *, watching: bool = True, offered: bool = False) -> str:
    """The card of a job as it stands now."""
    portraits = context.samples.portraits
    view = card_view(job, context.now(), watching=watching, offered=offered, portraits=portraits)
    return card_html(view)


async def earlier_html(context: PageContext, current: Job | None, *, visitor: str) -> str:
    """The newest try-on result other than `current`, for when `current` came to nothing; else empty.
    What went wrong, where the results cannot be read."""
    if current is not None and (not current.state.ended or current.state is JobState.SUCCEEDED):
        return ""
    found = await attempt(_newest(context, Pane.TRYON, (JobState.SUCCEEDED,), visitor))
    if isinstance(found, Problem):
        return _refused(Pane.TRYON, found)
    present = current.id if current else ""
    return next((card_html(earlier_view(job)) for job in found if job.id != present), "")


async def _newest(
    context: PageContext, pane: Pane, states: tuple[JobState, ...], visitor: str
) -> tuple[Job, ...]:
    """The visitor's newest jobs in one of the states, of one pane."""
    page = await context.studio.gallery.page(JobQuery(states=states), visitor=visitor, limit=LOOKED_THROUGH)
    return tuple(job for job in page.jobs if pane_of(job) is pane)


async def to_come_back_to(context: PageContext, pane: Pane, *, visitor: str) -> Job | Problem | None:
    """What a page that is opened anew shows: the job that runs, else one that has just ended, if there is
    any. What went wrong, where that cannot be told."""
    running = await attempt(_newest(context, pane, RUNNING, visitor))
    if isinstance(running, Problem):
        return running
    ended = () if running else await _newest(context, pane, (), visitor)
    fresh = (job for job in ended if context.now() - (job.finished_at or 0.0) < FRESH_S)
    return next(iter(running), None) or next(fresh, None)


def _refused(pane: Pane, problem: Problem) -> str:
    return card_html(refused_view(problem, change_label(problem, refines=pane is Pane.REFINE)))
