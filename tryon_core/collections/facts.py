"""Collections as scripts and agents get them: plain JSON, without paths. Sentences are in a language, what
programs compare is the same in each."""

from __future__ import annotations

from dataclasses import asdict

from tryon_core.collections.model import Cell, Collection, CollectionPlan, CollectionSummary
from tryon_core.sentences import ENGLISH

Facts = dict[str, object]


def collection_facts(collection: Collection, language: str = ENGLISH) -> Facts:
    """All that is known of a collection: rows, columns, and each cell with its job."""
    return {
        "id": collection.id,
        "name": collection.name,
        "vendor": collection.vendor,
        "created_at": collection.created_at,
        "ended": collection.ended,
        "garments": [{"id": row.id, "name": row.name, "article": row.article} for row in collection.garments],
        "models": [{"id": column.id, "name": column.name} for column in collection.models],
        "cells": [_cell(cell, language) for cell in collection.cells],
        "totals": asdict(collection.totals),
    }


def summary_facts(summary: CollectionSummary) -> Facts:
    """A collection in a list."""
    return {
        "id": summary.id,
        "name": summary.name,
        "vendor": summary.vendor,
        "created_at": summary.created_at,
        "garments": summary.garments,
        "models": summary.models,
        "cells": summary.cells,
        "waiting": summary.waiting,
    }


def plan_facts(plan: CollectionPlan) -> Facts:
    """What a creation would use; `left` is null where there is no limit."""
    return {
        "jobs": plan.jobs,
        "pictures": plan.pictures,
        "amount": plan.amount,
        "unit": plan.unit,
        "vendor": plan.vendor,
        "live": plan.live,
        "left": plan.left.left,
        "asks": plan.asks,
        "fits": plan.fits,
    }


def _cell(cell: Cell, language: str) -> Facts:
    problem = cell.problem.in_language(language) if cell.problem else None
    return {
        "id": cell.id,
        "garment": cell.garment_id,
        "model": cell.model_id,
        "state": cell.state.value,
        "place": cell.place,
        "message": f"{problem.what} {problem.todo}".strip() if problem else "",
        "job": cell.job.as_json(language) if cell.job else None,
    }
