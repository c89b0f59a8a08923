"""The rows that a collection begins with, and those that come later."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tryon_core.account import Account
from tryon_core.collections import naming, parts
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


def grown(taken: TakenIn, maker: Maker, count: int, now: Whole, running: frozenset[str]) -> Additions:
    """What is new of a collection with more rows or columns, and the cells for these only. Of a double click
    the second adds nothing: an equal row that is still under way is that one.

    Raises `InvalidRequest` for more cells than a collection can have.
    """
    busy = [cell for cell in now.cells if cell.state == WAITING or cell.job_id in running]
    garments = _behind(now.garments, taken.garments, {cell.garment_id for cell in busy})
    models = _behind(now.models, taken.models, {cell.model_id for cell in busy})
    check_size(len(now.garments) + len(garments), len(now.models) + len(models))
    beside = maker.cells(now.garments, models, count)
    cells = [*beside, *maker.cells(garments, [*now.models, *models], count)]
    return Additions(tuple(garments), tuple(models), tuple(cells))


def _behind(there: Sequence[Line], new: Sequence[Line], busy: set[str]) -> list[Line]:
    """New rows behind those that are there, without those that are under way already."""
    twins = {line.fingerprint for line in there if line.id in busy}
    begin = 1 + max((line.position for line in there), default=-1)
    return [
        replace(line, position=begin + at)
        for at, line in enumerate(one for one in new if one.fingerprint not in twins)
    ]
