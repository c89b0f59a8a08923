"""A collection as the command line sees it: the same of its own studio and of a running app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tryon_cli.backends.seen_job import SeenJob, seen_job
from tryon_core import CellState


@dataclass(frozen=True, slots=True)
class SeenCell:
    """One garment on one model, and the job that it has."""

    id: str
    garment: str
    article: str
    model: str
    state: CellState
    message: str
    job: SeenJob | None


@dataclass(frozen=True, slots=True)
class SeenCollection:
    """What `collection_facts` told."""

    id: str
    name: str
    ended: bool
    cells: tuple[SeenCell, ...]

    @property
    def over(self) -> int:
        """How many cells have ended."""
        return sum(cell.state.ended for cell in self.cells)


def seen_collection(facts: Mapping[str, Any]) -> SeenCollection:
    """The collection of `collection_facts`."""
    garments = {row["id"]: row for row in facts["garments"]}
    models = {column["id"]: column["name"] for column in facts["models"]}
    return SeenCollection(
        id=str(facts["id"]),
        name=str(facts["name"]),
        ended=bool(facts["ended"]),
        cells=tuple(
            SeenCell(
                id=str(cell["id"]),
                garment=str(garments[cell["garment"]]["name"]),
                article=str(garments[cell["garment"]]["article"]),
                model=str(models[cell["model"]]),
                state=CellState(cell["state"]),
                message=str(cell["message"]),
                job=seen_job(cell["job"]) if cell["job"] else None,
            )
            for cell in facts["cells"]
        ),
    )
