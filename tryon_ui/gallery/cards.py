"""A job in the gallery: its picture, its name, how it went, one action and a menu for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from tryon_core import Capability, Job, JobState, PickedUp
from tryon_ui import icons, links
from tryon_ui.card.buttons import key_button
from tryon_ui.card.elements import button_html, joined, lightbox_attribute, moment
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.parts import Act, Button
from tryon_ui.card.pictures import inputs_of
from tryon_ui.card.wording import made_of, vendor_words
from tryon_ui.texts import phrases, say, translated

_TONES = {JobState.SUCCEEDED: "ok", JobState.FAILED: "bad"}
_TONES |= dict.fromkeys((JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED), "warn")


def card_html(job: Job, now: float) -> Markup:
    """The card of `job` at `now` (Unix seconds)."""
    title = translated(job.title)
    return Markup(
        '<li class="jobrow {}" data-job="{}" data-at="{}"{} tabindex="-1" aria-label="{}">'
        '<div class="pic">{}</div><h3><button type="button" data-act="open" tabindex="-1">{}</button></h3>'
        '<div class="facts">{}</div><div class="line"><span class="st">{}</span>{}{}</div></li>'
    ).format(
        _tone(job),
        job.id,
        job.address,
        lightbox_attribute(lightbox_of(job, vendor_words(job))),
        phrases.listed((title, _state(job))),
        joined(_picture(job)),
        title,
        phrases.listed(tuple(_facts(job))),
        _when(job, now),
        _main(job),
        _menu(job),
    )


def cards_html(jobs: Sequence[Job], now: float) -> Markup:
    """The cards of several jobs, one after the other."""
    return joined(card_html(job, now) for job in jobs)


def menu_html(title: str, items: Markup) -> Markup:
    """The menu on the card of what is called `title`, a job or a collection: what is wanted less often than
    its one button."""
    return Markup(
        '<details class="menu"><summary aria-label="{}" tabindex="-1">{}</summary><div>{}</div></details>'
    ).format(say("gallery.more_of", title=title), icons.DOTS, items)


def _tone(job: Job) -> str:
    return "warn" if job.failed_pictures or job.waits_for_key else _TONES.get(job.state, "run")


def _picture(job: Job) -> Iterable[Markup]:
    inputs = inputs_of(job)
    if job.pictures:
        yield _result(job)
        yield from (_garment(job.id, name) for _, name in inputs[:1])
    elif inputs:
        yield Markup('<img class="in" src="{}" alt="" loading="lazy" width="240" height="320">').format(
            links.thumb(job.id, inputs[0][1])
        )
    if len(job.pictures) > 1:
        yield Markup('<span class="many" aria-hidden="true">{}{}</span>').format(
            icons.STACK, len(job.pictures)
        )
    if job.problem is not None and not job.pictures:
        charged = say(f"charged.sentence.{job.charged.name.lower()}")
        yield Markup('<p class="why">{}</p>').format(
            phrases.sentences((phrases.sentence(job.problem.what), charged))
        )
    act, label = (Act.UNPIN, say("gallery.unstar")) if job.pinned else (Act.PIN, say("gallery.star"))
    yield Markup(
        '<button type="button" class="star" data-act="{}" aria-pressed="{}" aria-label="{}" title="{}"'
        ' tabindex="-1">{}</button>'
    ).format(act, str(job.pinned).lower(), say("gallery.star_of", title=job.title), label, icons.STAR)


def _result(job: Job) -> Markup:
    first = job.pictures[0]
    named = (job.id, first.name, first.sha256)
    return Markup(
        '<button type="button" class="look" data-n="{}" aria-label="{}" tabindex="-1">'
        '<img src="{}" srcset="{} 1x, {} 2x" alt="" loading="lazy" width="240" height="320"></button>'
    ).format(
        first.number,
        say("gallery.enlarge", title=job.title),
        links.thumb(*named),
        links.thumb(*named),
        links.view(*named),
    )


def _garment(job_id: str, name: str) -> Markup:
    return Markup('<img class="garment" src="{}" alt="" loading="lazy" width="48" height="48">').format(
        links.thumb(job_id, name)
    )


def _facts(job: Job) -> Iterable[str]:
    yield vendor_words(job)
    if isinstance(job.request, PickedUp):
        yield say("card.picked_up")
    else:
        yield say(f"kind.{job.capability}")
        yield phrases.pictures(job.expected)


def _state(job: Job) -> str:
    return phrases.listed((_word(job), *_some(job)))


def _word(job: Job) -> str:
    return say("card.waits_for_key") if job.waits_for_key else say(f"state.{job.state}")


def _some(job: Job) -> tuple[str, ...]:
    """How many of its pictures there are, while that is not all."""
    partly = job.state is JobState.SUCCEEDED and len(job.pictures) < job.expected
    comes = job.state is JobState.RUNNING and job.expected > 1
    return (made_of(job),) if (partly or comes) and not job.waits_for_key else ()


def _when(job: Job, now: float) -> Markup:
    """Its state, and what is told beside it, each of which a narrow card gives a line."""
    elapsed = max(0.0, now - job.submitted_at)
    clock = Markup('<span data-elapsed="{:.1f}">{}</span>').format(elapsed, phrases.clock(elapsed))
    told = (*_some(job), moment(job.submitted_at) if job.state.ended else clock)
    return Markup('<b class="state {}">{}</b> <span>{}</span>').format(
        _tone(job), _word(job), Markup(say("word.list")).join(told)
    )


def _main(job: Job) -> Markup:
    """The one action that is most likely wanted next."""
    button = next(iter(_actions(job)))
    return button_html(button, translated(job.title))


def _actions(job: Job) -> Iterable[Button]:
    yield from key_button(job)
    if not job.state.ended:
        yield Button(Act.OPEN, say("do.watch"))
    elif job.state is JobState.FAILED and not isinstance(job.request, PickedUp):
        yield Button(Act.AGAIN, say("do.try_again"))
    elif job.state is not JobState.SUCCEEDED:
        yield Button(Act.OPEN, say("do.what_now"))
    elif job.capability is Capability.TRY_ON and job.pictures:
        yield Button(Act.REFINE, say("do.refine"))
    yield Button(Act.OPEN, say("do.open"))


def _menu(job: Job) -> Markup:
    title = translated(job.title)
    return menu_html(title, joined(button_html(button, title) for button in _rest(job)))


def _rest(job: Job) -> Iterable[Button]:
    yield Button(Act.OPEN, say("do.why") if job.state is JobState.FAILED else say("do.open"))
    if len(job.pictures) == 1:
        yield Button(Act.SAVE, say("do.download"), href=links.download_of(job))
    elif job.pictures:
        yield Button(Act.ZIP, say("do.download_all"))
    yield Button(Act.RENAME, say("do.rename"))
    if job.state.ended:
        yield Button(Act.DELETE, say("do.delete"))
