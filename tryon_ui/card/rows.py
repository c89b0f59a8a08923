"""My jobs as rows of HTML. Pure; every value is escaped by `Markup.format`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from tryon_core import Capability, Job, JobState, PickedUp, Problem
from tryon_ui import links, texts
from tryon_ui.card.buttons import key_button
from tryon_ui.card.elements import NOTHING, button_html, lightbox_attribute, moment
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.parts import Act, Button
from tryon_ui.card.pictures import thumbs_of
from tryon_ui.card.view import made_of, vendor_words

_THUMBS = 3
_FILTERS: dict[str, frozenset[JobState]] = {
    texts.RUNNING: frozenset({JobState.SUBMITTING, JobState.QUEUED, JobState.RUNNING}),
    texts.SAVED: frozenset({JobState.SUCCEEDED}),
    texts.FAILED: frozenset({JobState.FAILED, JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED}),
}
_TONES = {JobState.SUCCEEDED: "ok", JobState.FAILED: "bad"}
_TONES |= dict.fromkeys((JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED), "warn")


def rows_html(jobs: Sequence[Job], chosen: str, now: float, vendor: str = "") -> str:
    """The jobs of the filter `chosen` and of `vendor` ("": of all), newest first, or why there are none."""
    if not jobs:
        return _none(texts.NO_JOBS, texts.NO_JOBS_HINT)
    states = _FILTERS.get(chosen)
    of_vendor = [job for job in jobs if vendor in ("", job.vendor)]
    shown = [job for job in of_vendor if states is None or job.state in states]
    if not shown:
        return _none(texts.NONE_SUCH, "")
    rows = NOTHING.join(_row(job, now) for job in shown)
    return str(Markup('<ul class="jobs" role="list">{}</ul>').format(rows))


def trouble_html(problem: Problem) -> str:
    """In place of the jobs, why they cannot be shown: that is not the same as none."""
    hint = f"{problem.todo} {problem.request_id}".strip()
    return str(
        Markup('<div class="nojobs" role="alert"><h3>{}</h3><p>{}</p></div>').format(problem.what, hint)
    )


def _none(headline: str, hint: str) -> str:
    return str(Markup('<div class="nojobs"><h3>{}</h3><p>{}</p></div>').format(headline, hint))


def _row(job: Job, now: float) -> Markup:
    return Markup(
        '<li class="jobrow" data-job="{}"{}>{}'
        '<div class="what"><h3>{}</h3><p>{}</p>{}</div>'
        '<div class="st"><span class="state {}"><span class="dot" aria-hidden="true"></span>{}</span></div>'
        '<div class="when"><b>{}</b><span>{}</span></div><div class="acts">{}</div></li>'
    ).format(
        job.id,
        lightbox_attribute(lightbox_of(job, vendor_words(job))),
        _look(job),
        job.title,
        " · ".join(_facts(job)),
        _note(job),
        "warn" if job.failed_pictures or job.waits_for_key else _TONES.get(job.state, "run"),
        _state(job),
        moment(job.submitted_at),
        _took(job, now),
        NOTHING.join(button_html(button, job.title) for button in _buttons(job)),
    )


def _look(job: Job) -> Markup:
    """The small pictures; where there are results, one button that shows these large."""
    if not job.pictures:
        return Markup('<div class="thumbs">{}</div>').format(_thumbs(job))
    return Markup('<button type="button" class="thumbs look" aria-label="{}">{}</button>').format(
        texts.LOOK_AT.format(title=job.title), _thumbs(job)
    )


def _thumbs(job: Job) -> Markup:
    found = thumbs_of(job)
    came_in = max(0, len(found) - len(job.pictures))
    numbers = [picture.number for picture in job.pictures]
    marks = [*([Markup('class="in"')] * came_in), *(Markup('data-n="{}"').format(n) for n in numbers)]
    shown = NOTHING.join(
        Markup('<img src="{}" alt="" {} width="60" height="80" loading="lazy">').format(source, mark)
        for source, mark in zip(found[:_THUMBS], marks, strict=False)
    )
    more = len(found) - _THUMBS
    return shown + (Markup("<span>+{}</span>").format(more) if more > 0 else NOTHING)


def _facts(job: Job) -> Iterable[str]:
    yield vendor_words(job)
    if isinstance(job.request, PickedUp):
        yield texts.PICKED_UP
    else:
        yield texts.KINDS[job.capability]
        yield texts.pictures(job.expected)
    if job.pinned:
        yield texts.PINNED


def _state(job: Job) -> str:
    if job.waits_for_key:
        return texts.WAITS_FOR_KEY
    word = texts.STATE_WORDS[job.state]
    partly = job.state is JobState.SUCCEEDED and len(job.pictures) < job.expected
    some = partly or (job.state is JobState.RUNNING and job.expected > 1)
    return f"{word}, {made_of(job)}" if some else word


def _note(job: Job) -> Markup:
    if job.problem is not None:
        return Markup('<p class="why">{}. Charged: {}.</p>').format(
            job.problem.what.rstrip("."), job.charged.value.lower()
        )
    return NOTHING


def _took(job: Job, now: float) -> Markup:
    if job.finished_at is not None:
        return Markup(texts.TOOK).format(texts.clock(job.finished_at - job.submitted_at))
    elapsed = max(0.0, now - job.submitted_at)
    return Markup(texts.SO_FAR).format(
        Markup('<span data-elapsed="{:.1f}">{}</span>').format(elapsed, texts.clock(elapsed))
    )


def _buttons(job: Job) -> tuple[Button, ...]:
    pin = Button(Act.UNPIN, texts.UNPIN) if job.pinned else Button(Act.PIN, texts.PIN)
    delete = (Button(Act.DELETE, texts.DELETE),) if job.state.ended else ()
    return *_main_buttons(job), Button(Act.RENAME, texts.RENAME), pin, *delete


def _main_buttons(job: Job) -> tuple[Button, ...]:
    if not job.state.ended:
        return *key_button(job), Button(Act.OPEN, texts.WATCH)
    if job.state is JobState.FAILED:
        again = () if isinstance(job.request, PickedUp) else (Button(Act.AGAIN, texts.TRY_AGAIN),)
        return Button(Act.OPEN, texts.WHY), *again
    if job.state is not JobState.SUCCEEDED:
        return (Button(Act.OPEN, texts.WHAT_NOW),)
    refine = () if job.capability is Capability.REFINE else (Button(Act.REFINE, texts.REFINE),)
    return Button(Act.OPEN, texts.OPEN), *refine, _download(job)


def _download(job: Job) -> Button:
    if len(job.pictures) == 1:
        return Button(
            Act.SAVE,
            texts.DOWNLOAD,
            href=links.download_of(job),
        )
    return Button(Act.ZIP, texts.DOWNLOAD)
