"""What brings a collection that is shown into the form, so that it can be added to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr
from markupsafe import Markup

from tryon_core import Capability, Collection, Problem, vendors_for
from tryon_ui import visitor
from tryon_ui.collection import draft_list
from tryon_ui.collection.draft import Before, Draft
from tryon_ui.collection.draft_memory import kept_of, recalled
from tryon_ui.collection.draft_of import form_of_collection
from tryon_ui.collection.stream import BoardShown
from tryon_ui.error_boundary import attempt
from tryon_ui.event_options import EACH
from tryon_ui.page_context import PageContext
from tryon_ui.tabs import form_memory
from tryon_ui.tabs.collection.components import Many
from tryon_ui.tabs.tryon_form import FROM_VIEW, MODE, Form, form_of
from tryon_ui.texts import say, translated
from tryon_ui.wells import said_html

Inputs = list[Any]
Filled = tuple[Any, ...]


def connect(
    context: PageContext,
    many: Many,
    form: Inputs,
    who: gr.BrowserState,
    kept: gr.BrowserState,
    kept_form: gr.BrowserState,
) -> None:
    """Connects the parts, inside `gr.Blocks`. `form` are the inputs of the form for one job; the browser
    keeps the garments in `kept` and that form in `kept_form`: of a page that is opened anew at any moment
    both are of one collection."""
    parts, shown, library = many.garments, many.board.shown, many.models.library
    drawn = [parts.draft, parts.list, parts.said, many.models.people, library, form[MODE], *form[FROM_VIEW:]]
    filled = [*drawn, kept, kept_form]

    async def reopened(
        request: gr.Request,
        stored: str,
        what: BoardShown,
        before: str,
        draft: Draft,
        was: object,
        *values: Any,
    ) -> Filled:
        """What is put together and in no collection yet stays, and the way to the other form is offered. The
        same collection shown anew, as something of it was begun, changes nothing."""
        now, here = present(context, draft, was), what.collection_id
        if here == before and here:
            return tuple(gr.skip() for _ in changed)
        if not here or (now.made and now.made.collection_id == here):
            return here, "", *_nothing(filled)
        if now.is_unsaved:
            return here, await _offered(request, stored, now), *_nothing(filled)
        return here, "", *await _filled(request, stored, what, form_of(values))

    async def taken(
        request: gr.Request,
        stored: str,
        what: BoardShown,
        offered: str,
        draft: Draft,
        names: list[str],
        *values: Any,
    ) -> Filled:
        before = Before(draft, tuple(names), (values[MODE], *values[FROM_VIEW:]), offered)
        return "", *await _filled(request, stored, what, form_of(values), before)

    async def _offered(request: gr.Request, stored: str, draft: Draft) -> str:
        if draft.made is None:
            return offer_html()
        name = visitor.of_page(stored, request)
        found = await attempt(context.studio.collections.get(draft.made.collection_id, visitor=name))
        return offer_html("" if isinstance(found, Problem) else translated(found.name))

    async def _filled(
        request: gr.Request, stored: str, what: BoardShown, now: Form, before: Before | None = None
    ) -> Filled:
        name = visitor.of_page(stored, request)
        found = await attempt(context.studio.collections.get(what.collection_id, visitor=name))
        if isinstance(found, Problem):
            return _nothing(filled)
        made = await filled_with(context, found, before)
        draft, *_, names, _mode = made[: -len(form[FROM_VIEW:])]
        keeps = kept_of(draft, names, context.samples)
        return *made, keeps, form_memory.kept_of(with_settings(now, made), context.samples)

    last = gr.State("")  # which collection was shown before
    changed = [last, parts.offer, *filled]
    shown.change(reopened, [who, shown, last, parts.draft, kept, *form], changed, **EACH)
    put = [who, shown, parts.offer, parts.draft, library, *form]
    parts.offer.submit(taken, put, [parts.offer, *filled], **EACH)


def present(context: PageContext, draft: Draft, kept: object) -> Draft:
    """What is put together; on a page that is just opening, what the browser kept of it."""
    return draft if draft.many else recalled(kept, context.samples).draft


def with_settings(form: Form, drawn: Filled) -> Form:
    """The form with the settings that `filled_with` gave."""
    names = [*Form.__dataclass_fields__][FROM_VIEW:]
    return replace(form, **dict(zip(names, drawn[-len(names) :], strict=True)))


def offer_html(adds_to: str = "") -> str:
    """Says that the form is not that of what is shown but adds to another collection, or to none, and how it
    becomes that."""
    stays = say("collection.form_adds", name=adds_to) if adds_to else say("collection.form_stays")
    return str(
        Markup(
            '<p class="manyoffer" role="status"><span>{}</span>'
            '<button type="button" class="linkish" data-draft="take">{}</button></p>'
        ).format(stays, say("collection.form_take"))
    )


async def filled_with(context: PageContext, collection: Collection, before: Before | None = None) -> Filled:
    """The form's parts as the collection has them, in the order of `filled`, in the place of what was there
    `before`."""
    found, options = await form_of_collection(context, collection), collection.options
    draft = replace(found.draft, before=before)
    able = vendors_for(Capability.TRY_ON)
    vendor = next((spec.id for spec in able if spec.id == collection.vendor), able[0].id)
    return (
        draft,
        draft_list.garments_html(draft, context.samples.garments),
        said_html([say("trouble.photo_gone", name=missing) for missing in found.missing]),
        draft_list.people_html(found.draft),
        list(found.library),
        "library" if found.library else gr.skip(),
        *(options.view.value, options.count, "auto", options.version.value),
        *(options.quality_gate, options.trial, "", vendor),
    )


def _nothing(parts: list[Any]) -> Filled:
    return tuple(gr.skip() for _ in parts)
