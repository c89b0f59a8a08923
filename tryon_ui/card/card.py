"""The job card as HTML. Every value goes through `Markup.format`, which escapes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import Markup

from tryon_ui import icons, texts
from tryon_ui.card.parts import BeforeAfter, Button, CardView, Clock, Notice, Offer, Option, Step, Tile

NOTHING = Markup()
HERO_SIZES = "(max-width: 1000px) 92vw, 40vw"  # how wide the chosen picture is shown


def card_html(view: CardView) -> str:
    """The card of `view`, safe to put on a page."""
    parts = (
        _head(view),
        _offer(view.offer) if view.offer else NOTHING,
        _steps(view),
        _notice(view.notice) if view.notice else NOTHING,
        _slider(view) if view.slider else _stage(view),
        _compare(view.compare),
        _notes(view.notes),
        NOTHING if view.slider else _buttons(view.buttons),
        _next_ones(view.next_ones),
        _task_form() if view.asks_task_id else NOTHING,
        _foot(view),
    )
    return str(
        Markup('<section class="job {}" data-job="{}" data-at="{}" aria-label="{}">{}</section>').format(
            view.state, view.job_id, view.address, texts.JOB_LABEL.format(title=view.title), _all(parts)
        )
    )


def empty_html(headline: str, hint: str, pictures: tuple[str, ...], result: str) -> str:
    """What stands in the place of a card before the first job: what goes in, and what comes out."""
    tiles = Markup("<i>+</i>").join(Markup('<img src="{}" alt="">').format(source) for source in pictures)
    place = Markup('<i>=</i><img class="out" src="{}" alt="">').format(result)
    sum_ = (
        Markup('<div class="eq" aria-hidden="true">{}{}</div>').format(tiles, place) if pictures else NOTHING
    )
    return str(Markup('<div class="job empty">{}<h2>{}</h2><p>{}</p></div>').format(sum_, headline, hint))


def copyable(value: str, what: str) -> Markup:
    """An id and the button that copies it."""
    return Markup(
        '<span class="idline"><code>{}</code><button type="button" class="copy" data-copy="{}">'
        '<span>{}</span><span class="vh"> {}</span></button></span>'
    ).format(value, value, texts.COPY, what)


def moment(unix: float) -> Markup:
    """A point in time: UTC for those without scripts, local time once the page's script has seen it."""
    at = datetime.fromtimestamp(unix, UTC)
    return Markup('<time datetime="{}" data-at="{}">{} UTC</time>').format(
        at.isoformat(timespec="seconds"), int(unix), at.strftime("%H:%M")
    )


def button_html(button: Button, about: str = "") -> Markup:
    """One button of a card or a row; `about` is read out after a label that does not say enough."""
    look = "btn primary" if button.primary else "btn"
    hidden = Markup('<span class="vh"> {}</span>').format(about) if about else NOTHING
    if button.href:
        return Markup('<a class="{}" data-act="{}" href="{}" download>{}{}</a>').format(
            look, button.act, button.href, button.label, hidden
        )
    if button.door:
        return Markup(
            '<button type="button" class="{}" data-key="{}" aria-haspopup="dialog">{}{}</button>'
        ).format(look, button.door, button.label, hidden)
    identity = Markup(' id="{}"').format(button.identity) if button.identity else NOTHING
    return Markup('<button type="button" class="{}" data-act="{}"{}>{}{}</button>').format(
        look, button.act, identity, button.label, hidden
    )


def _all(parts: Iterable[Markup]) -> Markup:
    return NOTHING.join(parts)


def _head(view: CardView) -> Markup:
    sent = (Markup(texts.SENT_AT).format(moment(view.sent_at)),) if view.sent_at is not None else ()
    facts = Markup(" · ").join((*view.facts, *sent))
    clock = _clock(view.clock) if view.clock else NOTHING
    return Markup('<div class="job-head"><div><h2>{}</h2><p class="sub">{}</p></div>{}</div>').format(
        view.title, facts, clock
    )


