"""What brings the Try-on form back: an opened page, an opened job, and the ways from a job to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import gradio as gr

from tryon_core import DEFAULT_MODEL, Capability, Job, Problem, vendors_for
from tryon_ui import visitor
from tryon_ui.actions import click_of, opened_job
from tryon_ui.card.parts import Act
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH, PAGE, untouched
from tryon_ui.page_context import PageContext
from tryon_ui.samples import offered_models
from tryon_ui.tabs import form_memory, spending
from tryon_ui.tabs.collection.form_events import ComingBack
from tryon_ui.tabs.form_memory import Recalled
from tryon_ui.tabs.jobs_events import gone_to
from tryon_ui.tabs.tryon_events import photos_html
from tryon_ui.tabs.tryon_form import FROM_VIEW, MODE, Form, form_of
from tryon_ui.tabs.tryon_tab import TryOnTab
from tryon_ui.texts import say
from tryon_ui.wells import Well, said_html

Filled = tuple[Any, ...]
_MODEL: Final = ("mode", "library", "gender", "age", "body", "style", "photos")


def parts_of(tab: TryOnTab) -> list[gr.components.Component]:
    """What is filled: the form's inputs, and what is drawn beside them; in the order of `filled`."""
    wear = tab.wear
    return [*tab.form, wear.samples, wear.add, wear.without, wear.open, tab.who.thumbs, wear.said]


def connect(
    context: PageContext,
    demo: gr.Blocks,
    tab: TryOnTab,
    who: gr.BrowserState,
    kept: gr.BrowserState,
    opened: Sequence[Any],
    panes: Sequence[Any],
    garments: ComingBack,
) -> None:
    """Connects them, inside `gr.Blocks`. `opened` are the events that open a job, which is shown in `panes`,
    as `jobs_events.gone_to` has them; the browser keeps the form in `kept`, and `garments` brings back those
    of a form for several."""
    _connect_page(context, demo, tab, who, kept, garments)
    _connect_opened(context, tab, who, opened, panes)
    _connect_next(context, tab, who)


def _connect_page(
    context: PageContext,
    demo: gr.Blocks,
    tab: TryOnTab,
    who: gr.BrowserState,
    kept: gr.BrowserState,
    garments: ComingBack,
) -> None:
    parts = parts_of(tab)

    async def came_back(request: gr.Request, stored: str, was: object, *values: Any) -> Filled:
        """All of it at once: what is said of one part is of the others, too."""
        name, at = visitor.of_page(stored, request), len(tab.form)
        form = await form_back(request, name, was, values[:at])
        drawn, is_filled = await garments.handler(request, name, *values[at:])
        settings = {MODE, *range(FROM_VIEW, at)} if is_filled else set[int]()
        return *(gr.skip() if place in settings else part for place, part in enumerate(form)), *drawn

    async def form_back(request: gr.Request, name: str, was: object, values: Sequence[Any]) -> Filled:
        if not _is_untouched(context, form_of(values)):
            return untouched(parts)  # who was quicker has begun to fill it in
        again = await _recalled(context, await asked_for(context, request, visitor=name), was)
        return untouched(parts) if again is None else await _filled(context, again, name)

    inputs = [who, kept, *tab.form, *garments.inputs]
    demo.load(came_back, inputs, [*parts, *garments.outputs], **PAGE)


def _connect_opened(
    context: PageContext,
    tab: TryOnTab,
    who: gr.BrowserState,
    opened: Sequence[Any],
    panes: Sequence[Any],
) -> None:
    parts = parts_of(tab)

    async def from_job(request: gr.Request, event: gr.EventData, stored: str) -> Filled:
        """Shows the job and fills the form at once: of two events of one act the second begins when the first
        is over, and what was chosen in between would be overwritten."""
        name, click = visitor.of_page(stored, request), click_of(event)
        job = await opened_job(context, click, visitor=name)
        to = gone_to(job, gr.skip(), gr.skip(), sought=bool(click.address))
        form = await _form_of(context, job)
        return *to, *(untouched(parts) if form is None else await _filled(context, Recalled(form), name))

    gr.on(list(opened), from_job, who, [*panes, *parts], **EACH)


def _connect_next(context: PageContext, tab: TryOnTab, who: gr.BrowserState) -> None:
    parts = parts_of(tab)

    async def next_one(request: gr.Request, event: gr.EventData, stored: str, *values: Any) -> Filled:
        name, click = visitor.of_page(stored, request), click_of(event)
        job = await opened_job(context, click, visitor=name)
        if isinstance(job, Problem):
            gr.Warning(sentence(job))
        form = await _form_of(context, job)
        if form is None:
            return untouched(parts)
        return await _filled(context, Recalled(_next(form, form_of(values), click.act)), name)

    gr.on([tab.card.apply], next_one, [who, *tab.form], parts, **EACH)


async def _recalled(context: PageContext, job: Job | Problem | None, was: object) -> Recalled | None:
    """The form of the job that the address names, unless the browser kept one that was changed beside it;
    else that which the browser kept."""
    goes_on = isinstance(job, Job) and form_memory.is_kept_beside(was, job.id)
    form = None if goes_on else await _form_of(context, job)
    return Recalled(form) if form else form_memory.recalled(was, context.samples)


def _next(before: Form, present: Form, act: Act) -> Form:
    """The same garment on who is chosen now, or the same model without a garment yet."""
    if act is Act.SAME_GARMENT:
        return replace(before, **{part: getattr(present, part) for part in _MODEL})
    return replace(before, garment=None, bottom=None, garment_type="auto")


async def asked_for(context: PageContext, request: gr.Request, *, visitor: str) -> Job | Problem | None:
    """The job that the page's own address names; None where it names none, or one in the list of all."""
    asked = request.query_params
    address = "" if asked.get("tab") else str(asked.get("job", ""))
    return await attempt(context.studio.job_at(address, visitor=visitor)) if address else None


async def _form_of(context: PageContext, job: Job | Problem | None) -> Form | None:
    """The form that a job was made from; its pictures are copied, and compared with the samples."""
    if not isinstance(job, Job):
        return None
    return await asyncio.to_thread(form_memory.of_job, job, context.samples)


def _is_untouched(context: PageContext, form: Form) -> bool:
    usual = vendors_for(Capability.TRY_ON)[0]
    trial = context.studio.settings.vendors[usual.id].trial
    return form_memory.is_untouched(form, context.samples, vendor=usual.id, trial=trial)


async def _filled(context: PageContext, again: Recalled, name: str) -> Filled:
    """The form's parts as they are to be, in the order of `parts_of`."""
    form = again.form
    vendor = next((spec for spec in vendors_for(Capability.TRY_ON) if spec.id == form.vendor), None)
    usual = vendor or vendors_for(Capability.TRY_ON)[0]
    seen = await spending.of_visitor(context.studio, usual, visitor=name)
    library = form.library if form.library in offered_models(context.samples, live=seen.live) else None
    sample = context.samples.by_path(form.garment)
    two = bool(form.bottom)
    said = [say("trouble.photo_gone", name=missing) for missing in again.missing]
    return (
        form.garment,
        Well(value=form.bottom, visible=two),
        form.mode,
        library or DEFAULT_MODEL,
        *(form.gender, form.age, form.body, form.style, form.photos),
        *(form.view, form.count, form.garment_type, form.version, form.quality_gate, form.trial),
        "",
        usual.id,
        sample.name if sample else None,
        gr.Button(visible=not two),
        gr.Button(visible=two),
        two,
        photos_html(form.photos),
        said_html(said),
    )
