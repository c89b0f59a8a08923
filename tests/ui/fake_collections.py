"""The collections of a studio in memory, put there by tests; nothing is made of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from tryon_core import (
    Allowance,
    Collection,
    CollectionNotFound,
    CollectionOptions,
    CollectionPlan,
    CollectionSummary,
    NewCollection,
    NewGarment,
    NewModel,
    Share,
    Vote,
    vendor,
)


class FakeShares:
    """Links, and what those who have one said."""

    def __init__(self) -> None:
        self.links: tuple[Share, ...] = ()
        self.said: tuple[Vote, ...] = ()

    async def list(self, _collection_id: str, *, visitor: str) -> tuple[Share, ...]:
        return self.links if visitor else ()

    async def votes(self, _collection_id: str, *, visitor: str) -> tuple[Vote, ...]:
        return self.said if visitor else ()


class FakeCollections:
    """`kept` are collections of one visitor, as they are and as they will be; `summaries` what is listed;
    `gone` when each was deleted, by its id, the last one first."""

    def __init__(self) -> None:
        self.gone: dict[str, float] = {}
        self.with_jobs: list[bool] = []
        self.owner = ""
        self.shares = FakeShares()
        self.export: object = None
        self.kept: tuple[Collection, ...] = ()
        self.summaries: tuple[CollectionSummary, ...] = ()

    async def plan(self, new: NewCollection, *, visitor: str) -> CollectionPlan:
        return self._plan(len(new.garments) * len(new.models), new.options)

    @staticmethod
    def _plan(jobs: int, options: CollectionOptions) -> CollectionPlan:
        pictures, price = jobs * options.count, vendor("aidge").price
        return CollectionPlan(
            jobs=jobs,
            pictures=pictures,
            unit=price.unit,
            amount=pictures * price.per_picture,
            vendor="aidge",
            live=False,
            own_key=False,
            left=Allowance(None, None),
            asks=False,
        )

    async def plan_more(
        self,
        collection_id: str,
        *,
        garments: Sequence[NewGarment] = (),
        models: Sequence[NewModel] = (),
        visitor: str,
    ) -> CollectionPlan:
        there = await self.get(collection_id, visitor=visitor)
        rows, columns = len(there.garments), len(there.models)
        whole = (rows + len(garments)) * (columns + len(models))
        return self._plan(whole - rows * columns, there.options)

    async def list(self, *, visitor: str) -> tuple[CollectionSummary, ...]:
        return self.summaries if visitor == self.owner else ()

    async def deleted(self, *, visitor: str) -> tuple[tuple[CollectionSummary, float], ...]:
        if visitor != self.owner:
            return ()
        return tuple((one, self.gone[one.id]) for one in self.summaries if one.id in self.gone)

    async def delete(self, collection_id: str, *, with_jobs: bool, visitor: str) -> None:
        await self.get(collection_id, visitor=visitor)
        self.with_jobs.append(with_jobs)
        self.gone[collection_id] = 1000.0

    async def undo(self, collection_id: str, *, visitor: str) -> Collection:
        del self.gone[collection_id]
        return await self.get(collection_id, visitor=visitor)

    async def get(self, collection_id: str, *, visitor: str) -> Collection:
        for one in reversed(self.kept):
            if (one.id, self.owner) == (collection_id, visitor):
                return one
        raise CollectionNotFound

    async def at(self, address: str, *, visitor: str) -> Collection:
        found = next((one.id for one in self.kept if one.address == address), "")
        return await self.get(found, visitor=visitor)

    async def watch(self, collection_id: str, *, visitor: str) -> AsyncIterator[Collection]:
        await self.get(collection_id, visitor=visitor)
        for one in self.kept:
            yield one