def _offer(offer: Offer) -> Markup:
    return Markup(
        '<div class="offer" role="status"><p>{}</p>'
        '<button type="button" class="btn" data-act="again">{}</button></div>'
    ).format(offer.what, offer.button)


def _clock(clock: Clock) -> Markup:
    counting = Markup(' data-elapsed="{:.1f}"').format(clock.elapsed) if clock.running else NOTHING
    return Markup('<div class="clock"><b{}>{}</b><span>{}</span></div>').format(
        counting, texts.clock(clock.elapsed), clock.under
    )


def _steps(view: CardView) -> Markup:
    if not view.steps:
        return NOTHING
    rows = _all(_step(step) for step in view.steps)
    return Markup('<ol class="steps" role="list">{}</ol><p class="vh" role="status">{}</p>').format(
        rows, view.say
    )


def _step(step: Step) -> Markup:
    here = Markup(' aria-current="step"') if step.mark in ("now", "bad") else NOTHING
    note = Markup(" <b>{}</b>").format(step.note) if step.note else NOTHING
    return Markup('<li class="{}"{}><i aria-hidden="true"></i><span>{}{}</span></li>').format(
        step.mark, here, step.name, note
    )


def _notice(notice: Notice) -> Markup:
    facts = [(texts.FACT_CHARGED, Markup("{}").format(notice.charged))]
    if notice.code:
        facts.append((texts.FACT_CODE, Markup("{}").format(notice.code)))
    if notice.request_id:
        facts.append((texts.REQUEST_ID, copyable(notice.request_id, texts.THE_REQUEST_ID)))
    table = _all(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(k, v) for k, v in facts)
    return Markup(
        '<div class="notice {}" role="alert">{}<div><h3>{}</h3><p>{}</p><dl>{}</dl></div></div>'
    ).format(notice.tone, icons.ALERT, notice.what, notice.todo, table)


def _stage(view: CardView) -> Markup:
    if not view.tiles:
        return NOTHING
    newest = next((tile for tile in reversed(view.tiles) if tile.full), None)
    first = next((tile for tile in view.tiles if tile.full), None)
    shown = newest if view.state in ("running", "queued") else first
    rail = _all(_tile(tile, tile is shown) for tile in view.tiles)
    return Markup(
        '<div class="stage" data-pictures="{}"><div class="hero">{}</div>'
        '<div class="side"><ul class="rail" role="list" aria-label="{}">{}</ul>{}</div></div>'
    ).format(len(view.tiles), _hero(shown, view.wait), texts.PICTURES, rail, _caption(shown))


def _hero(tile: Tile | None, wait: str) -> Markup:
    if tile is None:
        return Markup('<div class="skel shim"><span>{}</span></div>').format(wait)
    return Markup(
        '<img src="{}" srcset="{}" sizes="{}" alt="{}" width="768" height="1024" fetchpriority="high">'
        '<button type="button" class="full" aria-label="{}">{}</button>'
    ).format(tile.view, tile.srcset, HERO_SIZES, tile.alt, texts.FULL_SCREEN, icons.EXPAND)


def _caption(tile: Tile | None) -> Markup:
    if tile is None:
        return NOTHING
    return Markup('<p class="cap"><b>{}</b><span>{}</span></p>').format(tile.name, tile.meta)


def _tile(tile: Tile, on: bool) -> Markup:
    if not tile.full:
        return Markup(
            '<li><div class="slot skel{}"><span class="num">{}</span><span class="what">{}</span></div></li>'
        ).format(" shim" if tile.live else "", tile.number, tile.word)
    return Markup(
        '<li><button type="button" class="slot" data-n="{}" data-full="{}" data-view="{}" data-srcset="{}"'
        ' data-save="{}" data-alt="{}" data-name="{}" data-meta="{}" aria-pressed="{}">'
        '<img src="{}" srcset="{} 2x" alt="{}" width="240" height="320" decoding="async">'
        '<span class="num" aria-hidden="true">{}</span></button></li>'
    ).format(
        tile.number, tile.full, tile.view, tile.srcset, tile.save, tile.alt, tile.name, tile.meta,
        str(on).lower(), tile.thumb, tile.view, tile.alt, tile.number,
    )  # fmt: skip


