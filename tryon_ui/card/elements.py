"""The small pieces of cards and rows as HTML: a button, an id to copy, a moment, a list of facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup

from tryon_ui import icons
from tryon_ui.card.parts import Act, Button, Usual
from tryon_ui.texts import say

NOTHING: Final = Markup()
_ICONS: Final = {Act.REFINE: icons.SLIDERS, Act.COMPARE: icons.PANES, Act.SAVE: icons.DOWN}


def joined(parts: Iterable[Markup]) -> Markup:
    """The parts one after the other."""
    return NOTHING.join(parts)


def lightbox_attribute(told: str) -> Markup:
    """Where the page's script finds what the lightbox shows of a job; nothing where there is nothing."""
    return Markup(' data-lightbox="{}"').format(told) if told else NOTHING


def copyable(value: str, what: str) -> Markup:
    """An id and the button that copies it."""
    return Markup(
        '<span class="idline"><code title="{}">{}</code><button type="button" class="copy" data-copy="{}">'
        '<span>{}</span><span class="vh"> {}</span></button></span>'
    ).format(value, value, value, say("card.copy"), what)


def moment(unix: float) -> Markup:
    """A point in time: UTC for those without scripts, local time once the page's script has seen it."""
    at = datetime.fromtimestamp(unix, UTC)
    return Markup('<time datetime="{}" data-at="{}">{} UTC</time>').format(
        at.isoformat(timespec="seconds"), int(unix), at.strftime("%H:%M")
    )


def usual_html(usual: Usual) -> Markup:
    """The usual time; the page's script puts other words in its place when that is long over."""
    if not usual.words:
        return NOTHING
    return Markup('<span data-until="{:.0f}" data-then="{}">{}</span>').format(
        usual.until, usual.then, usual.words
    )


def button_html(button: Button, about: str = "", *, icon: bool = False) -> Markup:
    """One button of a card or a row; `about` is read out after a label that does not say enough."""
    look = "btn primary" if button.primary else "btn"
    hidden = Markup('<span class="vh"> {}</span>').format(about) if about else NOTHING
    label = Markup("{}<span>{}</span>{}").format(
        _ICONS.get(button.act, NOTHING) if icon else NOTHING, button.label, hidden
    )
    if button.href:
        return Markup('<a class="{}" data-act="{}" href="{}" download>{}</a>').format(
            look, button.act, button.href, label
        )
    if button.door:
        return Markup(
            '<button type="button" class="{}" data-key="{}" aria-haspopup="dialog">{}</button>'
        ).format(look, button.door, label)
    identity = Markup(' id="{}"').format(button.identity) if button.identity else NOTHING
    return Markup('<button type="button" class="{}" data-act="{}"{}>{}</button>').format(
        look, button.act, identity, label
    )


def facts_html(rows: Iterable[tuple[str, str | Markup]]) -> Markup:
    """The rows of a list of facts."""
    return joined(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, value) for name, value in rows)
