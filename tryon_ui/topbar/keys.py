"""A visitor's own key on its way from the page into the studio: once, in one event, and nowhere back."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from tryon_core import AidgeKey, AilabKey, Key, Problem, Secret, Vendor
from tryon_ui import texts, visitor
from tryon_ui.error_boundary import attempt
from tryon_ui.event_options import PAGE
from tryon_ui.job_stream import Desk
from tryon_ui.tabs.tryon_form import form_of
from tryon_ui.topbar import visitor_refresh
from tryon_ui.topbar.panels import FIELDS, Note
from tryon_ui.topbar.visitor_refresh import Standing


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed into a panel; a field that is missing is empty. Prints without the key."""

    vendor: Vendor
    fields: dict[str, Secret]

    @property
    def key(self) -> Key:
        if self.vendor is Vendor.AILAB:
            return AilabKey(self.fields["api_key"])
        return AidgeKey(self.fields["app_key"], self.fields["app_secret"])


def entered(event: gr.EventData) -> Entered:
    """What the page's script reports. It comes from outside."""
    data = event._data if isinstance(event._data, dict) else {}
    vendor = Vendor.AILAB if data.get("vendor") == Vendor.AILAB.value else Vendor.AIDGE
    typed = {name: data.get(name) for name, _ in FIELDS[vendor]}
    return Entered(vendor, {name: _secret(text) for name, text in typed.items()})


def _secret(text: object) -> Secret:
    return Secret(text.strip() if isinstance(text, str) else "")


async def use(desk: Desk, given: Entered, name: str) -> Note:
    """Hands the key to the studio; what to say about it, in words that do not repeat it."""

    async def work() -> None:
        desk.studio.use_key(given.key, visitor=name)

    return _note(await attempt(work()), texts.KEY_TAKEN)


async def forget(desk: Desk, given: Entered, name: str) -> Note:
    """Takes the key back out of the studio."""

    async def work() -> None:
        desk.studio.drop_key(given.vendor, visitor=name)

    return _note(await attempt(work()), texts.KEY_FORGOTTEN)


def _note(outcome: Problem | None, done: str) -> Note:
    mark = secrets.token_hex(4)
    return Note(f"{outcome.what} {outcome.todo}", bad=True, mark=mark) if outcome else Note(done, mark=mark)


_Deed = Callable[[Desk, Entered, str], Awaitable[Note]]


def connect(desk: Desk, page: Standing) -> None:
    """Connects the panels behind the pills."""

    def doing(deed: _Deed) -> Callable[..., Awaitable[tuple[Any, ...]]]:
        async def handler(
            request: gr.Request, event: gr.EventData, stored: str, *values: Any
        ) -> tuple[Any, ...]:
            stored = visitor.known_or_new(stored)
            name, given = visitor.of_page(stored, request), entered(event)
            notes = {given.vendor: await deed(desk, given, name)}
            return stored, *await visitor_refresh.parts(desk, name, form_of(values), notes)

        return handler

    answered = [page.who, *page.parts]
    page.topbar.submit(doing(use), page.asked, answered, **PAGE)
    page.topbar.delete(doing(forget), page.asked, answered, **PAGE)
