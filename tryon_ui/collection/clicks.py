"""What the matrix reports, and what is done about it, the same for a click and for its confirmation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

import gradio as gr

from tryon_core import Collection, ConfirmationNeeded, GarmentType, PersonGender
from tryon_ui.collection.moving import moved
from tryon_ui.page_context import PageContext

LONGEST_TEXT: Final = 2000
Told = TypeVar("Told", GarmentType, PersonGender)


class BoardAct(StrEnum):
    """What can be asked of a collection or one of its cells. `NONE` is what no page sends."""

    NONE = ""
    RETRY = "retry"
    RETRY_ALL = "retry-all"
    AGAIN = "again"
    REFINE = "refine"
    STOP = "stop"
    RENAME = "rename"
    MOVE = "move"
    DESCRIBE = "describe"
    NOTE = "note"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class BoardClick:
    """A click on the matrix, as the page's script reports it; it comes from outside. `cell` is empty for what
    is about all of the collection, and a row's or a column's id where that is described; `text` and `article`
    are what was typed, or which of them is moved; `agreed` is how many pictures a question was about that was
    answered with yes, None where none was asked yet, `kinds` what was said there of garments, by their rows'
    ids, and `genders` of models, by their columns'; `page` and `press` tell the order of a page's stars."""

    act: BoardAct
    collection_id: str
    cell: str = ""
    job_id: str = ""
    number: int = 1
    chosen: bool = False
    text: str = ""
    article: str = ""
    agreed: int | None = None
    kinds: Mapping[str, GarmentType] = field(default_factory=dict)
    genders: Mapping[str, PersonGender] = field(default_factory=dict)
    page: str = ""
    press: int = 0


def board_click(event: gr.EventData) -> BoardClick:
    """The click in `event`; whatever it lacks is empty."""
    data = event._data if isinstance(event._data, dict) else {}
    act, number, agreed, press = (data.get(name) for name in ("act", "n", "agreed", "press"))
    return BoardClick(
        act=BoardAct(act) if isinstance(act, str) and act in list(BoardAct) else BoardAct.NONE,
        collection_id=str(data.get("collection", ""))[:200],
        cell=str(data.get("cell", ""))[:200],
        job_id=str(data.get("job", ""))[:200],
        number=number if isinstance(number, int) else 1,
        chosen=data.get("chosen") is True,
        text=str(data.get("text") or "")[:LONGEST_TEXT],
        article=str(data.get("article") or "")[:LONGEST_TEXT],
        agreed=agreed if isinstance(agreed, int) else None,
        kinds=_told(data.get("kinds"), GarmentType),
        genders=_told(data.get("genders"), PersonGender),
        page=str(data.get("page", ""))[:200],
        press=press if isinstance(press, int) else 0,
    )


def _told(said: object, known: type[Told]) -> Mapping[str, Told]:
    """What is said of rows or columns, by their ids, and nothing else."""
    lines = said if isinstance(said, dict) else {}
    return {str(line)[:200]: known(value) for line, value in lines.items() if value in list(known)}


_Does = Callable[[PageContext, BoardClick, str], Awaitable[Collection]]


async def done(context: PageContext, click: BoardClick, *, visitor: str) -> Collection | ConfirmationNeeded:
    """Does what was asked; where more than was `agreed` to would be made of it, what that is. Raises what
    studios do."""
    try:
        return await _DOES.get(click.act, _nothing)(context, click, visitor)
    except ConfirmationNeeded as needed:
        return needed


async def _retry(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    cells, asked = (click.cell,) if click.cell else (), click.agreed is not None
    return await context.studio.collections.retry(
        click.collection_id, cells, visitor=visitor, confirmed=asked, at_most=click.agreed
    )


async def _again(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    return await context.studio.collections.again(
        click.collection_id, (click.cell,), visitor=visitor, confirmed=True, at_most=click.agreed or 0
    )


async def _refine(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    return await context.studio.collections.refine_chosen(
        click.collection_id,
        visitor=visitor,
        known=context.samples.known,
        kinds=click.kinds,
        genders=click.genders,
        confirmed=True,
        at_most=click.agreed or 0,
    )


async def _stop(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    return await context.studio.collections.stop(click.collection_id, visitor=visitor)


async def _rename(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    return await context.studio.collections.rename(click.collection_id, click.text, visitor=visitor)


async def _move(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    told = await context.studio.collections.get(click.collection_id, visitor=visitor)
    order = moved(told, click.text, click.number)
    return await context.studio.collections.reorder(told.id, **order, visitor=visitor)


async def _describe(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    return await context.studio.collections.describe(
        click.collection_id, click.cell, name=click.text, article=click.article, visitor=visitor
    )


async def _note(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    collections, at = context.studio.collections, (click.collection_id, click.job_id, click.number)
    await collections.note(*at, click.text, visitor=visitor)
    return await collections.get(click.collection_id, visitor=visitor)


async def _star(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    collections, at = context.studio.collections, (click.collection_id, click.job_id, click.number)
    async with context.presses.turn((visitor, click.page, *map(str, at)), click.press) as is_newest:
        if is_newest:
            await collections.choose(*at, chosen=click.chosen, visitor=visitor)
    return await collections.get(click.collection_id, visitor=visitor)


async def _nothing(context: PageContext, click: BoardClick, visitor: str) -> Collection:
    return await context.studio.collections.get(click.collection_id, visitor=visitor)


_DOES: Final[Mapping[BoardAct, _Does]] = MappingProxyType(
    {
        BoardAct.RETRY: _retry,
        BoardAct.RETRY_ALL: _retry,
        BoardAct.AGAIN: _again,
        BoardAct.REFINE: _refine,
        BoardAct.STOP: _stop,
        BoardAct.RENAME: _rename,
        BoardAct.MOVE: _move,
        BoardAct.DESCRIBE: _describe,
        BoardAct.NOTE: _note,
        BoardAct.STAR: _star,
    }
)
