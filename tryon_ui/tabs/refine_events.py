"""What the Refine tab does, and how a try-on picture comes into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from tryon_core import (
    GarmentType,
    NotGiven,
    PersonGender,
    Picture,
    Problem,
    RefineRequest,
    picture_at,
)
from tryon_ui import parts, visitor
from tryon_ui.actions import click_of, start
from tryon_ui.card_watchers import Pane
from tryon_ui.error_boundary import attempt, error_of
from tryon_ui.event_options import EACH, PAGE, Changing, on_newest, untouched
from tryon_ui.job_stream import Shown, cards, found_or_sent, shown
from tryon_ui.page_context import PageContext
from tryon_ui.tabs import hints
from tryon_ui.tabs.refine_filling import Filled, not_asked, of_draft, of_job, of_sample
from tryon_ui.tabs.refine_tab import RefineTab, waiting_card
from tryon_ui.tabs.spending import missing_html
from tryon_ui.tabs.tryon_form import chosen
from tryon_ui.texts import said, say
from tryon_ui.wells import said_html, taken_in


def connect(context: PageContext, tab: RefineTab, who: gr.BrowserState) -> Changing:
    """Connects the tab's parts, inside `gr.Blocks`; the events after which less may be left."""
    _connect_samples(context, tab)
    _connect_wells(context, tab)
    _connect_worn(tab)
    _connect_recall(context, tab, who)
    _connect_missing(tab)
    return _connect_job(context, tab, who)


def _connect_samples(context: PageContext, tab: RefineTab) -> None:
    filled = [tab.pictures.said, *tab.filled]

    def choose(name: str | None) -> Filled:
        sample = context.samples.refining(name)
        if sample is None:
            return untouched(filled)
        return said_html(()), *of_sample(sample)

    on_newest([tab.pictures.samples.input], choose, tab.pictures.samples, filled)


def _connect_wells(context: PageContext, tab: RefineTab) -> None:
    pictures = tab.pictures
    wells = list(pictures.wells)
    beside = [pictures.said, pictures.samples, pictures.heading]

    def taking(name: str) -> Callable[[str | None], Awaitable[Filled]]:
        async def take(path: str | None) -> Filled:
            return *await taken_in(context, name, path, name), None, _own_heading()

        return take

    for name, well in zip(hints.REFINED, wells, strict=True):
        on_newest([well.upload], taking(name), well, [well, *beside])
    cleared = [well.clear for well in wells]
    gr.on(cleared, lambda: (said_html(()), None, _own_heading()), None, beside, **PAGE)
    other = [tab.states.of, *tab.asked, tab.card]

    def another_picture(what: Shown) -> Filled:
        return "", *not_asked(), waiting_card() if what.empty else gr.skip()

    gr.on([pictures.coarse.upload, pictures.coarse.clear], another_picture, tab.shown, other, **PAGE)
    look = hints.looker(context, hints.REFINED)
    on_newest([well.change for well in wells], look, wells, pictures.hints)


def _connect_worn(tab: RefineTab) -> None:
    """The garment's photo goes to the place that it is said to belong to."""
    pictures = tab.pictures

    def placed(kind: str | None, photo: str, top: str | None, bottom: str | None) -> Filled:
        if not photo or not kind:
            return gr.skip(), gr.skip(), gr.skip()
        if kind == GarmentType.BOTTOMS:
            heading = parts.section_html(say("refine.pictures"), say("refine.add_top"))
            return heading, None if top == photo else gr.skip(), photo
        return _own_heading(), photo, None if bottom == photo else gr.skip()

    to = [pictures.heading, pictures.top, pictures.bottom]
    on_newest([tab.worn.input], placed, [tab.worn, tab.states.unknown, *to[1:]], to)


def _connect_recall(context: PageContext, tab: RefineTab, who: gr.BrowserState) -> None:
    """A job that is come back to has its own pictures beside it."""
    beside = [tab.states.job, tab.pictures.said, tab.pictures.samples, *tab.filled]

    async def recall(request: gr.Request, what: Shown, stored: str, last: str) -> Filled:
        if what.sent_here:
            return what.job_id, *untouched(beside[1:])
        job = await attempt(context.studio.job(what.job_id, visitor=visitor.of_page(stored, request)))
        if not what.job_id or what.job_id == last or isinstance(job, Problem):
            return untouched(beside)
        return job.id, said_html(()), None, *await of_job(job)

    tab.shown.change(recall, [tab.shown, who, tab.states.job], beside, **EACH)


