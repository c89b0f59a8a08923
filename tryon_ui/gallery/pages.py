"""The gallery around its cards, as HTML: pages of them, what runs, what was deleted, and why there is none.

Every value is escaped by `Markup.format`.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tryon_core import Job, JobPage, Place, Problem
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.card.pictures import thumbs_of
from tryon_ui.card.wording import made_of, steps_of
from tryon_ui.gallery.cards import card_html, cards_html
from tryon_ui.gallery.stacks import Stack, stack_html, with_stacks
from tryon_ui.texts import phrases, say, translated
from tryon_ui.undo_bar import JOBS, Deleted, bar_html


def page_html(
    found: JobPage,
    now: float,
    shown: int,
    total: int,
    after: Place | None = None,
    stacks: Sequence[Stack] = (),
) -> str:
    """The page of cards behind `after`, with `stacks` among them, and the place of the next one; `shown` with
    it, of `total`.

    It says when it was drawn: one that is like the one before is still drawn anew by the framework then,
    where the page's script has taken a card out of it.
    """
    cards = with_stacks([(job.submitted_at, card_html(job, now)) for job in found.jobs], stacks)
    more = _more(found.next, shown, total) if found.next else NOTHING
    return str(
        Markup('<ul class="jobs" role="list" data-from="{}" data-drawn="{}">{}</ul>{}').format(
            place_text(after) if after else "", now, cards, more
        )
    )


def patch_html(card: Job | Stack, now: float) -> str:
    """A card that takes the place of the one that is there."""
    drawn = stack_html(card) if isinstance(card, Stack) else cards_html((card,), now)
    return str(Markup('<ul class="jobs" data-patch data-drawn="{}">{}</ul>').format(now, drawn))


def gone_html(job_id: str, now: float, stack: Stack | None = None) -> str:
    """What has a card taken away whose job is not here any more, and its collection's drawn anew."""
    left = "" if stack is None else stack_html(stack)
    return str(Markup('<ul class="jobs" data-gone="{}" data-drawn="{}">{}</ul>').format(job_id, now, left))


def place_text(place: Place) -> str:
    """A place as it goes to the browser and comes back."""
    return f"{place.submitted_at!r} {place.job_id}"


def place_of(text: str) -> Place | None:
    """The place of such a text; None for any other."""
    at, _, job_id = text.partition(" ")
    try:
        return Place(float(at), job_id) if job_id.isalnum() else None
    except ValueError:
        return None


def opening_html() -> str:
    """In place of cards until the first of them come: nothing at all would look like none."""
    return str(
        Markup('<div class="coming">{}<p role="status">{}</p></div>').format(_boxes(), say("gallery.coming"))
    )


def _more(place: Place, shown: int, total: int) -> Markup:
    words = say("gallery.shown_of", shown=f"{shown:,}", total=f"{total:,}")
    return Markup('<div class="more" data-after="{}" data-shown="{}">{}<p role="status">{}</p></div>').format(
        place_text(place), shown, _boxes(), words
    )


def _boxes() -> Markup:
    boxes = joined(Markup('<li class="skel"></li>') for _ in range(6))
    return Markup('<ul class="jobs" aria-hidden="true">{}</ul>').format(boxes)


def head_html(total: int, found: int | None = None) -> str:
    """The name of the tab, and how many jobs there are: `found` of them, where something is looked for."""
    every = say("gallery.jobs", n=total)
    words = every if found is None else say("word.n_of_m", n=f"{found:,}", m=every)
    count = Markup("<span>{}</span>").format(words) if total else NOTHING
    return str(Markup('<div class="sec"><h2>{}</h2>{}</div>').format(say("page.jobs"), count))


def layout_html() -> str:
    """The switch between pictures and lines; the browser remembers it."""
    choices = (("grid", say("gallery.grid"), icons.GRID), ("list", say("gallery.list"), icons.LINES))
    buttons = joined(
        Markup('<button type="button" data-layout="{}" aria-label="{}" title="{}">{}</button>').format(
            name, label, label, icon
        )
        for name, label, icon in choices
    )
    group = Markup('<div class="layout" role="group" aria-label="{}">{}</div>')
    return str(group.format(say("gallery.layout"), buttons))


def running_html(jobs: Sequence[Job], now: float) -> str:
    """What runs, each with its steps; empty when nothing does."""
    rows = joined(_running(job, now) for job in jobs)
    return str(Markup('<ul class="underway" role="list">{}</ul>').format(rows)) if jobs else ""


def _running(job: Job, now: float) -> Markup:
    elapsed = max(0.0, now - job.submitted_at)
    pictures = thumbs_of(job)
    image = Markup('<img src="{}" alt="">').format(pictures[0]) if pictures else NOTHING
    word = say("card.waits_for_key") if job.waits_for_key else say(f"state.{job.state}")
    bars = joined(Markup('<i class="{}"></i>').format(step.mark) for step in steps_of(job))
    usual = phrases.usually(job.usual)
    return Markup(
        '<li data-job="{}"><button type="button" data-act="open">{}<b>{}</b><span>{}</span>'
        '<span class="clock"><span data-elapsed="{:.1f}">{}</span>{}</span>'
        '<span class="bars" aria-hidden="true">{}</span></button></li>'
    ).format(
        job.id,
        image,
        translated(job.title),
        phrases.listed((word, made_of(job))) if job.expected > 1 else word,
        elapsed,
        phrases.clock(elapsed),
        f"{say('word.list')}{usual}" if usual else "",
        bars,
    )


def undo_html(deleted: Sequence[tuple[Job, float]], now: float) -> str:
    """What was deleted a moment ago, and the way back, for as long as there is one."""
    return bar_html(JOBS, [Deleted(job.id, job.title, at) for job, at in deleted], now)


def none_html(words: str, filtered: bool) -> str:
    """In place of cards, why there are none, and what to do about it."""
    if not filtered:
        return _nothing(say("gallery.none"), say("gallery.none_hint"), "start", say("gallery.start"))
    what = say("gallery.none_found", words=words) if words else say("gallery.none_such")
    return _nothing(what, "", "all", say("gallery.show_all"))


def _nothing(headline: str, hint: str, act: str, label: str) -> str:
    return str(
        Markup(
            '<div class="nojobs"><h3>{}</h3><p>{}</p>'
            '<button type="button" class="btn" data-act="{}">{}</button></div>'
        ).format(headline, hint, act, label)
    )


def trouble_html(problem: Problem) -> str:
    """In place of the jobs, why they cannot be shown: that is not the same as none."""
    hint = f"{translated(problem.todo)} {problem.request_id}".strip()
    return str(
        Markup('<div class="nojobs" role="alert"><h3>{}</h3><p>{}</p></div>').format(
            translated(problem.what), hint
        )
    )
