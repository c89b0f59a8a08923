"""The app, in which one visitor begins a collection of hundreds of cells as soon as there is a file `begin`
in the data folder; how it ended is in `ended` then."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import app
from tests.core.collections.making import described
from tests.load.crowd import dyed
from tryon_core import (
    Collection,
    CollectionOptions,
    FilePicture,
    Garment,
    NewCollection,
    NewGarment,
    Studio,
    Suit,
)

GARMENTS, MODELS = 25, 20
BEGIN, ENDED = "begin", "ended"
VISITOR = "browser:merchandiser"
LOOK_S = 0.1
_TASKS = set[asyncio.Task[None]]()
_start = Studio.start


def rail(folder: Path) -> NewCollection:
    """Garments that differ by a byte at least, on described models: one picture of each pair."""
    garments = []
    for number in range(GARMENTS):
        file = folder / f"{1000 + number}_hoodie.jpg"
        file.write_bytes(dyed(number % 8) + number.to_bytes(2))
        garments.append(NewGarment(Suit((Garment(FilePicture(file)),))))
    models = tuple(map(described, range(MODELS)))
    return NewCollection(tuple(garments), models, CollectionOptions(count=1))


def told(file: Path) -> None:
    """Returns when the file is there."""
    while not file.exists():
        time.sleep(LOOK_S)


async def when_told(studio: Studio) -> None:
    """Begins when it is told, and tells when it has ended."""
    folder = studio.settings.data_dir
    await asyncio.to_thread(told, folder / BEGIN)
    made: Collection = await studio.collections.create(rail(folder), visitor=VISITOR, confirmed=True)
    async for seen in studio.collections.watch(made.id, visitor=VISITOR):
        made = seen
    draft = folder / f"{ENDED}.part"
    draft.write_text(json.dumps({"cells": made.totals.cells, "succeeded": made.totals.succeeded}))
    draft.rename(folder / ENDED)


async def start(self: Studio) -> None:
    await _start(self)
    _TASKS.add(asyncio.create_task(when_told(self)))


if __name__ == "__main__":
    Studio.start = start  # type: ignore[method-assign]
    app.main()
