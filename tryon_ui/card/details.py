"""The column beside the pictures: what can be done, what it was made from, and the facts."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from tryon_ui.card.elements import NOTHING, button_html, copyable, facts_html, joined, moment, usual_html
from tryon_ui.card.parts import Button, CardView, Origin, Tile
from tryon_ui.texts import say, wording


def details_html(view: CardView, shown: Tile | None) -> Markup:
    """The column; `shown` is the picture in the large place, whose title stands over the buttons."""
    parts = (
        _caption(view, shown),
        _buttons(view.buttons),
        _task_form() if view.asks_task_id else NOTHING,
        _foot(view),
        _notes(view.notes),
        _next_ones(view.next_ones),
        _made_from(view.origins),
        _facts(view),
    )
    return Markup('<div class="info">{}</div>').format(joined(parts))


def _caption(view: CardView, shown: Tile | None) -> Markup:
    counted = not view.heading and shown is not None
    title = shown.title if shown is not None and counted else view.heading
    under = shown.name if shown is not None and counted else view.under
    if not title:
        return NOTHING
    if counted:
        return Markup('<div class="cap"><h3>{}</h3><p>{}</p></div>').format(title, under)
    return Markup('<div class="cap still"><h3>{}</h3><p>{}{}</p></div>').format(
        title, under, usual_html(view.usual)
    )


def _buttons(buttons: tuple[Button, ...]) -> Markup:
    if not buttons:
        return NOTHING
    return Markup('<div class="acts">{}</div>').format(joined(button_html(b, icon=True) for b in buttons))


def _task_form() -> Markup:
    return Markup(
        '<form class="taskid" data-act="adopt"><label><span>{}</span><input name="task" required'
        ' maxlength="200" autocomplete="off" spellcheck="false"></label>'
        '<button class="btn primary" type="submit">{}</button></form>'
    ).format(say("card.task_id"), say("card.task_id_go"))


def _notes(notes: tuple[str, ...]) -> Markup:
    if not notes:
        return NOTHING
    rows = joined(Markup("<li>{}</li>").format(note) for note in notes)
    return Markup('<ul class="notes" role="list">{}</ul>').format(rows)


def _next_ones(buttons: tuple[Button, ...]) -> Markup:
    if not buttons:
        return NOTHING
    return Markup('<div class="next">{}</div>').format(joined(button_html(b) for b in buttons))


def _foot(view: CardView) -> Markup:
    if not view.foot:
        return NOTHING
    silence = view.silence
    says = (
        Markup(wording("card.silent")).format(vendor=silence.vendor, since=moment(silence.since))
        if silence
        else view.foot
    )
    running = view.badge is not None and view.badge.counting
    tell = Markup('<button type="button" class="notify" hidden>{}</button>').format(say("card.tell_me"))
    return Markup('<div class="foot"><p>{}</p>{}</div>').format(says, tell if running else NOTHING)


def _made_from(origins: tuple[Origin, ...]) -> Markup:
    if not origins:
        return NOTHING
    return Markup('<div class="from"><p>{}</p><div>{}</div></div>').format(
        say("card.made_from"), joined(_origin(origin) for origin in origins)
    )


def _origin(origin: Origin) -> Markup:
    return Markup(
        '<figure class="{}"><img src="{}" alt="" width="120" height="120">'
        "<figcaption>{}</figcaption></figure>"
    ).format("person" if origin.person else "thing", origin.picture, origin.label)


def _facts(view: CardView) -> Markup:
    rows = tuple(_rows(view))
    return Markup('<dl class="facts">{}</dl>').format(facts_html(rows)) if rows else NOTHING


def _rows(view: CardView) -> Iterator[tuple[str, str | Markup]]:
    yield from view.table
    if view.sent_at is not None:
        yield say("card.sent"), moment(view.sent_at)
    if view.request_id:
        yield say("card.request_id"), copyable(view.request_id, say("card.the_request_id"))
    elif view.waits:
        yield say("card.request_id"), say("card.not_yet")
