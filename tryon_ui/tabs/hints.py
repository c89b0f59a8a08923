"""Advice on a picture as soon as it is put in, before money is spent; never for what ships with the app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tryon_core import Problem
from tryon_ui import icons
from tryon_ui.error_boundary import attempt
from tryon_ui.page_context import PageContext


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: its name on the page, and what the core calls such a picture."""

    label: str
    kind: str


GARMENT, BOTTOM = Place("Garment", "garment"), Place("Bottom", "bottom")
REFINED = (
    Place("Picture to refine", "coarse"),
    Place("Person", "person"),
    Place("Top", "top"),
    BOTTOM,
)


def looker(context: PageContext, places: Sequence[Place]) -> Callable[..., Awaitable[str]]:
    """A handler from the paths of the pictures in `places` to the hints as HTML."""

    async def look(*paths: str | None) -> str:
        return await _advice(context, tuple(zip(places, paths, strict=True)))

    return look


async def of_photos(context: PageContext, photos: Sequence[str]) -> str:
    """The hints for the visitor's own model photos as HTML."""
    places = (Place(f"Photo {number}", "model") for number in range(1, len(photos) + 1))
    return await _advice(context, tuple(zip(places, photos, strict=True)))


async def _advice(context: PageContext, pictures: Sequence[tuple[Place, str | None]]) -> str:
    """One line for each picture that would come out badly; its first hint says enough."""
    found = await asyncio.gather(*(_hint(context, place, Path(path)) for place, path in pictures if path))
    return hints_html(tuple(filter(None, found)))


async def _hint(context: PageContext, place: Place, path: Path) -> str:
    if await asyncio.to_thread(context.samples.ships, path):
        return ""
    told = await attempt(context.studio.hints(path, place.kind))
    return f"{place.label}: {told[0]}." if told and not isinstance(told, Problem) else ""


def hints_html(found: Sequence[str]) -> str:
    """The place for hints, which screen readers watch; empty without any."""
    rows = Markup().join(Markup("<li>{}<span>{}</span></li>").format(icons.INFO, line) for line in found)
    listed = Markup('<ul role="list">{}</ul>').format(rows) if found else Markup()
    return str(Markup('<div class="advice" aria-live="polite">{}</div>').format(listed))
