"""What the Try-on tab does. Handlers are short: the work is in `tryon_form`, `job_stream` and `actions`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr
from markupsafe import Markup

from tryon_core import GarmentType, Job, Problem, TryOnRequest
from tryon_ui import parts, visitor
from tryon_ui.actions import click_of, start
from tryon_ui.card_watchers import Pane
from tryon_ui.error_boundary import attempt
from tryon_ui.event_options import EACH, PAGE, Changing, on_newest
from tryon_ui.files import served
from tryon_ui.job_stream import Shown, cards, earlier_html, found_or_sent, shown, to_come_back_to
from tryon_ui.page_context import PageContext
from tryon_ui.tabs import hints
from tryon_ui.tabs.tryon_form import form_of, request_of, title_of
from tryon_ui.tabs.tryon_tab import TryOnTab, opening_card
from tryon_ui.texts import say
from tryon_ui.wells import Well, photos_with, said_html, taken_in


def connect(context: PageContext, tab: TryOnTab, who: gr.BrowserState) -> Changing:
    """Connects the tab's parts, inside `gr.Blocks`; the events after which less may be left."""
    _connect_wear(context, tab)
    _connect_photos(context, tab)
    _connect_hints(context, tab)
    return _connect_job(context, tab, who)


def _connect_wear(context: PageContext, tab: TryOnTab) -> None:
    wear, link = tab.wear, tab.options.link

    def choose(name: str | None, top: str | None, bottom_is_open: bool) -> tuple[Any, ...]:
        sample = context.samples.garment(name)
        if sample is None:
            return tuple(gr.skip() for _ in range(5))
        if sample.kind is GarmentType.BOTTOMS and bottom_is_open and top:
            under = context.samples.by_path(top)
            return gr.skip(), served(sample.path), under.name if under else None, said_html(()), gr.skip()
        return served(sample.path), gr.skip(), gr.skip(), said_html(()), ""

    async def take_garment(path: str | None) -> tuple[Any, ...]:
        taken = await taken_in(context, "garment-1-1", path, "garment")
        return *taken, None, ""  # the newer way to say it counts

    async def take_bottom(path: str | None) -> tuple[Any, ...]:
        return await taken_in(context, "bottom", path, "garment")

    def slot(is_open: bool) -> tuple[Well, gr.Button, gr.Button, bool]:
        return (
            Well(visible=is_open, value=None),
            gr.Button(visible=not is_open),
            gr.Button(visible=is_open),
            is_open,
        )

    slots = [wear.bottom, wear.add, wear.without, wear.open]
    on_newest(
        [wear.samples.input, wear.said.select],
        choose,
        [wear.samples, wear.garment, wear.open],
        [wear.garment, wear.bottom, wear.samples, wear.said, link],
    )
    on_newest(
        [wear.garment.upload], take_garment, wear.garment, [wear.garment, wear.said, wear.samples, link]
    )
    on_newest([wear.bottom.upload], take_bottom, wear.bottom, [wear.bottom, wear.said])
    wear.add.click(lambda: slot(True), None, slots, **PAGE)
    gr.on([wear.without.click, wear.bottom.clear], lambda: slot(False), None, slots, **PAGE)
    wear.garment.clear(lambda: (None, said_html(())), None, [wear.samples, wear.said], **PAGE)


def _connect_photos(context: PageContext, tab: TryOnTab) -> None:
    who = tab.who

    async def add(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], str, str]:
        photos = await photos_with(context, old, new)
        return photos.kept, photos_html(photos.kept), said_html(photos.said)

    def remove(old: Sequence[str], event: gr.EventData) -> tuple[tuple[str, ...], str, str]:
        gone = click_of(event).number
        photos = tuple(photo for number, photo in enumerate(old, 1) if number != gone)
        return photos, photos_html(photos), said_html(())

    shown = [who.photos, who.thumbs, who.said]
    on_newest([who.add.upload], add, [who.photos, who.add], shown)
    who.thumbs.clear(remove, who.photos, shown, **PAGE)


