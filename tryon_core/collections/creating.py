"""The rows that a collection begins with."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence

from tryon_core.account import Account
from tryon_core.collections import naming, parts
from tryon_core.collections.intake import TakenIn
from tryon_core.collections.model import CollectionOptions, NewCollection
from tryon_core.collections.records import (
    WAITING,
    CellRecord,
    CollectionRecord,
    GarmentRecord,
    ModelRecord,
    Whole,
)
from tryon_core.request import Model, Suit
from tryon_core.sentences import said


def whole_of(
    collection_id: str, owner: str, new: NewCollection, taken: TakenIn, account: Account, now: float
) -> Whole:
    """All rows of a new collection, a cell for each garment on each model."""
    suits, models = [one.suit for one in new.garments], [one.model for one in new.models]
    options = parts.packed_options(new.options, suits[0], models[0])
    cells = [
        cell_of(collection_id, owner, account, garment, model, expected(new.options, suit, worn_by))
        for garment, suit in zip(taken.garments, suits, strict=True)
        for model, worn_by in zip(taken.models, models, strict=True)
    ]
    head = CollectionRecord(
        id=collection_id,
        owner=owner,
        fingerprint=_fingerprint(owner, account, options, taken),
        name=naming.tidy(new.name) or _name_of(taken.garments),
        vendor=account.vendor,
        options=options,
        created_at=now,
    )
    return Whole(head, taken.garments, taken.models, tuple(cells))


def cell_of(
    collection_id: str,
    owner: str,
    account: Account,
    garment: GarmentRecord,
    model: ModelRecord,
    pictures: int,
) -> CellRecord:
    """A cell that waits, without its turn."""
    return CellRecord(
        id=secrets.token_hex(20),
        collection_id=collection_id,
        garment_id=garment.id,
        model_id=model.id,
        owner=owner,
        vendor=account.vendor,
        live=account.live,
        own_key=account.mark or None,
        expected=pictures,
        state=WAITING,
        attempt=1,
        turn=1,
    )


def expected(options: CollectionOptions, suit: Suit, model: Model) -> int:
    """How many pictures a cell is likely to bring."""
    return options.request(suit, model).expected_pictures


def _name_of(garments: Sequence[GarmentRecord]) -> str:
    """What a collection is called where its visitor gave no name."""
    first, *rest = (garment.name for garment in garments)
    return said("collection.name", first=first, more=len(rest)) if rest else first


def _fingerprint(owner: str, account: Account, options: dict[str, object], taken: TakenIn) -> str:
    """The same for two collections of one visitor that would buy the same."""
    text = json.dumps([owner, account.name, options, taken.content], sort_keys=True)
    return hashlib.sha256(f"collection\n{text}".encode()).hexdigest()
