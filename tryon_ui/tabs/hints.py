"""Advice on a picture as soon as it is put in, before money is spent; never for what ships with the app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from tryon_core import Problem
from tryon_ui import icons
from tryon_ui.error_boundary import attempt
from tryon_ui.page_context import PageContext
from tryon_ui.texts import phrases, say

GARMENTS: Final = ("garment-1-1", "bottom")
REFINED: Final = ("coarse", "person", "top", "bottom")


def looker(context: PageContext, names: Sequence[str]) -> Callable[..., Awaitable[str]]:
    """A handler from the paths of the pictures of `names`, as a request has them, to the hints as HTML."""

    async def look(*paths: str | None) -> str:
        return await _advice(context, tuple(zip(names, paths, strict=True)))

    return look


async def of_photos(context: PageContext, photos: Sequence[str]) -> str:
    """The hints for the visitor's own model photos as HTML."""
    names = (f"model-{number}" for number in range(1, len(photos) + 1))
    return await _advice(context, tuple(zip(names, photos, strict=True)))


async def _advice(context: PageContext, pictures: Sequence[tuple[str, str | None]]) -> str:
    """One line for each picture that would come out badly; its first hint says enough."""
    found = await asyncio.gather(*(_hint(context, name, Path(path)) for name, path in pictures if path))
    return hints_html(tuple(filter(None, found)))


async def _hint(context: PageContext, name: str, path: Path) -> str:
    if await asyncio.to_thread(context.samples.ships, path):
        return ""
    found = await attempt(context.studio.hints(path, name.partition("-")[0]))
    if not found or isinstance(found, Problem):
        return ""
    return say("form.hint", picture=phrases.input_label(name), hint=found[0])


def hints_html(found: Sequence[str]) -> str:
    """The place for hints, which screen readers watch; empty without any."""
    rows = Markup().join(Markup("<li>{}<span>{}</span></li>").format(icons.INFO, line) for line in found)
    listed = Markup('<ul role="list">{}</ul>').format(rows) if found else Markup()
    return str(Markup('<div class="advice" aria-live="polite">{}</div>').format(listed))