def _connect_hints(context: PageContext, tab: TryOnTab) -> None:
    wear, who = tab.wear, tab.who
    wells = [wear.garment, wear.bottom]
    look = hints.looker(context, hints.GARMENTS)
    on_newest([well.change for well in wells], look, wells, wear.hints)

    async def look_at_photos(photos: Sequence[str]) -> str:
        return await hints.of_photos(context, photos)

    on_newest([who.photos.change], look_at_photos, who.photos, who.hints)


def photos_html(photos: Sequence[str]) -> str:
    """The visitor's own model photos as small pictures with a button to take each away."""
    rows = Markup().join(
        Markup(
            '<li><img src="{}" alt="{}">'
            '<button type="button" class="off" data-act="off" data-n="{}" aria-label="{}">×</button></li>'
        ).format(
            parts.upload_link(photo),
            say("form.model_photo", n=number),
            number,
            say("form.remove_photo", n=number),
        )
        for number, photo in enumerate(photos, 1)
    )
    return str(Markup('<ul class="photos" role="list">{}</ul>').format(rows)) if photos else ""


async def _asked(values: Sequence[Any]) -> TryOnRequest:
    """The request that the form asks for. Raises `InvalidRequest`."""
    return request_of(form_of(values))


def _connect_job(context: PageContext, tab: TryOnTab, who: gr.BrowserState) -> Changing:
    async def send(values: Sequence[Any], name: str) -> Shown:
        form = form_of(values)
        title = title_of(form, context.samples)
        return await found_or_sent(context, request_of(form), visitor=name, vendor=form.vendor, title=title)

    async def submit(request: gr.Request, stored: str, *values: Any) -> tuple[Shown, str]:
        stored = visitor.known_or_new(stored)
        outcome = await attempt(send(values, visitor.of_page(stored, request)))
        of_form = isinstance(outcome, Problem) and outcome == await attempt(_asked(values))
        return replace(shown(outcome), of_form=of_form), stored

    async def again(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        outcome = await start(context, click_of(event), visitor=visitor.of_page(stored, request))
        return gr.skip() if outcome is None else shown(outcome)

    async def watch(request: gr.Request, what: Shown, stored: str) -> AsyncIterator[tuple[Any, Any]]:
        name = visitor.of_page(stored, request)
        if what.empty:  # a generator that yields nothing would empty its outputs
            yield gr.skip(), gr.skip()
        stream = cards(context, Pane.TRYON, what, visitor=name, session=request.session_hash or "")
        async for html, job in stream:
            yield html, await earlier_html(context, job, visitor=name)

    def stop(request: gr.Request) -> None:
        context.watchers.stop(request.session_hash or "", Pane.TRYON)

    async def given(request: gr.Request, what: Shown, stored: str, *values: Any) -> tuple[Any, Any, Any]:
        """What is missing is not told any more when it was given: what stood there before does again."""
        if not what.of_form or isinstance(await attempt(_asked(values)), Problem):
            return gr.skip(), gr.skip(), gr.skip()
        name = visitor.of_page(stored, request)
        found = await attempt(to_come_back_to(context, Pane.TRYON, visitor=name))
        if isinstance(found, Job):
            return Shown(found.id), gr.skip(), gr.skip()
        return Shown(), opening_card(context.samples), ""

    model, link = tab.who, tab.options.link
    parts = (tab.wear.garment, model.mode, model.library, model.photos, link)
    filled = [part.change for part in parts]
    on_newest(filled, given, [tab.shown, who, *tab.form], [tab.shown, tab.card, tab.earlier])
    sent = tab.go.click(submit, [who, *tab.form], [tab.shown, who], **PAGE)
    gr.on([tab.card.retry, tab.earlier.select], again, who, tab.shown, **EACH)
    tab.card.stop(stop, None, None, **PAGE)
    seen = tab.shown.change(watch, [tab.shown, who], [tab.card, tab.earlier], **EACH)
    return sent, seen
