"""What the gallery shows for what was chosen above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from tryon_core import DAY_S, LONGEST_WORDS, RUNNING, Job, JobPage, JobQuery, JobState, Place, Problem
from tryon_ui.actions import offered_back
from tryon_ui.error_boundary import attempt
from tryon_ui.gallery import pages, search_words
from tryon_ui.gallery.stacks import Stack, stack_of, stacks_of
from tryon_ui.page_context import PageContext
from tryon_ui.texts import choices

PAGE_SIZE: Final = 24  # fills whole rows of 6, 4, 3 and 2
MOST_RUNNING: Final = 12  # that are shown
_FAILED: Final = (JobState.FAILED, JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED)
STATES: Final = {"running": RUNNING, "saved": (JobState.SUCCEEDED,), "failed": _FAILED}
_NAMES: Final = ("all", *STATES)
DAYS: Final = ("", "1", "7", "30")  # days back; any time first


@dataclass(frozen=True, slots=True)
class Filter:
    """What is chosen above the gallery, in the order of `JobsTab.filters`. `days` is "" for any time."""

    words: str = ""
    state: str = "all"
    starred: bool = False
    vendor: str = ""
    days: str = ""

    def query(self, now: float) -> JobQuery:
        """As the core is asked; what no page sends counts as not chosen."""
        days = float(self.days) if str(self.days).isdecimal() else None
        words, any_of = search_words.split(str(self.words or "")[:LONGEST_WORDS])
        return JobQuery(
            words=words,
            any_of=any_of,
            states=STATES.get(self.state, ()),
            vendor=self.vendor or "",
            pinned=bool(self.starred),
            since=now - days * DAY_S if days else None,
            apart=self == Filter(),
        )

    @property
    def shows_stacks(self) -> bool:
        """Whether collections are looked for, too: they have a name, and nothing else that is chosen here."""
        return self == Filter(words=self.words)


Listed = tuple[Any, ...]


async def listed(context: PageContext, name: str, chosen: Filter) -> Listed:
    """Head, states to choose from, what runs, the first page, and what was deleted."""
    found = await attempt(_listed(context, name, chosen))
    if isinstance(found, Problem):
        return gr.skip(), gr.skip(), "", pages.trouble_html(found), gr.skip()
    return found


async def _listed(context: PageContext, name: str, chosen: Filter) -> Listed:
    gallery, now = context.studio.gallery, context.now()
    query = chosen.query(now)
    first = await gallery.page(query, visitor=name, limit=PAGE_SIZE)
    stacks = await _stacks(context, name, chosen, first)
    every = await gallery.counts(visitor=name)
    mine = sum((await gallery.counts(query, visitor=name)).values())
    running = await gallery.page(JobQuery(states=RUNNING), visitor=name, limit=MOST_RUNNING)
    shown = (
        pages.page_html(first, now, len(first.jobs), mine, stacks=stacks)
        if first.jobs or stacks
        else pages.none_html(str(chosen.words or "")[:LONGEST_WORDS], filtered=bool(every))
    )
    return (
        _head(chosen, sum(every.values()), mine),
        gr.Radio(choices=choices_of(every)),
        pages.running_html(running.jobs, now),
        shown,
        pages.undo_html(await offered_back(context, visitor=name), now),
    )


async def _stacks(
    context: PageContext, name: str, chosen: Filter, page: JobPage, after: Place | None = None
) -> tuple[Stack, ...]:
    if not chosen.shows_stacks:
        return ()
    return await stacks_of(context, page, after, str(chosen.words or "")[:LONGEST_WORDS], visitor=name)


async def ticked(context: PageContext, name: str, chosen: Filter) -> Listed:
    """What of it changes while something runs: the rest stays as it is, however far a reader has come."""
    found = await attempt(_ticked(context, name, chosen))
    return (gr.skip(),) * 4 if isinstance(found, Problem) else found


async def _ticked(context: PageContext, name: str, chosen: Filter) -> Listed:
    query = JobQuery(states=RUNNING)
    running = await context.studio.gallery.page(query, visitor=name, limit=MOST_RUNNING)
    shown = pages.running_html(running.jobs, context.now())
    if not running.jobs:
        return shown, *await around(context, name, chosen)
    undo = pages.undo_html(await offered_back(context, visitor=name), context.now())
    return shown, gr.skip(), gr.skip(), undo


async def around(context: PageContext, name: str, chosen: Filter) -> Listed:
    """Head, states to choose from, and what was deleted: what changes when one card goes."""
    gallery, now = context.studio.gallery, context.now()
    every = await gallery.counts(visitor=name)
    mine = await gallery.counts(chosen.query(now), visitor=name)
    undo = pages.undo_html(await offered_back(context, visitor=name), now)
    head = _head(chosen, sum(every.values()), sum(mine.values()))
    return head, gr.Radio(choices=choices_of(every)), undo


def _head(chosen: Filter, every: int, found: int) -> str:
    return pages.head_html(every, None if chosen == Filter() else found)


async def card_now(context: PageContext, name: str, job_id: str) -> str:
    """One card anew."""
    job = await attempt(context.studio.job(job_id, visitor=name))
    now = context.now()
    return pages.gone_html(job_id, now) if isinstance(job, Problem) else pages.patch_html(job, now)


async def left_of(
    context: PageContext, name: str, chosen: Filter, deleted: Job | Problem, job_id: str
) -> str:
    """What takes the place of a card when its job was `deleted`: that of the job's collection is drawn anew,
    which has one job less."""
    job = await attempt(context.studio.job(job_id, visitor=name))
    if not isinstance(job, Problem):
        return pages.patch_html(job, context.now())
    stack: Stack | Problem | None = None
    if chosen.shows_stacks and isinstance(deleted, Job):
        stack = await attempt(stack_of(context, deleted, visitor=name))
    return pages.gone_html(job_id, context.now(), None if isinstance(stack, Problem) else stack)


async def place_now(context: PageContext, name: str, chosen: Filter, job_id: str) -> str:
    """The card anew that a job has in this list: its collection's, where such jobs lie in stacks."""
    job = await attempt(context.studio.job(job_id, visitor=name))
    if isinstance(job, Problem) or chosen != Filter():
        return await card_now(context, name, job_id)
    stack = await attempt(stack_of(context, job, visitor=name))
    return pages.patch_html(job if stack is None or isinstance(stack, Problem) else stack, context.now())


async def next_page(context: PageContext, name: str, chosen: Filter, after: Place, shown: int) -> str:
    """The page behind a place, of which `shown` cards are there before it."""
    gallery, now = context.studio.gallery, context.now()
    query = chosen.query(now)
    found = await attempt(gallery.page(query, visitor=name, after=after, limit=PAGE_SIZE))
    if isinstance(found, Problem):
        return pages.trouble_html(found)
    stacks = await _stacks(context, name, chosen, found, after)
    total = sum((await gallery.counts(query, visitor=name)).values())
    return pages.page_html(found, now, shown + len(found.jobs), total, after, stacks)


def choices_of(counts: Mapping[JobState, int]) -> list[tuple[str, str]]:
    """The states with how many there are of those that want a look."""
    told = {name: sum(counts.get(state, 0) for state in STATES[name]) for name in ("running", "failed")}
    labels = choices("gallery", _NAMES)
    return [(f"{label} {told[name]}" if told.get(name) else label, name) for label, name in labels]
