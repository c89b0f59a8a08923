"""What is handed over of a collection: the dialog with its files."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from tryon_core import USUAL_PATTERN, Collection, Which
from tryon_ui import icons, links
from tryon_ui.card.elements import joined
from tryon_ui.texts import say

# As in the addresses of downloads, by the keys of what is said of each.
FILES: Final = {
    "zip": "zip",
    "lookbook": "lookbook.pdf",
    "page": "lookbook.html",
    "sheet": "contact-sheet.jpg",
}


def panel_html(told: Collection, ticket: str) -> str:
    """The dialog: which pictures, how files are named, and a link for each kind of file. `ticket` stands in
    the links."""
    return str(
        Markup(
            '<dialog class="keydialog handover" data-collection="{collection}" aria-labelledby="handhead">'
            '<div class="keyhead"><h2 id="handhead">{title}</h2><button type="button" '
            'data-hand="close" aria-label="{close}">{cross}</button></div>'
            "<form>{which}{pattern}{label}</form>"
            '<ul role="list" class="handfiles">{files}</ul></dialog>'
        ).format(
            collection=told.id,
            title=say("export.head"),
            close=say("page.close"),
            cross=icons.CROSS,
            which=_which(told),
            pattern=_pattern(),
            label=_labelled(),
            files=joined(_file(name, file, ticket) for name, file in FILES.items()),
        )
    )


def _which(told: Collection) -> Markup:
    counts = {Which.CHOSEN: len(told.chosen), Which.ALL: len(told.pictures)}
    first = next((which for which, count in counts.items() if count), Which.ALL)
    choices = joined(
        Markup('<label><input type="radio" name="which" value="{}"{}{}><span>{}</span></label>').format(
            which,
            Markup(" checked") if which is first else "",
            "" if count else Markup(" disabled"),
            say(f"export.{which}", n=count),
        )
        for which, count in counts.items()
    )
    return Markup('<fieldset class="handwhich"><legend class="vh">{}</legend>{}</fieldset>').format(
        say("export.which"), choices
    )


def _pattern() -> Markup:
    return Markup(
        '<label><span>{}</span><input name="pattern" type="text" value="{}" maxlength="200" '
        'autocomplete="off" spellcheck="false"></label><p class="hint">{}</p>'
    ).format(
        say("export.pattern"),
        USUAL_PATTERN,
        say("export.pattern_hint", parts="{article} {garment} {model} {view} {n} {vendor} {date}"),
    )


def _labelled() -> Markup:
    return Markup(
        '<label class="tick"><input type="checkbox" name="labelled" value="1"><span>{}</span></label>'
    ).format(say("export.labelled"))


def _file(name: str, file: str, ticket: str) -> Markup:
    return Markup(
        '<li><a class="btn" data-path="{}" href="{}" target="_blank" rel="noopener">{}<span>{}</span></a>'
        "<small>{}</small></li>"
    ).format(
        *[links.handed_over(ticket, file)] * 2,
        icons.DOWN,
        say(f"export.file.{name}"),
        say(f"export.about.{name}"),
    )
