"""What brings a collection that is shown into the form, so that it can be added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from markupsafe import Markup

from tryon_core import Capability, Collection, Problem, vendors_for
from tryon_ui import visitor
from tryon_ui.collection import draft_list
from tryon_ui.collection.draft import Before, Draft
from tryon_ui.collection.draft_memory import kept_of, recalled
from tryon_ui.collection.draft_of import form_of_collection, recognized, seen
from tryon_ui.collection.stream import BoardShown
from tryon_ui.error_boundary import attempt
from tryon_ui.event_options import EACH, untouched
from tryon_ui.held_now import held_now
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
    last = gr.State("")  # which collection was shown before
    changed, reopening = [last, parts.offer, *filled], Reopening(context, parts.draft, tuple(filled))
    shown.change(reopening.reopened, [who, shown, last, parts.draft, kept, *form], changed, **EACH)
    put = [who, shown, parts.offer, parts.draft, library, *form]
    parts.offer.submit(reopening.taken, put, [parts.offer, *filled], **EACH)


@dataclass(frozen=True, slots=True)
class Reopening:
    """The handlers, with the parts of the page that a collection's form is `filled` into."""

    context: PageContext
    draft: gr.State
    filled: tuple[gr.components.Component, ...]

    async def reopened(
        self,
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
        now, here = present(self.context, draft, was), what.collection_id
        if here == before and here:
            return gr.skip(), gr.skip(), *untouched(self.filled)
        if not here or (now.made and now.made.collection_id == here):
            return here, "", *untouched(self.filled)
        name = visitor.of_page(stored, request)
        if not draft.many and await self._is_kept(name, was, here):  # which is what brings the form back
            return here, "", *untouched(self.filled)
        if now.is_unsaved:
            return here, await self._offered(name, now), *untouched(self.filled)
        aside = await self._aside(now, recalled(was, self.context.samples).models)
        filled = await self._filled(name, what, form_of(values), aside)
        by_now = held_now(self.draft, draft)
        if by_now != draft:  # put together meanwhile
            return await self.reopened(request, stored, what, before, by_now, was, *values)
        return here, "", *filled

    async def taken(
        self,
        request: gr.Request,
        stored: str,
        what: BoardShown,
        offered: str,
        draft: Draft,
        names: list[str],
        *values: Any,
    ) -> Filled:
        """The form of what is shown, from which the one before can be had back."""
        before = Before(draft, tuple(names), (values[MODE], *values[FROM_VIEW:]), offered)
        name = visitor.of_page(stored, request)
        return "", *await self._filled(name, what, form_of(values), before)

    async def _aside(self, now: Draft, library: tuple[str, ...]) -> Before | None:
        """The list that the form for one job took the place of, if it is in no collection."""
        if now.many or now.before is None or not now.before.draft.is_unsaved:
            return None
        return Before(await seen(self.context, now.before.draft), library)

    async def _is_kept(self, name: str, was: object, here: str) -> bool:
        """Whether what the browser kept is what this collection was made of."""
        kept = await recognized(self.context, recalled(was, self.context.samples), here, visitor=name)
        return kept.made is not None and kept.made.collection_id == here

    async def _offered(self, name: str, draft: Draft) -> str:
        if draft.made is None or not draft.goes_on:
            return offer_html()
        there = self.context.studio.collections.get(draft.made.collection_id, visitor=name)
        found = await attempt(there)
        return offer_html("" if isinstance(found, Problem) else translated(found.name))

    async def _filled(self, name: str, what: BoardShown, now: Form, before: Before | None = None) -> Filled:
        found = await attempt(self.context.studio.collections.get(what.collection_id, visitor=name))
        if isinstance(found, Problem):
            return untouched(self.filled)
        made, samples = await filled_with(self.context, found, before), self.context.samples
        form = with_settings(now, made.settings)
        keeps = kept_of(made.draft, made.library, samples), form_memory.kept_of(form, samples)
        return *made.drawn(self.context), *keeps


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The form as a collection has it: what is put together, the models of the library, the settings in the
    order of the page, and the names of garments whose photos are gone."""

    draft: Draft
    library: list[str]
    settings: tuple[Any, ...]
    missing: tuple[str, ...]

    def drawn(self, context: PageContext) -> Filled:
        """What the parts show, in their order."""
        return (
            self.draft,
            draft_list.garments_html(self.draft, context.samples.garments),
            said_html([say("trouble.photo_gone", name=name) for name in self.missing]),
            draft_list.people_html(self.draft),
            self.library,
            "library" if self.library else gr.skip(),
            *self.settings,
        )


def present(context: PageContext, draft: Draft, kept: object) -> Draft:
    """What is put together; on a page that is just opening, what the browser kept of it."""
    return draft if draft.many else recalled(kept, context.samples).draft


def with_settings(form: Form, settings: Sequence[Any]) -> Form:
    """The form with other settings, which are what it has from the view on."""
    names = [*Form.__dataclass_fields__][FROM_VIEW:]
    return replace(form, **dict(zip(names, settings, strict=True)))


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


async def filled_with(
    context: PageContext, collection: Collection, before: Before | None = None
) -> FilledForm:
    """The form as the collection has it, in the place of what was there `before`."""
    found, options = await form_of_collection(context, collection), collection.options
    able = vendors_for(Capability.TRY_ON)
    vendor = next((spec.id for spec in able if spec.id == collection.vendor), able[0].id)
    looks = options.view.value, options.count, "auto", options.version.value
    settings = *looks, options.quality_gate, options.trial, "", vendor
    return FilledForm(replace(found.draft, before=before), list(found.library), settings, found.missing)
