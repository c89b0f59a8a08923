"""The files of a collection as its visitor takes them along."""

from __future__ import annotations

import asyncio
from pathlib import Path

from markupsafe import Markup

from tryon_core import Download, InvalidRequest, Which
from tryon_ui import icons
from tryon_ui.card.elements import joined
from tryon_ui.collection.clicks import BoardClick
from tryon_ui.files import new_folder
from tryon_ui.page_context import PageContext
from tryon_ui.texts import say

ZIP, LOOKBOOK, PAGE, SHEET = KINDS = ("zip", "lookbook", "page", "sheet")


async def file_of(context: PageContext, click: BoardClick, *, visitor: str) -> Path:
    """A file of the chosen pictures, or of all where none is chosen, in the folder that Gradio serves; which
    kind is the click's text. Raises what the studio does, and `InvalidRequest` for another kind."""
    collections = context.studio.collections
    told = await collections.get(click.collection_id, visitor=visitor)
    export = collections.export
    makers = {
        ZIP: export.zip,
        LOOKBOOK: export.lookbook,
        PAGE: export.lookbook_page,
        SHEET: export.contact_sheet,
    }
    if click.text not in makers:
        raise InvalidRequest("kind", click.text[:20], ", ".join(KINDS))
    which = Which.CHOSEN if told.chosen else Which.ALL
    made = await makers[click.text](told.id, visitor=visitor, which=which)
    return await asyncio.to_thread(_written, made)


def menu_html() -> Markup:
    """What there is, in the line above the matrix."""
    items = joined(
        Markup('<button type="button" class="btn" data-board="export" data-kind="{}">{}</button>').format(
            kind, say(f"export.{kind}")
        )
        for kind in KINDS
    )
    return Markup(
        '<details class="menu bmenu"><summary class="btn quiet">{}<span>{}</span></summary>'
        "<div>{}</div></details>"
    ).format(icons.DOWN, say("export.head"), items)


def _written(made: Download) -> Path:
    path = new_folder() / made.name
    with path.open("wb") as file:
        for chunk in made.chunks:
            file.write(chunk)
    return path
