"""What is handed over of a collection: the dialog with its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from tryon_core import USUAL_PATTERN, Collection, Job, SavedPicture, Which
from tryon_ui import icons, links
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.texts import say

# As in the addresses of downloads, by the keys of what is said of each.
FILES: Final = {
    "zip": "zip",
    "lookbook": "lookbook.pdf",
    "page": "lookbook.html",
    "sheet": "contact-sheet.jpg",
}

NAMED: Final = "zip"  # whose files have names by the pattern


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
    chosen = {(one.job_id, one.number) for one in told.chosen}
    of = {
        Which.CHOSEN: [one for one in told.pictures if (one[0].id, one[1].number) in chosen],
        Which.ALL: list(told.pictures),
    }
    first = next((which for which, pictures in of.items() if pictures), Which.ALL)
    refined = {which: _refined(told, pictures) for which, pictures in of.items()}
    choices = joined(
        Markup('<label><input type="radio" name="which" value="{}"{}{}><span>{}</span></label>').format(
            which,
            Markup(" checked") if which is first else "",
            "" if pictures else Markup(" disabled"),
            _counted(say(f"export.{which}", n=len(pictures)), refined[which]),
        )
        for which, pictures in of.items()
    )
    hint = Markup('<p class="hint">{}</p>').format(say("export.refined_hint"))
    return Markup('<fieldset class="handwhich"><legend class="vh">{}</legend>{}</fieldset>{}').format(
        say("export.which"), choices, hint if any(refined.values()) else NOTHING
    )


def _refined(told: Collection, pictures: Sequence[tuple[Job, SavedPicture]]) -> int:
    """How many refined pictures come along with these."""
    found = (told.refinement(job.id, picture.number) for job, picture in pictures)
    return sum(len(one.job.pictures) for one in found if one and one.job)


def _counted(words: str, refined: int) -> str:
    return say("export.with_refined", pictures=words, n=refined) if refined else words


def _pattern() -> Markup:
    return Markup(
        '<label><span>{}</span><input name="pattern" type="text" value="{}" maxlength="200" '
        'aria-describedby="handwrong handhint" autocomplete="off" spellcheck="false"></label>'
        '<p class="handwrong" id="handwrong" role="alert"></p><p class="hint" id="handhint">{}</p>'
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
        '<li><a class="btn" data-path="{}" href="{}"{} target="_blank" rel="noopener">{}<span>{}</span></a>'
        "<small>{}</small></li>"
    ).format(
        *[links.handed_over(ticket, file)] * 2,
        Markup(" data-named") if name == NAMED else NOTHING,
        icons.DOWN,
        say(f"export.file.{name}"),
        say(f"export.about.{name}"),
    )
