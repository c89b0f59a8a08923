"""Uploads become rows of a draft: with verdicts, small pictures and names. A bad one sinks none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tryon_core import LONGEST_NAME, GarmentType, NewGarment, Problem, is_link, names_of
from tryon_ui import parts
from tryon_ui.collection.draft import Draft, Person, Row, Verdict, suit_of
from tryon_ui.collection.plan_files import MOST, taken_apart
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.page_context import PageContext
from tryon_ui.texts import phrases, say, translated

AT_ONCE: Final = 4  # pictures are looked at
THUMB: Final = 160  # pixels on the long side
_WORST_FIRST: Final = (Verdict.BAD, Verdict.HINT, Verdict.LINK, Verdict.GOOD)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The draft with what came, what is said of what could not be taken in, and what is worth knowing."""

    draft: Draft
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


async def taken_in(context: PageContext, draft: Draft, files: Sequence[str]) -> TakenIn:
    """The draft with the garments of these uploads behind its own."""
    apart = await asyncio.to_thread(taken_apart, [Path(file) for file in files])
    room = MOST - len(draft.rows)
    said = list(apart.said)
    if len(apart.rows) > room:
        said.append(say("collection.too_many", most=MOST, n=len(apart.rows) - room))
    rows = await looked_at(context, apart.rows[:room])
    return TakenIn(draft.with_rows(rows), tuple(said), apart.notes)


async def looked_at(context: PageContext, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with their verdicts, small pictures and names."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def look(row: Row) -> Row:
        async with turns:
            verdict, says = await _judged(context, row)
            seen = [place for place in (row.place, row.bottom) if place and not is_link(place)]
            thumbs = [await _thumb(context, Path(place)) for place in seen if verdict is not Verdict.BAD]
            looks = await _looks(context, row)
            seen_as = replace(row, verdict=verdict, says=says, thumbs=tuple(thumbs), looks=looks)
            return _named(context, seen_as)

    return tuple(await asyncio.gather(*map(look, rows)))


async def with_thumbs(context: PageContext, people: Sequence[Person]) -> tuple[Person, ...]:
    """The models, each that has photos with a small picture of the first."""

    async def seen(one: Person) -> Person:
        return replace(one, thumb=await small(context, Path(one.photos[0]))) if one.photos else one

    return tuple([await seen(one) for one in people])


async def _looks(context: PageContext, row: Row) -> GarmentType:
    """What is known of its photo, as Refine is told it."""
    if is_link(row.place):
        return GarmentType.AUTO
    return await asyncio.to_thread(context.samples.known.kind_of, Path(row.place))


async def small(context: PageContext, path: Path) -> str:
    """The address of a small copy of an upload, which lies beside it."""
    made = await attempt(context.studio.browser_view(path, path.parent, THUMB))
    return parts.upload_link(str(made if isinstance(made, Path) else path))


async def _judged(context: PageContext, row: Row) -> tuple[Verdict, str]:
    found = [await _judged_one(context, place) for place in (row.place, row.bottom) if place]
    return min(found, key=lambda one: _WORST_FIRST.index(one[0]))


async def _judged_one(context: PageContext, place: str) -> tuple[Verdict, str]:
    if is_link(place):
        return Verdict.LINK, say("collection.by_link")
    path = Path(place)
    if await asyncio.to_thread(context.samples.same_as, path):
        return Verdict.GOOD, ""
    field = phrases.input_label("garment-1-1")
    refused = await attempt(context.studio.check_picture(path, field, "garment"))
    if isinstance(refused, Problem):
        return Verdict.BAD, sentence(refused)
    hints = await attempt(context.studio.hints(path, "garment"))
    if isinstance(hints, Problem) or not hints:
        return Verdict.GOOD, ""
    hint = translated(hints[0])
    return Verdict.HINT, f"{hint[:1].upper()}{hint[1:]}"


async def _thumb(context: PageContext, path: Path) -> str:
    sample = await asyncio.to_thread(context.samples.same_as, path)
    return sample.tile if sample else await small(context, path)


def _named(context: PageContext, row: Row) -> Row:
    """With the names that it gets by itself, where it was given none: `Hoodie and jeans`."""
    if not row.usable:
        return replace(row, name=row.name or Path(row.place).name)
    name, article = _names(context, row)
    if row.bottom and not row.name:
        top, below = (_names(context, Row(place))[0] for place in (row.place, row.bottom))
        name = say("form.outfit", top=top, bottom=below)
    return replace(row, name=name[:LONGEST_NAME], article=article)


def _names(context: PageContext, row: Row) -> tuple[str, str]:
    sample = context.samples.by_path(row.place)
    named = row.name or (translated(sample.title) if sample else "")
    return names_of(NewGarment(suit_of(row), named, row.article))
