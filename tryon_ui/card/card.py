"""The job card as HTML. Every value goes through `Markup.format`, which escapes it."""

from __future__ import annotations

from markupsafe import Markup

from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, copyable, facts_html, joined, lightbox_attribute
from tryon_ui.card.parts import Badge, CardView, Notice, Offer, Origin, Step
from tryon_ui.card.stage import stage_html, strip_html
from tryon_ui.texts import phrases, say


def card_html(view: CardView) -> str:
    """The card of `view`, safe to put on a page."""
    notice = _notice(view.notice) if view.notice else NOTHING
    beside = bool(view.tiles or view.slider)  # else the notice stands where the pictures would
    parts = (
        _way_back(view),
        _head(view),
        _steps(view),
        _offer(view.offer) if view.offer else NOTHING,
        notice if beside else NOTHING,
        strip_html(view) if view.state == "strip" else stage_html(view, notice),
    )
    return str(
        Markup('<section class="job {}" data-job="{}" data-at="{}"{} aria-label="{}">{}</section>').format(
            view.state,
            view.job_id,
            view.address,
            lightbox_attribute(view.lightbox),
            say("card.label", title=view.title),
            joined(parts),
        )
    )


def empty_html(headline: str, hint: str, pictures: tuple[str, ...] = (), result: str = "") -> str:
    """What stands in the place of a card before the first job: what goes in, and what comes out. Without
    pictures the words alone."""
    tiles = Markup("<i>+</i>").join(Markup('<img src="{}" alt="">').format(source) for source in pictures)
    place = Markup('<i>=</i><img class="out" src="{}" alt="">').format(result)
    sum_ = (
        Markup('<div class="eq" aria-hidden="true">{}{}</div>').format(tiles, place) if pictures else NOTHING
    )
    return str(Markup('<div class="job empty">{}<h2>{}</h2><p>{}</p></div>').format(sum_, headline, hint))


def _way_back(view: CardView) -> Markup:
    """On a phone the card takes the whole window: a line at its top leads back to the form."""
    if view.state == "strip":
        return NOTHING
    thumbs = joined(_small(origin) for origin in view.origins[:2])
    return Markup(
        '<div class="wayback"><div class="two" aria-hidden="true">{}</div>'
        "<div><b>{}</b><small>{}</small></div>"
        '<button type="button" class="btn" data-act="change">{}</button></div>'
    ).format(thumbs, view.title, _sentence(view.facts[:2]), say("do.change"))


def _small(origin: Origin) -> Markup:
    return Markup('<img class="{}" src="{}" alt="" width="32" height="40">').format(
        "person" if origin.person else "thing", origin.picture
    )


def _head(view: CardView) -> Markup:
    badge = _badge(view.badge) if view.badge else NOTHING
    return Markup('<div class="job-head"><div><h2>{}</h2><p class="sub">{}</p></div>{}</div>').format(
        view.title, _sentence(view.facts), badge
    )


def _sentence(facts: tuple[str, ...]) -> str:
    words = phrases.listed(facts)
    return f"{words[:1].upper()}{words[1:]}"


def _badge(badge: Badge) -> Markup:
    mark = icons.CHECK if badge.tone == "ok" else Markup('<span class="dot" aria-hidden="true"></span>')
    clock = _clock(badge) if badge.elapsed is not None else NOTHING
    return Markup('<p class="tag {}">{}<span>{}{}</span></p>').format(badge.tone, mark, badge.word, clock)


def _clock(badge: Badge) -> Markup:
    elapsed = badge.elapsed or 0.0
    counting = Markup(' data-elapsed="{:.1f}"').format(elapsed) if badge.counting else NOTHING
    return Markup(" <b{}>{}</b>").format(counting, phrases.clock(elapsed))


def _offer(offer: Offer) -> Markup:
    button = Markup('<button type="button" class="btn" data-act="again">{}</button>').format(offer.button)
    return Markup('<div class="offer" role="status"><p>{}</p>{}</div>').format(
        offer.what, button if offer.button else NOTHING
    )


def _steps(view: CardView) -> Markup:
    if not view.steps:
        return NOTHING
    rows = joined(_step(step) for step in view.steps)
    return Markup('<ol class="steps" role="list">{}</ol><p class="vh" role="status">{}</p>').format(
        rows, view.say
    )


def _step(step: Step) -> Markup:
    here = Markup(' aria-current="step"') if step.mark in ("now", "bad") else NOTHING
    note = Markup(" <b>{}</b>").format(step.note) if step.note else NOTHING
    return Markup('<li class="{}"{}><i aria-hidden="true"></i><span class="vh">{}{}</span></li>').format(
        step.mark, here, step.name, note
    )


def _notice(notice: Notice) -> Markup:
    facts: list[tuple[str, str | Markup]] = []
    if notice.charged:
        facts.append((say("card.charged"), Markup("{}").format(notice.charged)))
    if notice.code:
        facts.append((say("card.code"), Markup("{}").format(notice.code)))
    if notice.request_id:
        facts.append((say("card.request_id"), copyable(notice.request_id, say("card.the_request_id"))))
    return Markup(
        '<div class="notice {}" role="alert">{}<div><h3>{}</h3><p>{}</p></div><dl>{}</dl></div>'
    ).format(notice.tone, icons.ALERT, notice.what, notice.todo, facts_html(facts))
