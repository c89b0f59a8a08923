"""A collection that is deleted from its matrix: what is asked before, and what is offered after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from tryon_core import UNDO_S, Collection
from tryon_ui import icons
from tryon_ui.card.elements import joined
from tryon_ui.texts import say

ALONE, WITH_JOBS = "alone", "with-jobs"
_NO: Final = "no"


def ask_html(told: Collection) -> str:
    """What is to become of its jobs. Those of which one still runs cannot go along."""
    question = say("collection.ask_delete", name=told.name)
    return str(
        Markup(
            '<div class="boardask" role="alertdialog" aria-label="{}" data-collection="{}"><p>{}</p>{}</div>'
        ).format(question, told.id, question, joined(_answers(told)))
    )


def _answers(told: Collection) -> Iterator[Markup]:
    yield _answer(ALONE, say("collection.delete_alone"), "btn primary")
    if told.ended:
        yield _answer(WITH_JOBS, say("collection.delete_with_jobs"), "btn")
    yield _answer(_NO, say("collection.not_yet"), "btn")


def _answer(name: str, label: str, look: str) -> Markup:
    return Markup('<button type="button" class="{}" data-answer="{}">{}</button>').format(look, name, label)


def undo_html(told: Collection) -> str:
    """The way back, for as long as there is one."""
    return str(
        Markup(
            '<div class="undo" role="status" style="--left:{:.1f}s" data-left="{:.1f}" data-collection="{}">'
            '<span>{}</span><button type="button" data-back="undo">{}</button>'
            '<button type="button" data-back="clear" aria-label="{}">{}</button></div>'
        ).format(
            UNDO_S,
            UNDO_S,
            told.id,
            say("gallery.one_deleted", title=told.name),
            say("do.undo"),
            say("page.close"),
            icons.CROSS,
        )
    )
