"""The garments of a collection as a browser keeps them between visits. What comes back is from outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from tryon_core import CollectionOptions, InvalidRequest, Version, View, is_link
from tryon_ui.collection.draft import Draft, Made, Row, kind_of
from tryon_ui.kept_files import kept_place, place_of
from tryon_ui.samples import Samples

_ROW: Final = ("key", "place", "name", "article", "bottom", "kind")
_KEY: Final = re.compile(r"[0-9a-f]{8}")
_ID: Final = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was kept: rows whose files are still here, the names of those that are not, models of the library,
    and what was made of it."""

    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    made: Made | None = None
    listed: bool = False

    @property
    def draft(self) -> Draft:
        return Draft(self.rows, made=self.made, listed=self.listed)


def kept_of(draft: Draft, library: Sequence[str], samples: Samples) -> dict[str, Any]:
    """What the browser keeps: links may be signed, so they are left out."""
    rows = [row for row in draft.rows if not is_link(row.place) and not is_link(row.bottom)]
    return {
        "rows": [_kept_row(row, samples) for row in rows],
        "models": list(library),
        "made": _kept_made(draft.made) if draft.made else None,
        "listed": draft.listed,
    }


def recalled(kept: object, samples: Samples) -> Recalled:
    """What `kept_of` gave, as far as it holds."""
    if not isinstance(kept, dict):
        return Recalled()
    known = [row for one in _texts_or_dicts(kept.get("rows")) if (row := _row_of(one))]
    here = [(row, _with_files_here(row, samples)) for row in known]
    missing = tuple(row.name or Path(row.place).name for row, found in here if found is None)
    rows = tuple(found for _, found in here if found)
    made, listed = _made_of(kept.get("made")), kept.get("listed") is True
    return Recalled(rows, missing, _texts(kept.get("models")), made, listed)


def _kept_row(row: Row, samples: Samples) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in _ROW}
    return kept | {name: kept_place(kept[name], samples) for name in ("place", "bottom")}


def _kept_made(made: Made) -> dict[str, Any]:
    return {
        "collection": made.collection_id,
        "keys": sorted(made.keys),
        "models": sorted(made.library),
        "options": asdict(made.options),
    }


def _made_of(kept: object) -> Made | None:
    if not isinstance(kept, dict) or not _ID.fullmatch(str(kept.get("collection"))):
        return None
    keys, models = (frozenset(_texts(kept.get(name))) for name in ("keys", "models"))
    try:
        told = dict(kept["options"])
        told |= {"view": View(told["view"]), "version": Version(told["version"])}
        return Made(kept["collection"], keys, models, CollectionOptions(**told))
    except (InvalidRequest, KeyError, TypeError, ValueError):
        return None


def _row_of(kept: object) -> Row | None:
    if not isinstance(kept, dict):
        return None
    told = {name: kept.get(name, "") for name in _ROW}
    if not all(isinstance(value, str) and len(value) < 1000 for value in told.values()):
        return None
    if not told["place"] or not _KEY.fullmatch(told["key"]):
        return None
    return Row(**{**told, "kind": kind_of(told["kind"])})


def _with_files_here(row: Row, samples: Samples) -> Row | None:
    place = place_of(row.place, samples)
    bottom = place_of(row.bottom, samples) if row.bottom else ""
    return None if place is None or bottom is None else replace(row, place=place, bottom=bottom)


def _texts_or_dicts(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in _texts_or_dicts(value) if isinstance(text, str))
