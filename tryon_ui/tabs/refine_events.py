"""What the Refine tab does, and how a try-on picture comes into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import gradio as gr

from tryon_core import (
    NotGiven,
    PersonGender,
    Picture,
    Problem,
    RefineDraft,
    RefineRequest,
    picture_at,
)
from tryon_ui import parts, visitor
from tryon_ui.actions import click_of, start
from tryon_ui.card_watchers import Pane
from tryon_ui.error_boundary import attempt, error_of
from tryon_ui.event_options import EACH, PAGE, Changing, on_newest
from tryon_ui.files import served
from tryon_ui.job_stream import Shown, cards, found_or_sent, shown
from tryon_ui.page_context import PageContext
from tryon_ui.samples import RefineSample
from tryon_ui.tabs import hints
from tryon_ui.tabs.refine_tab import RefineTab
from tryon_ui.tabs.tryon_form import chosen
from tryon_ui.texts import phrases, said, say
from tryon_ui.wells import said_html, taken_in

Filled = tuple[Any, ...]


def connect(context: PageContext, tab: RefineTab, who: gr.BrowserState) -> Changing:
    """Connects the tab's parts, inside `gr.Blocks`; the events after which less may be left."""
    _connect_samples(context, tab)
    _connect_wells(context, tab)
    return _connect_job(context, tab, who)


def _connect_samples(context: PageContext, tab: RefineTab) -> None:
    filled = [tab.pictures.said, *tab.filled]

    def choose(name: str | None) -> Filled:
        sample = context.samples.refining(name)
        if sample is None:
            return tuple(gr.skip() for _ in filled)
        return said_html(()), *_of_sample(sample)

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
    gr.on([pictures.coarse.upload, pictures.coarse.clear], lambda: "", None, tab.of, **PAGE)
    look = hints.looker(context, hints.REFINED)
    on_newest([well.change for well in wells], look, wells, pictures.hints)


def _connect_job(context: PageContext, tab: RefineTab, who: gr.BrowserState) -> Changing:
    async def send(values: tuple[Any, ...], name: str) -> Shown:
        *form, vendor, of = values
        title = said("refine.title", picture=of) if of else None
        return await found_or_sent(context, request_of(*form), visitor=name, vendor=vendor, title=title)

    async def submit(request: gr.Request, stored: str, *values: Any) -> tuple[Shown, str]:
        stored = visitor.known_or_new(stored)
        return shown(await attempt(send(values, visitor.of_page(stored, request)))), stored

    async def again(request: gr.Request, event: gr.EventData, stored: str) -> Shown:
        return shown(await start(context, click_of(event), visitor=visitor.of_page(stored, request)))

    async def watch(request: gr.Request, what: Shown, stored: str) -> AsyncIterator[Any]:
        name = visitor.of_page(stored, request)
        if what.empty:  # a generator that yields nothing would empty its output
            yield gr.skip()
        stream = cards(context, Pane.REFINE, what, visitor=name, session=request.session_hash or "")
        async for html, _job in stream:
            yield html

    def stop(request: gr.Request) -> None:
        context.watchers.stop(request.session_hash or "", Pane.REFINE)

    sent = tab.go.click(submit, [who, *tab.form, tab.of], [tab.shown, who], **PAGE)
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
        return to, *_values(draft, click.job_id), Shown(), tab.card.value

    return fill


def request_of(
    coarse: str | None, person: str | None, top: str | None, bottom: str | None, gender: str | None
) -> RefineRequest:
    """The request that the form asks for. Raises `InvalidRequest` that names what is missing."""
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


def _of_sample(sample: RefineSample) -> Filled:
    pictures = (sample.coarse, sample.person, sample.top, sample.bottom)
    paths = (served(path) if path else None for path in pictures)
    heading = parts.section_html(say("refine.pictures"), say("refine.sample"))
    return heading, *paths, sample.gender.value, sample.title


def _values(draft: RefineDraft, job_id: str) -> Filled:
    hint = phrases.sentences(draft.notes) or say("refine.filled")
    pictures = (draft.coarse, draft.person, draft.top, draft.bottom)
    paths = (served(path, job_id) if path else None for path in pictures)
    gender = draft.gender.value if draft.gender else gr.skip()
    return parts.section_html(say("refine.pictures"), hint), *paths, gender, draft.title
