"""What the lists of garments and models of a collection do, while it is put together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from tryon_ui.card_watchers import Pane
from tryon_ui.collection import draft_list
from tryon_ui.collection.draft import Before, Draft, Row
from tryon_ui.collection.draft_memory import kept_of, recalled
from tryon_ui.collection.draft_merge import merged
from tryon_ui.collection.draft_of import form_of_kept, recognized
from tryon_ui.collection.taking_in import looked_at
from tryon_ui.event_options import EACH, PAGE, on_newest, told, untouched
from tryon_ui.files import served
from tryon_ui.held_now import held_now
from tryon_ui.job_stream import to_come_back_to
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.collection import matrix_events
from tryon_ui.tabs.collection.components import Many
from tryon_ui.tabs.collection.form import begun, first_models, had_back, with_dropped
from tryon_ui.tabs.collection.own_models import with_model
from tryon_ui.tabs.tryon_form import FROM_VIEW, MODE, Form, form_of
from tryon_ui.texts import phrases, say
from tryon_ui.wells import said_html

Inputs = list[gr.components.Component]
Drawn = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ComingBack:
    """What brings the garments back when the page opens: a handler, told the request, whose it is and what
    is in `inputs`; it gives what is drawn in `outputs`, and whether the collection that the page opens with
    fills the form instead, see `reopening_events`."""

    handler: Callable[..., Awaitable[tuple[Drawn, bool]]]
    inputs: tuple[gr.components.Component, ...]
    outputs: tuple[gr.components.Component, ...]


def connect(
    context: PageContext,
    many: Many,
    form: Inputs,
    kept: gr.BrowserState,
    tray: Inputs,
) -> ComingBack:
    """Connects the parts, inside `gr.Blocks`. `form` are the inputs of the form for one job, and `tray` the
    photos of a model in it, how they look and what is said of them; the browser keeps the garments in `kept`.
    What brings them back when the page opens is for whoever brings back that
    form: of one without the other the button would count wrong."""
    _connect_garments(context, many, form)
    _connect_list(context, many, form)
    _connect_people(context, many, form, tray)
    return _connect_memory(context, many, kept)


def _drawn(context: PageContext, draft: Draft) -> tuple[Draft, str]:
    return draft, draft_list.garments_html(draft, context.samples.garments)


def _connect_garments(context: PageContext, many: Many, form: Inputs) -> None:
    """What makes of the form for one job one for several, and adds to it."""
    parts, library = many.garments, many.models.library

    async def add(draft: Draft, files: Sequence[str], *values: Any) -> Drawn:
        before = form_of(values)
        taken = await with_dropped(context, draft, before, files)
        now = merged(draft, taken.draft, held_now(parts.draft, draft))
        if taken.said and not now.many:  # the form for one garment has no place for what is said
            gr.Warning(phrases.sentences((*taken.said, *taken.notes)))
        return *_drawn(context, now), said_html(taken.said, taken.notes), _models(draft, before)

    async def add_sample(event: gr.EventData, draft: Draft, *values: Any) -> Drawn:
        before, sample = form_of(values), context.samples.garment(told(event, "name"))
        goes_back = draft.before is not None and not draft.many
        first = await (had_back if goes_back else begun)(context, draft, before, own_only=goes_back)
        rows = await looked_at(context, [Row(served(sample.path))]) if sample else ()
        now = merged(draft, first.with_rows(rows).as_list(), held_now(parts.draft, draft))
        models = gr.skip() if goes_back else _models(draft, before)
        return *_drawn(context, now), said_html(()), models, draft_list.people_html(now)

    drawn = [parts.draft, parts.list, parts.said, library]
    on_newest([parts.add.upload], add, [parts.draft, parts.add, *form], drawn)
    parts.list.select(add_sample, [parts.draft, *form], [*drawn, many.models.people], **EACH)


def _models(draft: Draft, form: Form) -> Any:
    """The models of the library that a new draft begins with; those of one that is there stay."""
    return gr.skip() if draft.many else first_models(form)


def _connect_list(context: PageContext, many: Many, form: Inputs) -> None:
    parts, settings = many.garments, [form[MODE], *form[FROM_VIEW:]]

    async def remove(event: gr.EventData, draft: Draft) -> tuple[Draft, str]:
        return _drawn(context, held_now(parts.draft, draft).without(told(event, "key")))

    async def rename(event: gr.EventData, draft: Draft) -> Draft:
        typed = {name: told(event, name) for name in ("name", "article", "kind") if name in event._data}
        return held_now(parts.draft, draft).renamed(told(event, "key"), typed)

    async def empty(event: gr.EventData, draft: Draft) -> tuple[Draft, str, str, str]:
        was = held_now(parts.draft, draft)
        now = was.emptied() if told(event, "act") == "all" else was.for_one()
        return *_drawn(context, now), said_html(()), draft_list.people_html(now)

    async def back(draft: Draft) -> tuple[Any, ...]:
        was = held_now(parts.draft, draft)
        before, now = was.before or Before(was), was.had_back()
        names = gr.skip() if before.library is None else list(before.library)
        same = before.settings or untouched(settings)
        return *_drawn(context, now), said_html(()), draft_list.people_html(now), before.offer, names, *same

    parts.list.delete(remove, parts.draft, [parts.draft, parts.list], **EACH)
    parts.list.input(rename, parts.draft, parts.draft, **EACH)
    emptied = [parts.draft, parts.list, parts.said, many.models.people]
    parts.list.clear(empty, parts.draft, emptied, **PAGE)
    parts.list.undo(back, parts.draft, [*emptied, parts.offer, many.models.library, *settings], **PAGE)


def _connect_people(context: PageContext, many: Many, form: Inputs, tray: Inputs) -> None:
    draft, models = many.garments.draft, many.models

    async def add(put: Draft, *values: Any) -> Drawn:
        asked = form_of(values)
        with_it, said = await with_model(context, put, asked)
        if with_it is put and asked.mode == "photos":
            return *untouched((draft, models.people, *tray[:2])), said_html((said,) if said else ())
        if with_it is put:
            if said:
                gr.Warning(said)
            return untouched((draft, models.people, *tray))
        now = merged(put, with_it, held_now(draft, put))
        emptied = ((), "", said_html(())) if asked.mode == "photos" else untouched(tray)
        return now, draft_list.people_html(now), *emptied

    async def remove(event: gr.EventData, put: Draft) -> tuple[Draft, str]:
        now = held_now(draft, put).without(told(event, "key"))
        return now, draft_list.people_html(now)

    models.add.click(add, [draft, *form], [draft, models.people, *tray], **PAGE)
    models.people.delete(remove, draft, [draft, models.people], **EACH)


def _connect_memory(context: PageContext, many: Many, kept: gr.BrowserState) -> ComingBack:
    parts = many.garments

    library = many.models.library

    async def came_back(request: gr.Request, name: str, draft: Draft, was: object) -> tuple[Drawn, bool]:
        there = await _opened_with(request, name)
        found = await recognized(context, recalled(was, context.samples), there, visitor=name)
        is_of_another = bool(there) and (found.made is None or found.made.collection_id != there)
        if is_of_another and not found.draft.is_unsaved:
            return nothing, True
        if draft.many or not (found.draft.many or found.missing or found.draft.before):
            return nothing, False
        form = await form_of_kept(context, found, visitor=name)
        said = said_html([say("trouble.photo_gone", name=missing) for missing in form.missing])
        people = draft_list.people_html(form.draft)
        return (*_drawn(context, form.draft), said, people, list(form.library)), False

    async def _opened_with(request: gr.Request, name: str) -> str:
        """The id of the collection that the page opens with; "" without one."""
        newest = await to_come_back_to(context, Pane.TRYON, visitor=name)
        first = await matrix_events.to_come_back_to(context, request, newest, visitor=name)
        return first.collection_id if first else ""

    def keep(draft: Draft, names: Sequence[str], offered: str) -> tuple[dict[str, Any], str]:
        """The way to another form is offered as long as something would be lost by it."""
        return kept_of(draft, names, context.samples), offered if draft.is_unsaved else ""

    drawn = (parts.draft, parts.list, parts.said, many.models.people, library)
    nothing = untouched(drawn)
    changes = [parts.draft.change, library.change]
    on_newest(changes, keep, [parts.draft, library, parts.offer], [kept, parts.offer])
    return ComingBack(came_back, (parts.draft, kept), drawn)
