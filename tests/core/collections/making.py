"""Collections put together for tests: small pictures, named models."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import anyio

from tests.core import fakes
from tests.core.test_studio import ANN, PATIENCE_S
from tryon_core import (
    Age,
    Body,
    Collection,
    CollectionOptions,
    DescribedModel,
    Garment,
    GarmentType,
    Gender,
    LibraryModel,
    NewCollection,
    NewGarment,
    NewModel,
    Studio,
    Style,
    Suit,
)

ONE_EACH = CollectionOptions(count=1)


def garment(folder: Path, name: str, seed: int = 0) -> NewGarment:
    """A top whose picture differs from those of other seeds."""
    picture = fakes.file(folder, f"{name}.png", fakes.picture(seed=seed))
    return NewGarment(Suit((Garment(picture, GarmentType.TOPS),)))


def described(number: int) -> NewModel:
    """One of 24 models, each by what it is like: names are known to few sandboxes."""
    likes = list(product(Gender, Style, Age, Body))
    return NewModel(DescribedModel(*likes[number]), f"Model {number}")


def rail(folder: Path, garments: int = 2, models: int = 2, count: int = 1) -> NewCollection:
    """So many garments on so many models by name."""
    rows = tuple(garment(folder, f"47{n}_shirt", seed=n) for n in range(1, garments + 1))
    columns = tuple(NewModel(LibraryModel(f"Model {n}")) for n in range(1, models + 1))
    return NewCollection(rows, columns, CollectionOptions(count=count))


async def done(studio: Studio, collection: Collection, visitor: str = ANN) -> Collection:
    """The collection when nothing of it waits or runs any more."""
    with anyio.fail_after(PATIENCE_S):
        async for seen in studio.collections.watch(collection.id, visitor=visitor):
            collection = seen
    return collection
