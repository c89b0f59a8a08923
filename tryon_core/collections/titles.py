"""What the jobs of a collection are called once a garment or a model of it has another name."""

from __future__ import annotations

from collections.abc import Mapping

from tryon_core.collections import naming
from tryon_core.collections.parts import title_of
from tryon_core.collections.records import Whole
from tryon_core.sentences import said
from tryon_core.storage.job_records import Change, JobRecord


def retitled(whole: Whole, row_id: str, jobs: Mapping[str, JobRecord]) -> dict[str, Change]:
    """The titles of the `jobs` of a row's or a column's cells, and of what was made of their pictures, by the
    jobs' ids. A job that was made for another collection, which has its own names for it, is left out."""
    rows, columns = {one.id: one for one in whole.garments}, {one.id: one for one in whole.models}
    titles = {
        job_id: title_of(rows[cell.garment_id], columns[cell.model_id])
        for cell in whole.grid
        if row_id in (cell.garment_id, cell.model_id)
        for job_id in cell.all_jobs
    }
    for cell in whole.refinements:
        source = jobs.get(cell.source_job_id or "")
        if source is not None and source.id in titles:
            better = said("title.refined", picture=source.own_title or titles[source.id])
            titles |= dict.fromkeys(cell.all_jobs, better)
    here = whole.collection.id
    return {
        job_id: Change(title=title)
        for job_id, title in titles.items()
        if job_id in jobs and jobs[job_id].collection_id == here
    }


def renamed(before: Whole, now: Whole) -> str:
    """What the collection is called: its name, or the garments' names as they are now where it lists them."""
    was, names = ([garment.name for garment in whole.garments] for whole in (before, now))
    return str(naming.name_after(before.collection.name, was, naming.usual_name(names)))
