"""The head line: the name, a pill for each vendor, and behind each pill a panel that tells what its word
means and takes a key of the visitor's own. Pure. No key ever comes back in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tryon_core import KeySource, Vendor
from tryon_ui import icons, texts
from tryon_ui.tabs.means import Means


@dataclass(frozen=True, slots=True)
class Note:
    """What became of the last click in a panel. `mark` makes the same words twice two different notes."""

    words: str
    bad: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A pill and its panel."""

    means: Means
    note: Note | None = None


# Name of the field in the page's report, and its label: as the vendors' consoles call them.
FIELDS: Final[Mapping[Vendor, tuple[tuple[str, str], ...]]] = {
    Vendor.AIDGE: (("app_key", texts.AIDGE_KEY_NAME), ("app_secret", texts.AIDGE_KEY_SECRET)),
    Vendor.AILAB: (("api_key", texts.AILAB_KEY),),
}


def topbar_html(panels: Sequence[Panel]) -> str:
    """The whole head line with its hidden panels; the page's script shows one as a dialog."""
    pills = Markup().join(_pill(panel.means) for panel in panels)
    hidden = Markup().join(_panel(panel) for panel in panels)
    return str(
        Markup(
            '<header class="topbar"><div class="brand">{}<h1>{}</h1></div>'
            '<ul class="vendors" role="list" aria-label="Vendors">{}</ul></header>{}'
        ).format(icons.HANGER, texts.TITLE, pills, hidden)
    )


def _pill(means: Means) -> Markup:
    return Markup(
        '<li><button type="button" class="pill {}" data-key="{}" aria-haspopup="dialog" title="{}">'
        '<span class="dot" aria-hidden="true"></span><b>{}</b> <span>{}</span></button></li>'
    ).format(
        means.key_source.mode.value,
        means.vendor.value,
        _says(means),
        means.vendor.label,
        texts.PILLS[means.key_source],
    )


def _says(means: Means) -> str:
    return texts.DOOR_SAYS[means.key_source].format(vendor=means.vendor.label)


def _panel(panel: Panel) -> Markup:
    means = panel.means
    vendor = means.vendor
    hint = Markup('<p class="hint">{}</p>').format(texts.CLOSED_HINT) if _is_closed(means) else Markup()
    return Markup(
        '<section class="keypanel" data-vendor="{}" hidden><div class="keyhead"><h2>{}</h2>'
        '<span class="pill {}"><span class="dot" aria-hidden="true"></span><span>{}</span></span></div>'
        "<p>{}</p>{}{}{}{}</section>"
    ).format(
        vendor.value,
        vendor.label,
        means.key_source.mode.value,
        texts.PILLS[means.key_source],
        _says(means),
        hint,
        _facts(means),
        _note(panel.note),
        _own() if means.key_source is KeySource.OWN else _form(means),
    )


def _is_closed(means: Means) -> bool:
    return means.key_source is KeySource.CLOSED


def _facts(means: Means) -> Markup:
    rows = []
    if means.left is not None:
        rows.append((texts.FACT_LEFT, texts.pictures(means.left)))
    if means.balance is not None:
        rows.append((texts.FACT_BALANCE, texts.FACT_CREDITS.format(credits=texts.amount(means.balance))))
    listed = Markup().join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*row) for row in rows)
    return Markup("<dl>{}</dl>").format(listed) if rows else Markup()


def _note(note: Note | None) -> Markup:
    if note is None:
        return Markup()
    return Markup('<p class="keynote{}" role="status" tabindex="-1" data-mark="{}">{}</p>').format(
        " bad" if note.bad else "", note.mark, note.words
    )


def _form(means: Means) -> Markup:
    fields = Markup().join(
        Markup(
            '<label><span>{}</span><input type="password" name="{}" required maxlength="200"'
            ' autocomplete="off" autocapitalize="off" spellcheck="false"></label>'
        ).format(label, name)
        for name, label in FIELDS[means.vendor]
    )
    offer = texts.KEY_OFFER[means.key_source].format(vendor=means.vendor.label)
    # Only ever sent by the page's script. Should that be missing, this method sends nothing anywhere.
    return Markup(
        '<form method="dialog"><h3>{}</h3><p>{}</p>{}<p class="hint">{}</p><div class="acts">'
        '<button type="button" class="btn" data-act="close">{}</button>'
        '<button type="submit" class="btn primary">{}</button></div></form>'
    ).format(texts.KEY_HEAD, offer, fields, texts.KEY_KEPT, texts.CLOSE, texts.KEY_USE)


def _own() -> Markup:
    return Markup(
        '<p class="hint">{}</p><div class="acts"><button type="button" class="btn" data-act="forget">{}'
        '</button><button type="button" class="btn primary" data-act="close">{}</button></div>'
    ).format(texts.KEY_KEPT, texts.KEY_FORGET, texts.CLOSE)