def _connect_missing(tab: RefineTab) -> None:
    """What is missing is said before it is sent: in the place of what it would use, as nothing would be."""
    wells, unknown = tab.pictures.wells, tab.states.unknown
    changes = [*(well.change for well in wells), tab.gender.change, tab.worn.change, unknown.change]

    async def words(*values: Any) -> tuple[str, gr.Button]:
        line = await missing_line(*values)
        return line, gr.Button(variant="secondary" if line else "primary")

    on_newest(changes, words, [*wells, tab.gender, *tab.asked], [tab.missing, tab.go])


def _connect_job(context: PageContext, tab: RefineTab, who: gr.BrowserState) -> Changing:
    async def send(values: tuple[Any, ...], name: str) -> Shown:
        coarse, person, top, bottom, gender, vendor, of, worn, unknown = values
        title = said("refine.title", picture=of) if of else None
        request = request_of(coarse, person, top, bottom, gender, worn, unknown)
        return await found_or_sent(context, request, visitor=name, vendor=vendor, title=title)

    async def submit(request: gr.Request, stored: str, *values: Any) -> tuple[Shown, str]:
        stored = visitor.known_or_new(stored)
        outcome = await attempt(send(values, visitor.of_page(stored, request)))
        return replace(shown(outcome), sent_here=True), stored

    async def again(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        outcome = await start(context, click_of(event), visitor=visitor.of_page(stored, request))
        return gr.skip() if outcome is None else replace(shown(outcome), sent_here=True)

    async def watch(request: gr.Request, what: Shown, stored: str) -> AsyncIterator[Any]:
        name = visitor.of_page(stored, request)
        if what.empty:  # a generator that yields nothing would empty its output
            yield gr.skip()
        stream = cards(context, Pane.REFINE, what, visitor=name, session=request.session_hash or "")
        async for html, _job in stream:
            yield html

    def stop(request: gr.Request) -> None:
        context.watchers.stop(request.session_hash or "", Pane.REFINE)

    sent = tab.go.click(submit, [who, *tab.form, tab.states.of, *tab.asked], [tab.shown, who], **PAGE)
    tab.card.retry(again, who, tab.shown, **EACH)
    tab.card.stop(stop, None, None, **PAGE)
    seen = tab.shown.change(watch, [tab.shown, who], tab.card, **EACH)
    return sent, seen


def filled_by(context: PageContext, tab: RefineTab) -> Callable[..., Awaitable[Filled]]:
    """A handler that fills the tab from the clicked picture of a try-on: tabs, what `RefineTab.filled` names,
    and an empty pane: what was refined before is another picture."""

    async def fill(request: gr.Request, event: gr.EventData, stored: str) -> Filled:
        click = click_of(event)
        name = visitor.of_page(stored, request)
        draft = await attempt(
            context.studio.refine_draft(click.job_id, click.number, visitor=name, known=context.samples.known)
        )
        if isinstance(draft, Problem):
            raise error_of(draft)
        to = gr.Tabs(selected="refine-tab")
        return to, *of_draft(draft, click.job_id), Shown(), waiting_card()

    return fill


async def missing_line(*values: Any) -> str:
    """What the form lacks for a request, as the request would be refused; nothing for one that lacks none."""

    async def asked() -> RefineRequest:
        return request_of(*values)

    found = await attempt(asked())
    return missing_html(found) if isinstance(found, Problem) else ""


def request_of(
    coarse: str | None,
    person: str | None,
    top: str | None,
    bottom: str | None,
    gender: str | None,
    worn: str | None = None,
    unknown: str = "",
) -> RefineRequest:
    """The request that the form asks for, `worn` being what was said of the photo of an `unknown` garment.
    Raises `InvalidRequest` that names what is missing."""
    if unknown and not worn:
        raise NotGiven(said("field.type"), said("refine.worn_first"))
    return RefineRequest(
        person=_needed(person, said("refine.person")),
        top=_needed(top, said("refine.top")),
        coarse=_needed(coarse, said("refine.coarse")),
        gender=chosen(PersonGender, gender, said("field.gender")),
        bottom=picture_at(bottom) if bottom else None,
    )


def _needed(path: str | None, name: str) -> Picture:
    if not path:
        raise NotGiven(name, said("trouble.one_photo"))
    return picture_at(path)


def _own_heading() -> str:
    return parts.section_html(say("refine.pictures"), say("form.garment_hint"))
