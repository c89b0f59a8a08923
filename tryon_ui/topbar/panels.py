"""The head line: the name, a pill for each vendor, and behind each pill a panel that says what its word
means and takes a key of the visitor's own. Pure. No key ever comes back in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tryon_core import KeySource
from tryon_ui import icons
from tryon_ui.language import LANGUAGES, TAGS, spoken
from tryon_ui.tabs.spending import Spending
from tryon_ui.texts import phrases, say, translated


@dataclass(frozen=True, slots=True)
class Note:
    """What became of the last click in a panel. `mark` makes the same words twice two different notes."""

    words: str
    bad: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A pill and its panel."""

    spending: Spending
    note: Note | None = None


def topbar_html(panels: Sequence[Panel]) -> str:
    """The whole head line with its hidden panels; the page's script shows one as a dialog."""
    pills = Markup().join(_pill(panel.spending) for panel in panels)
    hidden = Markup().join(_panel(panel) for panel in panels)
    return str(
        Markup(
            '<header class="topbar"><div class="brand">{}<h1>{}</h1></div>'
            '<ul class="vendors" role="list" aria-label="{}">{}</ul>{}</header>{}'
        ).format(icons.HANGER, say("page.title"), say("key.vendors"), pills, languages_html(), hidden)
    )


def languages_html() -> Markup:
    """The way to each other language, in its own words."""
    return Markup().join(
        Markup('<button type="button" class="tongue" lang="{}" data-language="{}">{}</button>').format(
            TAGS[name], name, words
        )
        for name, words in LANGUAGES.items()
        if name != spoken()
    )


def _pill(spending: Spending) -> Markup:
    return Markup(
        '<li><button type="button" class="pill {}" data-key="{}" aria-haspopup="dialog" title="{}">'
        '<span class="dot" aria-hidden="true"></span><b>{}</b> <span>{}</span></button></li>'
    ).format(
        spending.key_source.mode.value,
        spending.vendor.id,
        _says(spending),
        spending.vendor.name,
        say(f"key.pill.{spending.key_source}"),
    )


def _says(spending: Spending) -> str:
    return say(f"key.says.{spending.key_source}", vendor=spending.vendor.name)


def _panel(panel: Panel) -> Markup:
    spending = panel.spending
    vendor = spending.vendor
    hint = (
        Markup('<p class="hint">{}</p>').format(say("key.closed_hint")) if _is_closed(spending) else Markup()
    )
    return Markup(
        '<section class="keypanel" data-vendor="{}" hidden><div class="keyhead"><h2>{}</h2>'
        '<span class="pill {}"><span class="dot" aria-hidden="true"></span><span>{}</span></span></div>'
        "<p>{}</p>{}{}{}{}</section>"
    ).format(
        vendor.id,
        vendor.name,
        spending.key_source.mode.value,
        say(f"key.pill.{spending.key_source}"),
        _says(spending),
        hint,
        _facts(spending),
        _note(panel.note),
        _own() if spending.key_source is KeySource.OWN else _form(spending),
    )


def _is_closed(spending: Spending) -> bool:
    return spending.key_source is KeySource.CLOSED


def _facts(spending: Spending) -> Markup:
    rows = []
    if spending.left is not None:
        rows.append((say("key.left"), phrases.pictures(spending.left)))
    if spending.balance is not None:
        rows.append((say("key.balance"), say("key.credits", credits=phrases.amount(spending.balance))))
    listed = Markup().join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*row) for row in rows)
    return Markup("<dl>{}</dl>").format(listed) if rows else Markup()


def _note(note: Note | None) -> Markup:
    if note is None:
        return Markup()
    return Markup('<p class="keynote{}" role="status" tabindex="-1" data-mark="{}">{}</p>').format(
        " bad" if note.bad else "", note.mark, note.words
    )


def _form(spending: Spending) -> Markup:
    fields = Markup().join(
        Markup(
            '<label><span>{}</span><input type="password" name="{}" required maxlength="200"'
            ' autocomplete="off" autocapitalize="off" spellcheck="false"></label>'
        ).format(_capital(translated(part.label)), part.field)
        for part in spending.vendor.credentials
    )
    offer = say(f"key.offer.{spending.key_source}", vendor=spending.vendor.name)
    # Only ever sent by the page's script. Should that be missing, this method sends nothing anywhere.
    return Markup(
        '<form method="dialog"><h3>{}</h3><p>{}</p>{}<p class="hint">{}</p><div class="acts">'
        '<button type="button" class="btn" data-act="close">{}</button>'
        '<button type="submit" class="btn primary">{}</button></div></form>'
    ).format(say("key.head"), offer, fields, say("key.kept"), say("page.close"), say("key.use"))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _own() -> Markup:
    return Markup(
        '<p class="hint">{}</p><div class="acts"><button type="button" class="btn" data-act="forget">{}'
        '</button><button type="button" class="btn primary" data-act="close">{}</button></div>'
    ).format(say("key.kept"), say("key.forget"), say("page.close"))
