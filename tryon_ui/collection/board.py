"""What a matrix is drawn of: a collection, with what is known of its pictures and of those who saw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tryon_core import Cell, Collection, Refinement
from tryon_ui.collection.sharing import Said
from tryon_ui.collection.shots import Named, kept_of


@dataclass(frozen=True)
class Board:
    """A collection, addresses of small pictures of its garments and models by their ids, and what was said of
    its pictures, by job and file name; `news` stands for that, see `sharing.news_of`. `bottoms` are the ids
    of the garments that no refiner takes, as they are nothing but bottoms."""

    collection: Collection
    thumbs: Mapping[str, tuple[str, ...]]
    said: Mapping[tuple[str, str], Said] = field(default_factory=dict)
    priced: bool = True
    news: str = ""
    bottoms: frozenset[str] = frozenset()

    @property
    def unrefined(self) -> list[tuple[str, int]]:
        """The chosen pictures that nothing was made of yet, as their jobs and numbers."""
        chosen = ((one.job_id, one.number) for one in self.collection.chosen)
        return [one for one in chosen if self.collection.refinement(*one) is None]

    @property
    def to_refine(self) -> list[tuple[str, int]]:
        """Those of them that a refiner takes."""
        rows = {job.id: cell.garment_id for cell in self.collection.cells for job in cell.all_jobs}
        return [one for one in self.unrefined if rows.get(one[0]) not in self.bottoms]

    @cached_property
    def names(self) -> Mapping[str, Named]:
        """What stands around each cell, by the cell's id."""
        told = self.collection
        garments, models = {one.id: one for one in told.garments}, {one.id: one for one in told.models}
        chosen, notes, refined = _by_job(told)

        def named(cell: Cell) -> Named:
            garment, job = garments[cell.garment_id], cell.job.id if cell.job else ""
            made = cell.job.pictures if cell.job else ()
            said = {one.number: self.said[job, one.name] for one in made if (job, one.name) in self.said}
            better = {one.number: found for one in made if (found := self._of_better(job, one.number))}
            about = (frozenset(chosen.get(job, ())), notes.get(job, {}), refined.get(job, {}), said, better)
            return Named(
                garment.name, garment.article, models[cell.model_id].name, *about, kept_of(told, cell)
            )

        return {cell.id: named(cell) for cell in told.cells}

    def _of_better(self, job_id: str, number: int) -> Said | None:
        better = self.collection.made_better(job_id, number)
        return self.said.get((better[0].id, better[1].name)) if better else None


def _by_job(
    told: Collection,
) -> tuple[dict[str, set[int]], dict[str, dict[int, str]], dict[str, dict[int, Refinement]]]:
    """Which pictures of each job are chosen, their notes, and what was made of them."""
    chosen: dict[str, set[int]] = {}
    notes: dict[str, dict[int, str]] = {}
    refined: dict[str, dict[int, Refinement]] = {}
    for choice in told.choices:
        if choice.chosen:
            chosen.setdefault(choice.job_id, set()).add(choice.number)
        if choice.note:
            notes.setdefault(choice.job_id, {})[choice.number] = choice.note
    for one in told.refinements:
        refined.setdefault(one.of_job, {})[one.number] = one
    return chosen, notes, refined
