"""A visitor's own key on its way from the page into the studio: once, in one event, and nowhere back."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import gradio as gr

from tryon_core import Capability, Key, Problem, Secret, vendors, vendors_for
from tryon_ui import visitor
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH
from tryon_ui.page_context import PageContext
from tryon_ui.samples import offered_models
from tryon_ui.texts import phrases, say
from tryon_ui.topbar import visitor_refresh
from tryon_ui.topbar.panels import Note
from tryon_ui.topbar.visitor_refresh import VisitorParts


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed into a panel; a field that is missing is empty. Prints without the key."""

    vendor: str
    fields: dict[str, Secret]

    @property
    def key(self) -> Key:
        return Key(self.vendor, self.fields)


def entered(event: gr.EventData) -> Entered:
    """What the page's script reports. It comes from outside."""
    data = event._data if isinstance(event._data, dict) else {}
    named = str(data.get("vendor"))
    known = next((spec for spec in vendors() if spec.id == named), None)
    typed = {part.field: data.get(part.field) for part in known.credentials} if known else {}
    return Entered(named, {name: _secret(text) for name, text in typed.items()})


def _secret(text: object) -> Secret:
    return Secret(text.strip() if isinstance(text, str) else "")


async def use(context: PageContext, given: Entered, name: str) -> Note:
    """Hands the key to the studio; what to say about it, in words that do not repeat it."""

    async def work() -> None:
        context.studio.use_key(given.key, visitor=name)

    return _note(await attempt(work()), _taken(context, given.vendor))


def _taken(context: PageContext, vendor_id: str) -> str:
    """What is other with the key: what it can only be told by a job, and which models are left."""
    names = offered_models(context.samples, live=True)
    makes = any(spec.id == vendor_id for spec in vendors_for(Capability.TRY_ON))
    fewer = makes and len(names) < len(offered_models(context.samples, live=False))
    models = (say("key.taken_models", names=tuple(names)),) if fewer else ()
    return phrases.sentences((say("key.taken"), *models))


async def forget(context: PageContext, given: Entered, name: str) -> Note:
    """Takes the key back out of the studio."""

    async def work() -> None:
        context.studio.drop_key(given.vendor, visitor=name)

    return _note(await attempt(work()), say("key.forgotten"))


def _note(outcome: Problem | None, done: str) -> Note:
    mark = secrets.token_hex(4)
    return Note(sentence(outcome), bad=True, mark=mark) if outcome else Note(done, mark=mark)


_Deed = Callable[[PageContext, Entered, str], Awaitable[Note]]


def connect(context: PageContext, page: VisitorParts) -> None:
    """Connects the panels behind the pills."""

    def doing(deed: _Deed) -> Callable[..., Awaitable[tuple[str, str, str]]]:
        async def handler(request: gr.Request, event: gr.EventData, stored: str) -> tuple[str, str, str]:
            stored = visitor.known_or_new(stored)
            name, given = visitor.of_page(stored, request), entered(event)
            notes = {given.vendor: await deed(context, given, name)}
            return stored, *visitor_refresh.has(await visitor_refresh.everything(context, name), notes)

        return handler

    answered = [page.who, *page.had]
    page.topbar.submit(doing(use), page.who, answered, **EACH)
    page.topbar.delete(doing(forget), page.who, answered, **EACH)
