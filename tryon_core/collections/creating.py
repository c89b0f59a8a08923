"""The rows that a collection begins with, and those that come later."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tryon_core.account import Account
from tryon_core.collections import naming, parts, titles
from tryon_core.collections.intake import TakenIn, fingerprint_of
from tryon_core.collections.new import NewCollection, check_size
from tryon_core.collections.records import (
    WAITING,
    CellRecord,
    CollectionRecord,
    GarmentRecord,
    ModelRecord,
    Whole,
)
from tryon_core.collections.writing import Additions

Line = TypeVar("Line", GarmentRecord, ModelRecord)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the cells of one collection: whose they are, and whose account they go out with."""

    collection_id: str
    owner: str
    account: Account

    def cell(self, garment_id: str, model_id: str, pictures: int) -> CellRecord:
        """A cell that waits; its turn is settled when it is written."""
        return CellRecord(
            id=secrets.token_hex(20),
            collection_id=self.collection_id,
            garment_id=garment_id,
            model_id=model_id,
            owner=self.owner,
            vendor=self.account.vendor,
            live=self.account.live,
            own_key=self.account.mark or None,
            expected=pictures,
            state=WAITING,
            attempt=1,
            turn=1,
        )

    def cells(
        self, garments: Iterable[GarmentRecord], models: Sequence[ModelRecord], count: int
    ) -> list[CellRecord]:
        """A cell for each garment on each model; `count` pictures of each that is not on own photos."""
        pairs = [(garment, model) for garment in garments for model in models]
        return [self.cell(garment.id, model.id, expected(model.model, count)) for garment, model in pairs]


def expected(model: dict[str, object], count: int) -> int:
    """How many pictures a cell of this model is likely to bring: one of each own photo."""
    photos = model.get("pictures")
    return len(photos) if isinstance(photos, list) else count


def whole_of(new: NewCollection, taken: TakenIn, maker: Maker, now: float) -> Whole:
    """All rows of a new collection."""
    options = parts.packed_options(new.options, new.garments[0].suit, new.models[0].model)
    same = [maker.owner, maker.account.name, options]
    rows = [line.fingerprint for line in taken.rows]
    head = CollectionRecord(
        id=maker.collection_id,
        owner=maker.owner,
        fingerprint=fingerprint_of("collection", *same, len(taken.garments), rows),
        name=naming.tidy(new.name) or naming.usual_name([one.name for one in taken.garments]),
        vendor=maker.account.vendor,
        options=options,
        created_at=now,
    )
    cells = maker.cells(taken.garments, taken.models, new.options.count)
    return Whole(head, taken.garments, taken.models, tuple(cells))


def grown(taken: TakenIn, maker: Maker, count: int, now: Whole) -> Additions:
    """What is new of a collection with more rows or columns, and the cells for these only. A row that equals
    one that is there is that one: of a double click, and of a click whose answer was lost, the second adds
    nothing. A collection that is called by what is in it is called by all of it then.

    Raises `InvalidRequest` for more cells than a collection can have.
    """
    garments, models = _behind(now.garments, taken.garments), _behind(now.models, taken.models)
    check_size(len(now.garments) + len(garments), len(now.models) + len(models))
    beside = maker.cells(now.garments, models, count)
    cells = [*beside, *maker.cells(garments, [*now.models, *models], count)]
    name = titles.renamed(now, replace(now, garments=(*now.garments, *garments)))
    return Additions(tuple(garments), tuple(models), tuple(cells), name)


def _behind(there: Sequence[Line], new: Sequence[Line]) -> list[Line]:
    """New rows behind those that are there, without those that are there already."""
    twins = {line.fingerprint for line in there}
    begin = 1 + max((line.position for line in there), default=-1)
    return [
        replace(line, position=begin + at)
        for at, line in enumerate(one for one in new if one.fingerprint not in twins)
    ]
