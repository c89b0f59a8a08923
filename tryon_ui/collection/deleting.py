"""A collection that is deleted, from its matrix or its stack: what is asked before, and offered after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from tryon_core import Collection, CollectionNotFound, CollectionSummary, Problem
from tryon_ui.card.elements import joined
from tryon_ui.collection.clicks import BoardClick
from tryon_ui.error_boundary import attempt
from tryon_ui.page_context import PageContext
from tryon_ui.texts import say, translated
from tryon_ui.undo_bar import COLLECTIONS, Deleted, bar_html

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


def undo_html(deleted: Sequence[tuple[CollectionSummary, float]], now: float) -> str:
    """What was deleted a moment ago, and the way back, for as long as there is one."""
    told = [Deleted(one.id, translated(one.name), at) for one, at in deleted]
    return bar_html(COLLECTIONS, told, now)


async def deleted(context: PageContext, click: BoardClick, *, visitor: str) -> Collection:
    """Deletes a collection as its visitor answered; the collection as it was. Raises what studios do."""
    collections = context.studio.collections
    told = await collections.get(click.collection_id, visitor=visitor)
    await collections.delete(told.id, with_jobs=click.text == WITH_JOBS, visitor=visitor)
    return told


async def offered_back(context: PageContext, *, visitor: str) -> tuple[tuple[CollectionSummary, float], ...]:
    """What the visitor deleted a moment ago and when, the last first, but for what was dismissed."""
    until = context.dismissed_collections.until(visitor)
    found = await context.studio.collections.deleted(visitor=visitor)
    return tuple((one, at) for one, at in found if at > until)


async def offer(context: PageContext, *, visitor: str) -> str:
    """The line that offers it, as it is now; none where that cannot be told."""
    found = await attempt(offered_back(context, visitor=visitor))
    return "" if isinstance(found, Problem) else undo_html(found, context.now())


async def had_back(context: PageContext, *, visitor: str) -> Collection:
    """Has back all that is offered; the one that was deleted last. Raises `CollectionNotFound` where there is
    nothing left to undo."""
    collections = context.studio.collections
    back = [
        await collections.undo(one.id, visitor=visitor)
        for one, _ in await offered_back(context, visitor=visitor)
    ]
    if not back:
        raise CollectionNotFound
    return back[0]
