"""Collections as the studio would show them, without one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tryon_core import (
    Cell,
    CellState,
    Collection,
    CollectionGarment,
    CollectionModel,
    CollectionOptions,
    FilePicture,
    Garment,
    Job,
    LibraryModel,
    Suit,
)

PLAIN = Suit((Garment(FilePicture(Path("/shirt.jpg"))),))


def collection(
    garments: int, models: int, states: Mapping[int, CellState] | None = None, **jobs: Job
) -> Collection:
    """Cells count from 0 by rows; `jobs` are those of cells: `c0=job`. The others wait."""
    rows = tuple(CollectionGarment(f"g{n}", f"Shirt {n}", f"47{n}", PLAIN) for n in range(garments))
    columns = tuple(CollectionModel(f"m{n}", f"Model {n}", LibraryModel("James")) for n in range(models))
    pairs = [(row, column) for row in rows for column in columns]
    cells = tuple(
        Cell(
            id=f"c{at}",
            garment_id=row.id,
            model_id=column.id,
            state=(states or {}).get(at, CellState.WAITING),
            expected=2,
            job=jobs.get(f"c{at}"),
            place=None if (states or {}).get(at) else at + 1,
            problem=jobs[f"c{at}"].problem if f"c{at}" in jobs else None,
        )
        for at, (row, column) in enumerate(pairs)
    )
    return Collection(
        "f" * 40, "Autumn", "aidge", "Aidge", CollectionOptions(count=2), rows, columns, cells, 1000.0
    )
