"""The stream of what a page shows of a collection: all of it first, then only what has changed."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tryon_core import (
    Capability,
    Catalogue,
    Collection,
    CollectionNotFound,
    FilePicture,
    LibraryModel,
    Mode,
    OwnPhotos,
    Picture,
    Problem,
    has_top,
    vendors_for,
)
from tryon_ui import parts
from tryon_ui.card.card import card_html
from tryon_ui.card.wording import missing_view, refused_view
from tryon_ui.card_watchers import Pane, until
from tryon_ui.collection.board import Board
from tryon_ui.collection.matrix import (
    all_parts,
    board_html,
    changed_parts,
    parts_of_cell,
    patch_html,
    same_shape,
    shape_of,
)
from tryon_ui.collection.sharing import heard, said_of
from tryon_ui.error_boundary import attempt, attempt_each
from tryon_ui.files import home_of, served
from tryon_ui.page_context import PageContext
from tryon_ui.texts import say

SMALL: Final = 320  # pixels on the long side of the pictures at rows and columns
COVERED: Final = 4  # a page that missed a patch has what was in it by one of the next
Sent = tuple[str | None, str | None]
"""The whole, and what has changed; None is what stays as it was."""


@dataclass(frozen=True, slots=True)
class BoardShown:
    """Which collection a page is to show, if any. The nonce makes watching the same one anew a change;
    `known`: the page has it already, and needs what has changed; `sought`: by its address."""

    collection_id: str = ""
    problem: Problem | None = None
    known: bool = False
    sought: bool = False
    nonce: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.collection_id and self.problem is None

    @property
    def is_free(self) -> bool:
        """Whether what is had back may be shown here: there is nothing, or only that it was not found."""
        return self.empty or self.sought


def board_shown(outcome: Collection | Problem, *, known: bool = False, sought: bool = False) -> BoardShown:
    """What a page is to show after an attempt to make or open a collection."""
    if isinstance(outcome, Problem):
        return BoardShown(problem=outcome, sought=sought)
    return BoardShown(outcome.id, known=known)


class Drawing:
    """Draws one collection time and again; what was sent may have been missed, see `COVERED`."""

    def __init__(self, *, known: bool = False) -> None:
        self._known, self._seq = known, 0
        self._before: deque[tuple[int, Board]] = deque(maxlen=COVERED)

    def next(self, board: Board, now: float) -> Sent:
        """What is to be sent to show `board` at `now` (Unix seconds)."""
        self._seq += 1
        last = self._before[-1][1] if self._before else None
        if last is not None and not same_shape(board, last):
            self._before.clear()
            last, self._known = None, False
        sent = self._first(board, now) if last is None else (None, self._patch(board, now))
        self._before.append((self._seq, board))
        return sent

    def _first(self, board: Board, now: float) -> Sent:
        if self._known:
            return None, patch_html(board, all_parts(board), 0, self._seq, now)
        return board_html(board, self._seq, now), None

    def _patch(self, board: Board, now: float) -> str:
        changed = {
            name: part for _, before in self._before for name, part in changed_parts(board, before).items()
        }
        return patch_html(board, changed, self._before[0][0], self._seq, now)


async def boards(
    context: PageContext, what: BoardShown, *, visitor: str, session: str
) -> AsyncIterator[Sent]:
    """What is to be sent, once for each change, until nothing of the collection is under way."""
    if what.problem is not None:
        refused = refused_view(what.problem, say("collection.change"))
        yield card_html(missing_view(what.problem) if what.sought else refused), None
        return
    if not what.collection_id:
        yield "", None
        return
    watcher, drawing = context.watchers.start(session, Pane.TRYON), Drawing(known=what.known)
    try:
        with context.watched.one() as has_place:
            changes = context.studio.collections.watch(what.collection_id, visitor=visitor)
            async for item in attempt_each(until(changes, watcher.over)):
                if isinstance(item, Problem):
                    yield card_html(missing_view(item)), None
                    return
                board = await board_of(context, item, visitor=visitor)
                # Beside the event loop: hundreds of cells take a seventh of a second to draw.
                yield await asyncio.to_thread(drawing.next, board, context.now())
                if not has_place:  # too many are being watched: it stands still, as it is now
                    return
    finally:
        context.watchers.forget(session, Pane.TRYON, watcher)


async def patched(context: PageContext, collection: Collection, cell_id: str = "", *, visitor: str) -> str:
    """The parts as they are now, all or what one cell changes, for a page that has the collection."""
    board = await board_of(context, collection, visitor=visitor)
    parts = parts_of_cell(board, cell_id) if cell_id else all_parts(board)
    return patch_html(board, parts, 0, 0, context.now())


async def heard_since(context: PageContext, collection_id: str, news: str, *, visitor: str) -> str | None:
    """The parts as they are now, for a page that has what `news` stands for of what came back by links; None
    where that is all. Raises what the studio does."""
    if (await heard(context, collection_id, visitor=visitor))[1] == news:
        return None
    collection = await context.studio.collections.get(collection_id, visitor=visitor)
    return await patched(context, collection, visitor=visitor)


async def come_back_to(
    context: PageContext, collection_id: str, shape: str, *, visitor: str
) -> tuple[BoardShown | None, str | None]:
    """For a page that watches no more, as nothing ran, and has rows and columns of that shape: what it is to
    show anew where another page deleted the collection, added to it or began something; else the parts as
    they are now. Raises what the studio does."""
    try:
        told = await context.studio.collections.get(collection_id, visitor=visitor)
    except CollectionNotFound:
        return BoardShown(collection_id), None
    known = shape_of(told) == shape
    if known and told.ended:
        return None, await patched(context, told, visitor=visitor)
    return BoardShown(told.id, known=known), None


async def board_of(context: PageContext, collection: Collection, *, visitor: str) -> Board:
    """The collection with the addresses of small pictures of its garments and models, and with what was said
    of its pictures."""
    suits = {row.id: [garment.picture for garment in row.suit.garments] for row in collection.garments}
    people = {
        column.id: column.model.pictures[:1]
        for column in collection.models
        if isinstance(column.model, OwnPhotos)
    }
    portraits = {
        column.id: [context.samples.portraits.get(column.model.name, "")]
        for column in collection.models
        if isinstance(column.model, LibraryModel)
    }
    small = {
        identity: [await _small(context, collection.id, identity, picture) for picture in pictures]
        for identity, pictures in {**suits, **people}.items()
    }
    found = await attempt(heard(context, collection.id, visitor=visitor))
    votes, news = ((), "") if isinstance(found, Problem) else found
    thumbs = {identity: tuple(filter(None, links)) for identity, links in {**small, **portraits}.items()}
    refiner = vendors_for(Capability.REFINE)[0].id
    live = context.studio.key_source(refiner, visitor=visitor).mode is Mode.LIVE
    shown = {identity: links for identity, links in thumbs.items() if links}
    bottoms = await asyncio.to_thread(_bottoms, collection, context.samples.known)
    return Board(collection, shown, said_of(votes), live, news, bottoms)


def _bottoms(collection: Collection, known: Catalogue) -> frozenset[str]:
    return frozenset(row.id for row in collection.garments if not has_top(row.suit, row.name, known))


async def _small(context: PageContext, collection_id: str, identity: str, picture: Picture) -> str:
    if not isinstance(picture, FilePicture):
        return ""
    folder = home_of(collection_id) / identity
    made = await attempt(context.studio.browser_view(picture.path, folder, SMALL))
    if isinstance(made, Path):
        return parts.upload_link(str(made))
    whole = await attempt(_served(picture.path, collection_id))
    return "" if isinstance(whole, Problem) else parts.upload_link(whole)


async def _served(path: Path, collection_id: str) -> str:
    return served(path, collection_id)
