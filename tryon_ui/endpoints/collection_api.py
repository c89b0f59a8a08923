"""The named endpoints for collections. `collection` begins one and answers at once, as hundreds of jobs take
hours; `collections` tells how far they are.

The annotations are read at run time to describe the endpoints, so they are not postponed here.
"""

from itertools import zip_longest
from typing import Any, Literal, TypeVar

import gradio as gr

from tryon_core import (
    DEFAULT_COUNT,
    CollectionOptions,
    Garment,
    GarmentType,
    InvalidRequest,
    LibraryModel,
    NewCollection,
    NewGarment,
    NewModel,
    OwnPhotos,
    Problem,
    Suit,
    Version,
    View,
    check_size,
    collection_facts,
    picture_at,
    plan_facts,
    summary_facts,
)
from tryon_ui import links, visitor
from tryon_ui.error_boundary import attempt, error_of
from tryon_ui.files import FileRef, picture_text
from tryon_ui.language import spoken
from tryon_ui.page_context import PageContext
from tryon_ui.texts import said

Facts = dict[str, Any]
Given = str | FileRef
Pictures = list[Given] | None
T = TypeVar("T")


class CollectionEndpoints:
    """Those of collections, each by the name of its method."""

    def __init__(self, context: PageContext) -> None:
        self._context = context

    async def collection(
        self,
        request: gr.Request,
        garments: list[Given],
        models: list[str] | None = None,
        model_photos: Pictures = None,
        bottoms: list[Given | None] | None = None,
        garment_names: list[str | None] | None = None,
        articles: list[str | None] | None = None,
        view: Literal["fullbody", "halfbody", "mixed"] = "fullbody",
        count: int = DEFAULT_COUNT,
        quality_gate: bool = False,
        version: Literal["standard", "pro"] = "standard",
        trial: bool = False,
        name: str = "",
        vendor: str = "",
        only_plan: bool = False,
        confirmed: bool = False,
        identity: str = "",
        again: bool = False,
    ) -> Facts:
        """Puts every garment on every model, a job for each, and answers when all are let in or none is.

        An equal collection that was begun before is that one.

        Args:
            garments: Photos of garments, one for each row: uploaded files or http(s) addresses.
            models: Names of models of the library, one for each column.
            model_photos: Photos of one own model, for one more column; one picture is made for each.
            bottoms: Photos of the bottoms that are worn with the garments, in their order; null or an empty
                text where there is none.
            garment_names: Names of the garments, in their order; null or empty for the name of the file.
            articles: Article numbers of the garments, in their order; null or empty for what the file's name
                begins with.
            view: How much of the person is in the pictures.
            count: Number of pictures of each garment on each model.
            quality_gate: Let the vendor refuse garment photos that are blurred or cluttered.
            version: The vendor's standard or pro version.
            trial: Use the trial quota.
            name: Name of the collection.
            vendor: Id of the vendor.
            only_plan: Tell what it would use, after a look at the pictures, and begin nothing.
            confirmed: Begin it even if it is more jobs than the operator lets begin unasked.
            identity: Who calls: calls with the same key are one caller's, from whichever process, and only
                they find the collection again.
            again: Begin it anew though an equal one has ended.

        Returns:
            collection: What it uses, as `plan`: jobs, pictures, amount, unit, vendor, live, left, asks, fits.
                Where it was begun all that is known of it, too, as from `collections` with its id.
        """

        async def work() -> Facts:
            caller = visitor.of_call(request, identity)
            columns = _columns(models or [], model_photos or [])
            check_size(len(garments), len(columns))  # before anything is looked at
            new = NewCollection(
                _rows(garments, bottoms or [], garment_names or [], articles or []),
                columns,
                CollectionOptions(View(view), count, quality_gate, Version(version), trial),
                name,
                vendor,
            )
            all_of_them = self._context.studio.collections
            plan = await all_of_them.plan(new, visitor=caller, examined=only_plan)
            if only_plan:
                return {"plan": plan_facts(plan)}
            made = await all_of_them.create(new, visitor=caller, confirmed=confirmed, again=again)
            return {"plan": plan_facts(plan), **collection_facts(made, spoken())}

        return _told(await attempt(work()))

    async def collections(self, request: gr.Request, id: str = "", identity: str = "") -> list[Facts]:
        """The caller's collections, newest first, or one of them with all of its cells.

        Args:
            id: The `id` in what `collection` gave, for that one; empty for a list of all.
            identity: The key that they were begun with, if any.

        Returns:
            collections: Of each id, name, vendor, created_at, and how many garments, models, cells and
                waiting cells; with an id that one: its garments and models by id, its totals, whether it has
                ended, its cells with garment, model, state, place, message, and the job as from `job`, and
                `zip`: where below the app's address its pictures are for an hour, with `?which=all` all.
        """

        async def work() -> list[Facts]:
            caller = visitor.of_call(request, identity)
            if id:
                found = await self._context.studio.collections.get(id, visitor=caller)
                ticket = await self._context.studio.collections.ticket(id, visitor=caller)
                return [collection_facts(found, spoken()) | {"zip": links.handed_over(ticket, "zip")}]
            return [summary_facts(one) for one in await self._context.studio.collections.list(visitor=caller)]

        return _told(await attempt(work()))


def _told(outcome: T | Problem) -> T:
    if isinstance(outcome, Problem):
        raise error_of(outcome)
    return outcome


def _columns(models: list[str], photos: list[Given]) -> tuple[NewModel, ...]:
    """One for each name, however often it is there, and one for all photos together."""
    named = tuple(NewModel(LibraryModel(model)) for model in dict.fromkeys(models))
    own = (NewModel(OwnPhotos(tuple(map(_picture, photos)))),) if photos else ()
    return (*named, *own)


def _rows(garments: list[Given], *beside: list[Any]) -> tuple[NewGarment, ...]:
    """Each garment with its bottom, name and article number: what is at its place in the other lists. Raises
    `InvalidRequest` for a list that is longer than that of the garments."""
    longest = max(map(len, beside))
    if longest > len(garments):
        raise InvalidRequest(
            said("field.garments"), str(len(garments)), said("trouble.one_each", count=longest)
        )
    return tuple(_row(*row) for row in zip_longest(garments, *beside))


def _row(garment: Given, bottom: Given | None, name: str | None, article: str | None) -> NewGarment:
    first, second = _picture(garment), picture_text(bottom)
    if second is None:
        return NewGarment(Suit((Garment(first),)), name or "", article or "")
    both = Garment(first, GarmentType.TOPS), Garment(picture_at(second), GarmentType.BOTTOMS)
    return NewGarment(Suit(both), name or "", article or "")


def _picture(given: Given) -> Any:
    text = picture_text(given)
    if text is None:
        raise InvalidRequest(said("field.picture"), said("trouble.nothing"), said("trouble.file_or_link"))
    return picture_at(text)
