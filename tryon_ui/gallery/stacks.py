"""A collection in My jobs: a stack of its pictures in the place of its jobs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tryon_core import CollectionSummary, Job, JobPage, Place, Problem
from tryon_ui import icons, links
from tryon_ui.card.elements import joined, moment
from tryon_ui.error_boundary import attempt
from tryon_ui.gallery.cards import menu_html
from tryon_ui.page_context import PageContext
from tryon_ui.texts import say, translated

COVER: Final = 4  # pictures of a stack
LOOKED_THROUGH: Final = 8  # of its jobs, for those with pictures


@dataclass(frozen=True, slots=True)
class Stack:
    """A collection, and those of its jobs whose pictures lie on top. Of several with one name `number` says
    which it is, from 1 for the oldest; 0 where its name is its own."""

    told: CollectionSummary
    jobs: tuple[Job, ...]
    number: int = 0

    @property
    def name(self) -> str:
        """What it is called among the others."""
        name = translated(self.told.name)
        return say("gallery.nth", name=name, n=self.number) if self.number else name


async def stacks_of(
    context: PageContext, page: JobPage, after: Place | None, words: str, *, visitor: str
) -> tuple[Stack, ...]:
    """The visitor's collections that stand among the jobs of a page, newest first: those whose names have
    all of these words."""
    every = await context.studio.collections.list(visitor=visitor)
    newest = after.submitted_at if after else float("inf")
    oldest = page.next.submitted_at if page.next else 0.0
    named = [told for told in every if _has(told.name, words)]
    here = [told for told in named if oldest <= told.created_at < newest]
    return tuple([Stack(told, await _cover(context, told, visitor), _number(told, every)) for told in here])


async def stack_of(context: PageContext, job: Job, *, visitor: str) -> Stack | None:
    """The stack that a job lies in; None where it was made alone, or its collection is deleted."""
    every = await context.studio.collections.list(visitor=visitor) if job.collection_id else ()
    found = [told for told in every if told.id == job.collection_id]
    if not found:
        return None
    return Stack(found[0], await _cover(context, found[0], visitor), _number(found[0], every))


def _number(told: CollectionSummary, every: Sequence[CollectionSummary]) -> int:
    same = sorted((one for one in every if one.name == told.name), key=lambda one: one.created_at)
    return [one.id for one in same].index(told.id) + 1 if len(same) > 1 else 0


def _has(name: str, words: str) -> bool:
    """Whether a name has them, whatever their case and width, in English or as this page shows it."""
    shown = _plain(f"{name}\n{translated(name)}")
    return all(word in shown for word in _plain(words).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


async def _cover(context: PageContext, told: CollectionSummary, visitor: str) -> tuple[Job, ...]:
    found: list[Job] = []
    for job_id in told.job_ids[:LOOKED_THROUGH]:
        job = await attempt(context.studio.job(job_id, visitor=visitor))
        if not isinstance(job, Problem) and job.pictures and len(found) < COVER:
            found.append(job)
    return tuple(found)


def stack_html(stack: Stack) -> Markup:
    """The card of a collection."""
    told, name = stack.told, stack.name
    size = say("collection.size", garments=told.garments, models=told.models)
    return Markup(
        '<li class="jobrow jobstack" data-collection="{}" data-at="{}" tabindex="-1" aria-label="{}">'
        '<div class="pic">'
        '<button type="button" class="cover" data-act="collection" data-at="{}" tabindex="-1"'
        ' aria-hidden="true">{}<span class="many">{}{}</span></button></div>'
        '<h3><button type="button" data-act="collection" data-at="{}" tabindex="-1">{}</button></h3>'
        '<div class="facts">{}</div><div class="line"><span class="st">{}</span>'
        '<button type="button" class="btn" data-act="collection" data-at="{}" tabindex="-1">'
        '<span>{}</span><span class="vh"> {}</span></button>{}</div></li>'
    ).format(
        told.id,
        told.address,
        say("collection.stack", name=name, size=size),
        told.address,
        joined(map(_picture, stack.jobs)),
        icons.STACK,
        say("gallery.jobs", n=told.jobs),
        told.address,
        name,
        size,
        moment(told.created_at),
        told.address,
        say("do.open"),
        name,
        _menu(told, name),
    )


def _menu(told: CollectionSummary, name: str) -> Markup:
    acts = (("collection", say("do.open")), ("delete-collection", say("do.delete")))
    items = joined(
        Markup(
            '<button type="button" class="btn" data-act="{}" data-at="{}" tabindex="-1"><span>{}</span>'
            '<span class="vh"> {}</span></button>'
        ).format(act, told.address, label, name)
        for act, label in acts
    )
    return menu_html(name, items)


def with_stacks(cards: Sequence[tuple[float, Markup]], stacks: Sequence[Stack]) -> Markup:
    """Cards, each with the time of its job (Unix seconds), and stacks among them, newest first."""
    every = [*cards, *((stack.told.created_at, stack_html(stack)) for stack in stacks)]
    return joined(card for _, card in sorted(every, key=lambda one: one[0], reverse=True))


def _picture(job: Job) -> Markup:
    first = job.pictures[0]
    return Markup('<img src="{}" alt="" loading="lazy" width="120" height="160">').format(
        links.thumb(job.id, first.name, first.sha256)
    )