def _compare(options: tuple[Option, ...]) -> Markup:
    if len(options) < 2:
        return NOTHING
    panes = _all(_pane(options, side, label) for side, label in texts.COMPARE_SIDES.items())
    return Markup('<div class="compare" hidden>{}</div>').format(panes)


def _pane(options: tuple[Option, ...], side: str, label: str) -> Markup:
    choices = _all(
        Markup('<option value="{}" data-full="{}">{}</option>').format(o.view, o.full, o.label)
        for o in options
    )
    return Markup(
        '<figure data-side="{}"><select aria-label="{}">{}</select>'
        '<img alt="" width="768" height="1024"></figure>'
    ).format(side, label, choices)


def _slider(view: CardView) -> Markup:
    rows = [(k, Markup("{}").format(v)) for k, v in view.table]
    if view.request_id:
        rows.append((texts.REQUEST_ID, copyable(view.request_id, texts.THE_REQUEST_ID)))
    facts = _all(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(k, v) for k, v in rows)
    assert view.slider is not None
    return Markup('<div class="rstage">{}<div class="rside"><dl class="facts">{}</dl>{}</div></div>').format(
        _before_after(view.slider), facts, _buttons(view.buttons)
    )


def _before_after(pair: BeforeAfter) -> Markup:
    return Markup(
        '<figure class="ba"><img src="{}" data-full="{}" alt="{}" width="768" height="1024">'
        '<img class="before" src="{}" data-full="{}" alt="{}" width="768" height="1024">'
        '<span class="chip l" aria-hidden="true">{}</span>'
        '<span class="chip r" aria-hidden="true">{}</span><span class="bar" aria-hidden="true"></span>'
        '<input type="range" min="0" max="100" value="50" aria-label="{}"></figure>'
    ).format(
        pair.after_view, pair.after, texts.AFTER_ALT, pair.before_view, pair.before, texts.BEFORE_ALT,
        texts.BEFORE, texts.AFTER, texts.BEFORE_AFTER,
    )  # fmt: skip


def _notes(notes: tuple[str, ...]) -> Markup:
    if not notes:
        return NOTHING
    rows = _all(Markup("<li>{}</li>").format(note) for note in notes)
    return Markup('<ul class="notes" role="list">{}</ul>').format(rows)


def _buttons(buttons: tuple[Button, ...]) -> Markup:
    if not buttons:
        return NOTHING
    return Markup('<div class="acts">{}</div>').format(_all(button_html(b) for b in buttons))


def _next_ones(buttons: tuple[Button, ...]) -> Markup:
    if not buttons:
        return NOTHING
    return Markup('<div class="next">{}</div>').format(_all(button_html(b) for b in buttons))


def _task_form() -> Markup:
    return Markup(
        '<form class="taskid" data-act="adopt"><label><span>{}</span><input name="task" required'
        ' maxlength="200" autocomplete="off" spellcheck="false"></label>'
        '<button class="btn primary" type="submit">{}</button></form>'
    ).format(texts.TASK_ID, texts.TASK_ID_GO)


def _foot(view: CardView) -> Markup:
    if not view.foot:
        return NOTHING
    quote = view.request_id and not view.slider
    ids = (
        Markup("<span>{} {}</span>").format(texts.REQUEST_ID, copyable(view.request_id, texts.THE_REQUEST_ID))
        if quote
        else NOTHING
    )
    tell = Markup('<button type="button" class="notify" hidden>{}</button>').format(texts.TELL_ME)
    running = view.clock is not None and view.clock.running
    return Markup('<div class="foot"><span>{}</span>{}{}</div>').format(
        view.foot, tell if running else NOTHING, ids
    )
